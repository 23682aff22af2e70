import type { ReactElement } from 'react';

import { Link } from '../../app/navigation.tsx';
import { paths } from '../../app/routes.ts';
import { Icon } from '../../ui/icon.tsx';

let pathBefore: string = paths.list;

/** Remembers how the list is narrowed, for the way back to it. */
export function rememberList(path: string): void {
  pathBefore = path;
}

/** The path of the list as it was left. */
export function listPathBefore(): string {
  return pathBefore;
}

/** Leads back to the list as it was left. */
export function BackToList(): ReactElement {
  return (
    <Link href={pathBefore} className="back">
      <Icon name="left" /> {pathBefore === paths.list ? 'All recipes' : 'Back to the list'}
    </Link>
  );
}
