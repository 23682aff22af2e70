import { useCallback, useEffect, useRef, type ReactElement } from 'react';

import { navigate, usePageTitle, usePlace } from '../../app/navigation.tsx';
import { useUserId } from '../../identity/session.ts';
import { useHiddenRecipes } from '../data/delete-later.ts';
import { useOptimisticChanges, withChange } from '../data/optimistic.ts';
import { useRecipes } from '../data/queries.ts';
import { count } from '../../ui/text.ts';
import { LoadFailure } from '../load-failure.tsx';
import { rememberList } from './back-to-list.tsx';
import { FilterBar } from './filter-bar.tsx';
import { isNarrowed, listPath, NO_FILTERS, parseFilters, type Filters } from './filters.ts';
import { EmptyKitchen, NothingFound } from './empty-list.tsx';
import { ListSkeleton } from './list-skeleton.tsx';
import { RecipeCard } from './recipe-card.tsx';

/** All recipes, narrowed as the address says. */
export function ListPage(): ReactElement {
  const { search } = usePlace();
  const filters = parseFilters(search);
  const heading = usePageTitle(filters.isMine ? 'My recipes' : 'Recipes');
  const change = useCallback((next: Filters) => navigate(listPath(next), { replace: true }), []);
  useEffect(() => rememberList(listPath(parseFilters(search))), [search]);
  return (
    <>
      <div className="list-head">
        <h1 ref={heading} tabIndex={-1}>
          {filters.isMine ? 'My recipes' : 'What shall we cook?'}
        </h1>
        <FilterBar filters={filters} onChange={change} />
      </div>
      <Recipes filters={filters} onClear={() => change({ ...NO_FILTERS, sort: filters.sort })} />
    </>
  );
}

function Recipes({
  filters,
  onClear,
}: {
  readonly filters: Filters;
  readonly onClear: () => void;
}): ReactElement {
  const query = useRecipes(filters);
  const userId = useUserId();
  const hidden = useHiddenRecipes();
  const changes = useOptimisticChanges();
  const { data, error, isPlaceholderData, hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const more = useCallback(() => void fetchNextPage(), [fetchNextPage]);
  if (data === undefined) {
    return error === null ? (
      <ListSkeleton />
    ) : (
      <LoadFailure what="The recipes" heading="h2" onRetry={() => void query.refetch()} />
    );
  }
  const recipes = data.pages
    .flatMap(({ items }) => items)
    .filter(({ id }) => !hidden.has(id))
    .map((recipe) => withChange(recipe, changes.get(recipe.id)));
  if (recipes.length === 0 && !hasNextPage) {
    return isNarrowed(filters) ? <NothingFound filters={filters} onClear={onClear} /> : <EmptyKitchen />;
  }
  return (
    <>
      <p className="visually-hidden" role="status">
        {isPlaceholderData
          ? 'Looking'
          : hasNextPage
            ? `${recipes.length} or more recipes`
            : count(recipes.length, 'recipe')}
      </p>
      <ul className={isPlaceholderData ? 'grid grid--stale' : 'grid'} aria-label="Recipes">
        {recipes.map((recipe) => (
          <li key={recipe.id}>
            <RecipeCard recipe={recipe} isMine={recipe.author === userId} />
          </li>
        ))}
      </ul>
      {hasNextPage && <More isLoading={isFetchingNextPage} hasFailed={error !== null} onMore={more} />}
    </>
  );
}

/** Loads the next page when it comes into view; the button is for keyboards, and for after a failure. */
function More(props: {
  readonly isLoading: boolean;
  readonly hasFailed: boolean;
  readonly onMore: () => void;
}): ReactElement {
  const { isLoading, hasFailed, onMore } = props;
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (end.current === null || isLoading || hasFailed) return undefined;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) onMore();
      },
      { rootMargin: '600px' },
    );
    observer.observe(end.current);
    return () => observer.disconnect();
  }, [isLoading, hasFailed, onMore]);
  return (
    <div ref={end} className="more">
      {hasFailed && <p>The next recipes did not arrive.</p>}
      <button
        type="button"
        className="button"
        aria-disabled={isLoading}
        onClick={() => {
          if (!isLoading) onMore();
        }}
      >
        {isLoading ? 'Loading more…' : 'Show more'}
      </button>
    </div>
  );
}
