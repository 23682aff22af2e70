import type { ReactElement } from 'react';

import { DishArt } from '../recipes/art/dish-art.tsx';
import { Link, usePageTitle } from './navigation.tsx';
import { paths } from './routes.ts';

const TEXTS = {
  page: ['Nothing is cooking here', 'The address leads to no page of this kitchen.'],
  recipe: ['This recipe is not here', 'It was deleted, or its author keeps it to themselves.'],
  edit: ['This recipe is not yours to change', 'You can cook from it; only its author can change it.'],
} as const;

/** For a path that leads nowhere, or to a recipe that is not there (any more), or is not the user's to edit. */
export function NotFoundPage({ what = 'page' }: { readonly what?: keyof typeof TEXTS }): ReactElement {
  const heading = usePageTitle('Not found');
  const [title, text] = TEXTS[what];
  return (
    <div className="empty">
      <DishArt dish="pan" tone={3} />
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      <p className="lead">{text}</p>
      <Link href={paths.list} className="button button--primary">
        All recipes
      </Link>
    </div>
  );
}
