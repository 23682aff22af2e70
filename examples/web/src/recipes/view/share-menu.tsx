import type { RecipeVisibility } from '@chompardo/sdk';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactElement } from 'react';

import { Icon } from '../../ui/icon.tsx';
import { showToast } from '../../ui/toasts.tsx';
import { keys } from '../data/keys.ts';
import type { VersionedRecipe } from '../data/queries.ts';
import { keepSaved, savePart, showEarly } from '../data/save.ts';
import { VISIBILITIES, VISIBILITY_NAMES } from './visibility.ts';

/** Who may read the recipe. The choice shows at once; when the API refuses it, it goes back. */
export function ShareMenu(props: {
  readonly current: VersionedRecipe;
  readonly onConflict: (visibility: RecipeVisibility) => void;
}): ReactElement {
  const { current, onConflict } = props;
  const { recipe, etag } = current;
  const client = useQueryClient();
  const { mutate, isPending } = useMutation({
    mutationKey: keys.saving(recipe.id),
    mutationFn: (visibility: RecipeVisibility) => savePart(recipe.id, etag, { visibility }),
    onMutate: (visibility) => showEarly(client, recipe.id, (before) => ({ ...before, visibility })),
    onSuccess: (saved, visibility, takeBack) => {
      if (saved.kind === 'saved') return keepSaved(client, saved);
      takeBack();
      if (saved.kind === 'conflict') onConflict(visibility);
      else showToast({ text: saved.kind === 'gone' ? 'This recipe was deleted meanwhile.' : saved.detail });
    },
    onError: (_error, _visibility, takeBack) => {
      takeBack?.();
      showToast({ text: 'Who may read it could not be changed. Try again.' });
    },
  });
  const { icon } = VISIBILITIES[recipe.visibility];
  return (
    <label className="select">
      <span className="visually-hidden">Who may read it</span>
      <Icon name={icon} />
      <select
        value={recipe.visibility}
        disabled={isPending}
        onChange={({ target }) => {
          const chosen = VISIBILITY_NAMES.find((name) => name === target.value);
          if (chosen !== undefined) mutate(chosen);
        }}
      >
        {VISIBILITY_NAMES.map((name) => (
          <option key={name} value={name}>
            {VISIBILITIES[name].name}
          </option>
        ))}
      </select>
    </label>
  );
}
