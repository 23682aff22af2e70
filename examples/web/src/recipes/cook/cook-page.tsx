import type { Recipe } from '@chompardo/sdk';
import { useEffect, useState, type ReactElement } from 'react';

import { Link, usePageTitle } from '../../app/navigation.tsx';
import { NotFoundPage } from '../../app/not-found-page.tsx';
import { paths } from '../../app/routes.ts';
import { Icon } from '../../ui/icon.tsx';
import { useRecipe } from '../data/queries.ts';
import { LoadFailure } from '../load-failure.tsx';
import { Ingredients } from '../view/ingredients.tsx';
import { RecipeSkeleton } from '../view/recipe-skeleton.tsx';
import { ServingsStepper } from '../view/servings-stepper.tsx';
import { useServings } from '../view/use-servings.ts';
import { useWakeLock } from './use-wake-lock.ts';

/** One step at a time, large enough to read from the stove; the screen stays on. */
export function CookPage({ recipeId }: { readonly recipeId: string }): ReactElement {
  const state = useRecipe(recipeId);
  if (state.kind === 'missing') return <NotFoundPage what="recipe" />;
  if (state.kind === 'ready') return <CookView recipe={state.current.recipe} />;
  return state.kind === 'loading' ? (
    <RecipeSkeleton />
  ) : (
    <LoadFailure what="The recipe" onRetry={state.retry} />
  );
}

function CookView({ recipe }: { readonly recipe: Recipe }): ReactElement {
  const heading = usePageTitle(`Cooking ${recipe.title}`);
  const [servings, setServings] = useServings(recipe.servings);
  const [index, setIndex] = useState(0);
  const last = recipe.steps.length - 1;
  useWakeLock();
  useArrowKeys(
    () => setIndex((before) => Math.max(0, before - 1)),
    () => setIndex((before) => Math.min(last, before + 1)),
  );
  return (
    <article className="cook">
      <div className="cook__top">
        <Link
          href={paths.recipe(recipe.id, servings === recipe.servings ? undefined : servings)}
          className="back"
        >
          <Icon name="close" /> Stop cooking
        </Link>
        <h1 ref={heading} tabIndex={-1} className="cook__title">
          {recipe.title}
        </h1>
      </div>
      <section className="cook__step panel" aria-label="Step">
        <progress className="cook__progress" value={index + 1} max={last + 1} aria-label="Progress" />
        <div aria-live="polite">
          <p className="cook__number">
            Step {index + 1} of {last + 1}
          </p>
          <p className="cook__text">{recipe.steps[index]}</p>
        </div>
        <div className="cook__buttons">
          <button
            type="button"
            className="button button--large"
            disabled={index === 0}
            onClick={() => setIndex(index - 1)}
          >
            <Icon name="left" /> Back
          </button>
          {index < last ? (
            <button
              type="button"
              className="button button--primary button--large"
              onClick={() => setIndex(index + 1)}
            >
              Next step <Icon name="right" />
            </button>
          ) : (
            <Link href={paths.recipe(recipe.id)} className="button button--primary button--large">
              Done, enjoy!
            </Link>
          )}
        </div>
      </section>
      <details className="cook__ingredients panel" open>
        <summary>Ingredients</summary>
        <ServingsStepper servings={servings} onChange={setServings} />
        <Ingredients recipe={recipe} servings={servings} />
      </details>
    </article>
  );
}

function useArrowKeys(onLeft: () => void, onRight: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.target instanceof HTMLInputElement || event.altKey || event.ctrlKey || event.metaKey) return;
      if (event.key === 'ArrowLeft') onLeft();
      if (event.key === 'ArrowRight') onRight();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  });
}
