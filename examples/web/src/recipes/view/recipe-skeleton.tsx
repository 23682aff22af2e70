import type { ReactElement } from 'react';

const LINES = ['a', 'b', 'c', 'd', 'e', 'f'];

/** The outline of a recipe that is on its way. */
export function RecipeSkeleton(): ReactElement {
  return (
    <div role="status" className="recipe">
      <h1 className="visually-hidden">Loading the recipe</h1>
      <div className="recipe__head skeleton" aria-hidden="true">
        <div>
          <div className="skeleton__line skeleton__line--heading" />
          <div className="skeleton__line" />
          <div className="skeleton__line skeleton__line--short" />
        </div>
        <div className="art skeleton__art" />
      </div>
      <p className="slow-note">This takes longer than usual: the network seems slow.</p>
      <div className="recipe__body skeleton" aria-hidden="true">
        <div className="panel">
          <div className="skeleton__line skeleton__line--title" />
          {LINES.map((line) => (
            <div key={line} className="skeleton__line" />
          ))}
        </div>
        <div className="recipe__steps">
          {LINES.slice(1).map((line) => (
            <div key={line} className="skeleton__line" />
          ))}
        </div>
      </div>
    </div>
  );
}
