import type { RecipeVisibility } from '@chompardo/sdk';
import type { ReactElement } from 'react';

import { Icon } from '../../ui/icon.tsx';
import { VISIBILITIES } from './visibility.ts';

/** Says who may read a recipe. */
export function VisibilityBadge({ visibility }: { readonly visibility: RecipeVisibility }): ReactElement {
  const { name, icon } = VISIBILITIES[visibility];
  return (
    <>
      <Icon name={icon} /> {name}
    </>
  );
}
