import type { Recipe } from '@chompardo/sdk';
import type { ReactElement } from 'react';

import { useScaledRecipe } from '../data/queries.ts';
import { QuantityView } from './quantity-view.tsx';
import { scaleLocally } from './scale-locally.ts';
import { useTicks } from './ticks.ts';

/** The ingredients for some servings, to tick off while they are fetched from the shelves. */
export function Ingredients(props: {
  readonly recipe: Recipe;
  readonly servings: number;
  /** The API does not know these ingredients yet. */
  readonly isSaving: boolean;
}): ReactElement {
  const { recipe, servings, isSaving } = props;
  const scaled = useScaledRecipe(recipe.id, servings);
  const [ticks, toggle] = useTicks(recipe.id);
  const isAnswer = !isSaving && scaled?.version === recipe.version;
  const lines = isAnswer ? scaled.ingredients : scaleLocally(recipe, servings);
  return (
    <ul className="ingredients">
      {lines.map((line, index) => {
        // A list of text lines: the place is what tells two equal lines apart.
        const id = `${index}-${line.name}`;
        return (
          <li key={id}>
            <label className="ingredient">
              <input type="checkbox" checked={ticks.has(id)} onChange={() => toggle(id)} />
              <span className="ingredient__text">
                <QuantityView fraction={line.fraction} unit={line.unit} />{' '}
                <span className="ingredient__name">{line.name}</span>
                {line.note !== undefined && <span className="ingredient__note">, {line.note}</span>}
              </span>
            </label>
          </li>
        );
      })}
    </ul>
  );
}
