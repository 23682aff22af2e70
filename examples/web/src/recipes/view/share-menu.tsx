import { RecipeVisibility } from '@chompardo/sdk';
import type { ReactElement } from 'react';

import { Icon } from '../../ui/icon.tsx';
import { showToast } from '../../ui/toasts.tsx';
import { showOptimistically } from '../data/optimistic.ts';
import { cacheSaved, refetchRecipe } from '../data/cache.ts';
import type { VersionedRecipe } from '../data/queries.ts';
import { savePart, type Saved } from '../data/save.ts';
import { VISIBILITIES } from './visibility.ts';

/** Who may read the recipe. The choice shows at once; when the API refuses it, it goes back. */
export function ShareMenu(props: {
  readonly current: VersionedRecipe;
  readonly isSaving: boolean;
}): ReactElement {
  const { current, isSaving } = props;
  const { recipe } = current;
  const { icon } = VISIBILITIES[recipe.visibility];
  return (
    <label className="select">
      <span className="visually-hidden">Who may read it</span>
      <Icon name={icon} />
      <select
        value={recipe.visibility}
        aria-disabled={isSaving}
        onChange={({ target }) => {
          const chosen = Object.values(RecipeVisibility).find((name) => name === target.value);
          if (chosen !== undefined && !isSaving) void share(current, chosen);
        }}
      >
        {Object.values(RecipeVisibility).map((name) => (
          <option key={name} value={name}>
            {VISIBILITIES[name].name}
          </option>
        ))}
      </select>
    </label>
  );
}

async function share({ recipe, etag }: VersionedRecipe, visibility: RecipeVisibility): Promise<void> {
  try {
    const trouble = await showOptimistically(recipe.id, { visibility }, async () => {
      const saved = await savePart(recipe.id, etag, { visibility });
      if (saved.kind === 'saved') cacheSaved(saved);
      if (saved.kind === 'gone') refetchRecipe(recipe.id);
      // A recipe is shared only after its owner has seen the newest version.
      if (saved.kind === 'conflict') cacheSaved(saved.theirs);
      return TROUBLE[saved.kind];
    });
    if (trouble !== undefined) showToast({ text: trouble });
  } catch {
    showToast({ text: 'Who may read it could not be changed. Try again.' });
  }
}

const TROUBLE: Readonly<Record<Saved['kind'], string | undefined>> = {
  saved: undefined,
  refused: 'Who may read it could not be changed.',
  conflict: 'The recipe was changed meanwhile. Look at it, and choose again who may read it.',
  gone: 'This recipe was deleted meanwhile.',
};
