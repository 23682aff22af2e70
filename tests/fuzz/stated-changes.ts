import { existsSync } from 'node:fs';
import type { StatedChangesByResource } from './stored-resources.ts';

/**
 * What the contract of a module says in words about how it keeps things: `statedChanges` of `testing/stated-changes.ts` in its folder.
 * A module without that file keeps everything as it was sent.
 */
export async function statedChangesOf(moduleName: string): Promise<StatedChangesByResource> {
  const file = new URL(`../../src/modules/${moduleName}/testing/stated-changes.ts`, import.meta.url);
  if (!existsSync(file)) return {};
  const loaded: { readonly statedChanges: StatedChangesByResource } = await import(file.href);
  return loaded.statedChanges;
}
