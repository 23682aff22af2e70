import type { Recipe } from '@chompardo/sdk';
import type { ReactElement } from 'react';

import { Link, navigate, usePageTitle } from '../../app/navigation.tsx';
import { NotFoundPage } from '../../app/not-found-page.tsx';
import { paths } from '../../app/routes.ts';
import { useUserId } from '../../identity/session.ts';
import { Icon } from '../../ui/icon.tsx';
import { formatMinutes } from '../../ui/text.ts';
import { DishArt } from '../art/dish-art.tsx';
import { dishOf, toneOf } from '../art/dish.ts';
import { deleteLater, useHiddenRecipes } from '../data/delete-later.ts';
import { useRecipe, type VersionedRecipe } from '../data/queries.ts';
import { useEdit, useEditKey } from '../form/edits.ts';
import { BackToList, listPathBefore } from '../list/back-to-list.tsx';
import { listPath, NO_FILTERS } from '../list/filters.ts';
import { LoadFailure } from '../load-failure.tsx';
import { Ingredients } from './ingredients.tsx';
import { RecipeSkeleton } from './recipe-skeleton.tsx';
import { ServingsStepper } from './servings-stepper.tsx';
import { ShareMenu } from './share-menu.tsx';
import { useServings } from './use-servings.ts';

/** One recipe, to read and to cook from. */
export function RecipePage({ recipeId }: { readonly recipeId: string }): ReactElement {
  const state = useRecipe(recipeId);
  const hidden = useHiddenRecipes();
  if (state.kind === 'missing' || hidden.has(recipeId)) return <NotFoundPage what="recipe" />;
  if (state.kind === 'ready') return <RecipeView {...state} />;
  return state.kind === 'loading' ? (
    <RecipeSkeleton />
  ) : (
    <LoadFailure what="The recipe" heading="h1" onRetry={state.retry} />
  );
}

interface ShownRecipe {
  readonly current: VersionedRecipe;
  /** The user's change is on screen, and not confirmed yet. */
  readonly isSaving: boolean;
}

function RecipeView({ current, isSaving }: ShownRecipe): ReactElement {
  const { recipe } = current;
  const heading = usePageTitle(recipe.title);
  const [servings, setServings] = useServings(recipe.servings);
  return (
    <article className="recipe">
      <div className="recipe__top">
        <BackToList />
        <Unsaved recipeId={recipe.id} isSaving={isSaving} />
      </div>
      <header className="recipe__head">
        <div className="recipe__intro">
          <h1 ref={heading} tabIndex={-1}>
            {recipe.title}
          </h1>
          <Byline author={recipe.author} />
          {recipe.description !== '' && <p className="lead">{recipe.description}</p>}
          <Times recipe={recipe} />
          {recipe.tags.length > 0 && (
            <ul className="tags" aria-label="Tags">
              {recipe.tags.map((tag) => (
                <li key={tag}>
                  <Link href={`/?tag=${encodeURIComponent(tag)}`} className="tag">
                    {tag}
                  </Link>
                </li>
              ))}
            </ul>
          )}
          <div className="recipe__tools">
            <Link
              href={paths.cook(recipe.id, servings === recipe.servings ? undefined : servings)}
              className="button button--primary button--large"
            >
              <Icon name="pot" /> Start cooking
            </Link>
            <AuthorTools current={current} isSaving={isSaving} />
          </div>
        </div>
        <DishArt dish={dishOf(recipe)} tone={toneOf(recipe.id)} />
      </header>
      <div className="recipe__body">
        <section className="panel recipe__ingredients" aria-labelledby="ingredients">
          <div className="recipe__servings">
            <h2 id="ingredients">Ingredients</h2>
            <ServingsStepper servings={servings} onChange={setServings} />
          </div>
          <p className="field__hint">
            {servings === recipe.servings
              ? `For ${servings}, as written.`
              : `Scaled from ${recipe.servings} to ${servings}.`}
            {servings !== recipe.servings && (
              <button type="button" className="link-button" onClick={() => setServings(recipe.servings)}>
                As written
              </button>
            )}
          </p>
          <Ingredients recipe={recipe} servings={servings} isSaving={isSaving} />
        </section>
        <section className="recipe__steps" aria-labelledby="steps">
          <h2 id="steps">Method</h2>
          <ol className="steps">
            {recipe.steps.map((step, index) => (
              <li key={`${index}-${step.slice(0, 20)}`}>
                <p>{step}</p>
              </li>
            ))}
          </ol>
        </section>
      </div>
    </article>
  );
}

/** Whose recipe it is. The API knows others by their ids alone, so they have no names here. */
function Byline({ author }: { readonly author: string }): ReactElement {
  const isMine = useUserId() === author;
  return (
    <p className="byline">
      <Icon name="people" /> {isMine ? 'Your recipe' : 'By another cook'}
      {!isMine && (
        <>
          {' · '}
          <Link href={listPath({ ...NO_FILTERS, author })}>More of theirs</Link>
        </>
      )}
    </p>
  );
}

function Times({ recipe }: { readonly recipe: Recipe }): ReactElement | null {
  const times = [
    ['Preparation', recipe.prepMinutes],
    ['Cooking', recipe.cookMinutes],
    ['In all', recipe.totalMinutes],
  ] as const;
  if (recipe.totalMinutes === 0) return null;
  return (
    <dl className="times">
      {times
        .filter(([, minutes]) => minutes > 0)
        .map(([name, minutes]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{formatMinutes(minutes)}</dd>
          </div>
        ))}
    </dl>
  );
}

/** Says that what is shown is not kept yet, or that something written is not even shown. */
function Unsaved({
  recipeId,
  isSaving,
}: {
  readonly recipeId: string;
  readonly isSaving: boolean;
}): ReactElement {
  const edit = useEdit(useEditKey(recipeId));
  const isWaiting = !isSaving && edit !== undefined && edit.draft !== edit.initial;
  return (
    <div role="status">
      {isSaving && (
        <p className="saving">
          <span className="saving__dot" aria-hidden="true" />
          Saving your changes…
          <span className="saving__slow"> The network is slow; you can go on meanwhile.</span>
        </p>
      )}
      {isWaiting && (
        <p className="note">
          You have changes to this recipe that are not saved.{' '}
          <Link href={paths.edit(recipeId)}>Go on editing</Link>
        </p>
      )}
    </div>
  );
}

/** What only the author may do. */
function AuthorTools({ current, isSaving }: ShownRecipe): ReactElement | null {
  const { recipe } = current;
  const userId = useUserId();
  if (recipe.author !== userId) return null;
  return (
    <>
      <ShareMenu current={current} isSaving={isSaving} />
      <Link href={paths.edit(recipe.id)} className="button">
        <Icon name="edit" /> Edit
      </Link>
      <button
        type="button"
        className="button button--quiet button--danger"
        aria-disabled={isSaving}
        onClick={() => {
          if (isSaving) return;
          deleteLater(current);
          navigate(listPathBefore());
        }}
      >
        <Icon name="trash" /> Delete
      </button>
    </>
  );
}
