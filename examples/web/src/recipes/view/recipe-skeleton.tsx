import type { ReactElement } from 'react';

/** The outline of a recipe that is on its way. */
export function RecipeSkeleton(): ReactElement {
  return (
    <div role="status" className="recipe">
      <h1 className="visually-hidden">Loading the recipe</h1>
      <div className="recipe__head skeleton" aria-hidden="true">
        <div className="recipe__intro">
          <div className="skeleton__line skeleton__line--heading" />
          <div className="skeleton__line" />
          <div className="skeleton__line skeleton__line--short" />
        </div>
        <div className="skeleton__art" />
      </div>
      <p className="slow-note">This takes longer than usual: the network seems slow.</p>
    </div>
  );
}
