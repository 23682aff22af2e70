import type { ReactElement } from 'react';

import { DishArt } from '../recipes/art/dish-art.tsx';
import { Link, usePageTitle } from './navigation.tsx';
import { paths } from './routes.ts';

/** For a path that leads nowhere, or to a recipe that is not there (any more). */
export function NotFoundPage({ what = 'page' }: { readonly what?: 'page' | 'recipe' }): ReactElement {
  const heading = usePageTitle('Not found');
  return (
    <div className="empty">
      <DishArt dish="pan" tone={3} />
      <h1 ref={heading} tabIndex={-1}>
        {what === 'recipe' ? 'This recipe is not here' : 'Nothing is cooking here'}
      </h1>
      <p className="lead">
        {what === 'recipe'
          ? 'It was deleted, or its author keeps it to themselves.'
          : 'The address leads to no page of this kitchen.'}
      </p>
      <Link href={paths.list} className="button button--primary">
        All recipes
      </Link>
    </div>
  );
}
