import type { ReactElement } from 'react';

import { Link } from '../../app/navigation.tsx';
import { paths } from '../../app/routes.ts';
import { DishArt } from '../art/dish-art.tsx';
import type { Filters } from './filters.ts';

/** The list of a user who has no recipes yet. */
export function EmptyKitchen(): ReactElement {
  return (
    <div className="empty empty--kitchen">
      <DishArt dish="bowl" tone={0} />
      <h2>Your kitchen is still empty</h2>
      <p className="lead">
        Write down the first dish, the one that everybody asks you for. It stays private until you share it.
      </p>
      <Link href={paths.create} className="button button--primary button--large">
        Write the first recipe
      </Link>
    </div>
  );
}

/** The filters leave nothing. */
export function NothingFound({
  filters,
  onClear,
}: {
  readonly filters: Filters;
  readonly onClear: () => void;
}): ReactElement {
  const text = filters.text.trim();
  const onlyMine =
    filters.isMine && text === '' && filters.tags.length === 0 && filters.maxMinutes === undefined;
  return (
    <div className="empty" role="status">
      <DishArt dish="leaf" tone={2} />
      <h2>{onlyMine ? 'You have no recipe yet' : 'Nothing like that on the shelf'}</h2>
      <p className="lead">
        {onlyMine
          ? 'Yours will stand here, private until you share them.'
          : text === ''
            ? 'No recipe passes all of these filters.'
            : `No recipe has words that begin like “${text}”, with the other filters as they are.`}
      </p>
      <div className="row">
        <button type="button" className="button" onClick={onClear}>
          Show everything
        </button>
        <Link href={paths.create} className="button button--primary">
          New recipe
        </Link>
      </div>
    </div>
  );
}
