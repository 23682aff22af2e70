import type { RecipeVisibility } from '@chompardo/sdk';

import type { IconName } from '../../ui/icon.tsx';

/** Who may read a recipe, in the user's words. */
export const VISIBILITIES: Readonly<
  Record<RecipeVisibility, { readonly name: string; readonly hint: string; readonly icon: IconName }>
> = {
  private: { name: 'Private', hint: 'Only you', icon: 'lock' },
  unlisted: { name: 'By link', hint: 'Anyone with the link', icon: 'link' },
  public: { name: 'Public', hint: 'Everybody', icon: 'globe' },
};
