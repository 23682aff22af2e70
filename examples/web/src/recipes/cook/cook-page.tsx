import type { Recipe } from '@chompardo/sdk';
import { useEffect, type ReactElement } from 'react';

import { Link, navigate, usePageTitle } from '../../app/navigation.tsx';
import { NotFoundPage } from '../../app/not-found-page.tsx';
import { paths } from '../../app/routes.ts';
import { useSearchNumber } from '../../app/use-search-number.ts';
import { Icon } from '../../ui/icon.tsx';
import { useRecipe } from '../data/queries.ts';
import { LoadFailure } from '../load-failure.tsx';
import { Ingredients } from '../view/ingredients.tsx';
import { RecipeSkeleton } from '../view/recipe-skeleton.tsx';
import { ServingsStepper } from '../view/servings-stepper.tsx';
import { clearTicks } from '../view/ticks.ts';
import { useServings } from '../view/use-servings.ts';
import { useWakeLock } from './use-wake-lock.ts';

/** One step at a time, large enough to read from the stove; the screen stays on. */
export function CookPage({ recipeId }: { readonly recipeId: string }): ReactElement {
  const state = useRecipe(recipeId);
  if (state.kind === 'missing') return <NotFoundPage what="recipe" />;
  if (state.kind === 'ready') return <CookView recipe={state.current.recipe} isSaving={state.isSaving} />;
  return state.kind === 'loading' ? (
    <RecipeSkeleton />
  ) : (
    <LoadFailure what="The recipe" heading="h1" onRetry={state.retry} />
  );
}

function CookView(props: { readonly recipe: Recipe; readonly isSaving: boolean }): ReactElement {
  const { recipe, isSaving } = props;
  const heading = usePageTitle(`Cooking ${recipe.title}`);
  const [servings, setServings] = useServings(recipe.servings);
  const last = recipe.steps.length;
  const [step, setStep] = useSearchNumber('step', 1, { min: 1, max: last });
  useWakeLock();
  useArrowKeys(
    () => setStep(step - 1),
    () => setStep(step + 1),
  );
  const goOn = (): void => {
    if (step < last) return setStep(step + 1);
    clearTicks(recipe.id);
    return navigate(paths.recipe(recipe.id));
  };
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
        <progress className="cook__progress" value={step} max={last} aria-label="Progress" />
        <div aria-live="polite">
          <p className="cook__number">
            Step {step} of {last}
          </p>
          <p className="cook__text">{recipe.steps[step - 1]}</p>
        </div>
        {step < last && (
          <p className="cook__next">
            <strong>Then</strong> {recipe.steps[step]}
          </p>
        )}
        <div className="cook__buttons">
          <button
            type="button"
            className="button button--large"
            aria-disabled={step === 1}
            onClick={() => setStep(step - 1)}
          >
            <Icon name="left" /> Back
          </button>
          <button type="button" className="button button--primary button--large" onClick={goOn}>
            {step < last ? (
              <>
                Next step <Icon name="right" />
              </>
            ) : (
              'Done, enjoy!'
            )}
          </button>
        </div>
      </section>
      <details className="cook__ingredients panel" open>
        <summary>Ingredients</summary>
        <ServingsStepper servings={servings} onChange={setServings} />
        <Ingredients recipe={recipe} servings={servings} isSaving={isSaving} />
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
