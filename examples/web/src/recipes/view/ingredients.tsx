import type { Recipe, ScaledIngredient } from '@chompardo/sdk';
import { useState, type ReactElement } from 'react';

import { useScaledRecipe } from '../data/queries.ts';
import { QuantityView } from './quantity-view.tsx';

/** The ingredients for some servings, to tick off while they are fetched from the shelves. */
export function Ingredients({
  recipe,
  servings,
}: {
  readonly recipe: Recipe;
  readonly servings: number;
}): ReactElement {
  const { scaled, hasFailed } = useScaledRecipe(recipe.id, servings);
  const [ticked, setTicked] = useState<ReadonlySet<number>>(new Set());
  const toggle = (index: number): void => {
    const next = new Set(ticked);
    if (!next.delete(index)) next.add(index);
    setTicked(next);
  };
  const isCurrent = scaled?.servings === servings;
  const lines: readonly ScaledIngredient[] = scaled?.ingredients ?? recipe.ingredients.map(withoutQuantity);
  return (
    <>
      {hasFailed && !isCurrent && (
        <p className="field__error" role="alert">
          The quantities for {servings} could not be had; they come when the kitchen answers again.
        </p>
      )}
      <ul className={isCurrent ? 'ingredients' : 'ingredients ingredients--stale'} aria-busy={!isCurrent}>
        {lines.map((line, index) => (
          // A list of text lines: the place is what tells two equal lines apart.
          <li key={`${index}-${line.name}`}>
            <label className="ingredient">
              <input type="checkbox" checked={ticked.has(index)} onChange={() => toggle(index)} />
              <span className="ingredient__text">
                <QuantityView fraction={line.fraction} unit={line.unit} />{' '}
                <span className="ingredient__name">{line.name}</span>
                {line.note !== undefined && <span className="ingredient__note">, {line.note}</span>}
              </span>
            </label>
          </li>
        ))}
      </ul>
    </>
  );
}

/** While the first answer is on its way: no number is better than one for other servings. */
function withoutQuantity({ name, note }: Recipe['ingredients'][number]): ScaledIngredient {
  return note === undefined ? { name } : { name, note };
}
