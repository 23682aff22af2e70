import type { RecipeSummary } from '@chompardo/sdk';
import type { ReactElement } from 'react';

import { Link } from '../../app/navigation.tsx';
import { paths } from '../../app/routes.ts';
import { Icon } from '../../ui/icon.tsx';
import { formatMinutes } from '../../ui/text.ts';
import { DishArt } from '../art/dish-art.tsx';
import { dishOf, toneOf } from '../art/dish.ts';
import { VisibilityBadge } from '../view/visibility-badge.tsx';

const SHOWN_TAGS = 3;

/** A recipe in the list; all of the card leads to it. */
export function RecipeCard({
  recipe,
  isMine,
}: {
  readonly recipe: RecipeSummary;
  readonly isMine: boolean;
}): ReactElement {
  return (
    <article className="card">
      <DishArt dish={dishOf(recipe)} tone={toneOf(recipe.id)} />
      <div className="card__body">
        <h2 className="card__title">
          <Link href={paths.recipe(recipe.id)} className="card__link">
            {recipe.title}
          </Link>
        </h2>
        {recipe.description !== '' && <p className="card__text">{recipe.description}</p>}
        <ul className="facts" aria-label="At a glance">
          {recipe.totalMinutes > 0 && (
            <li>
              <Icon name="clock" /> {formatMinutes(recipe.totalMinutes)}
            </li>
          )}
          <li>
            <Icon name="people" /> {recipe.servings}
            <span className="visually-hidden"> {recipe.servings === 1 ? 'serving' : 'servings'}</span>
          </li>
          <li>{isMine ? <VisibilityBadge visibility={recipe.visibility} /> : 'By another cook'}</li>
        </ul>
        {recipe.tags.length > 0 && (
          <ul className="tags" aria-label="Tags">
            {recipe.tags.slice(0, SHOWN_TAGS).map((tag) => (
              <li key={tag} className="tag tag--small">
                {tag}
              </li>
            ))}
          </ul>
        )}
      </div>
    </article>
  );
}
