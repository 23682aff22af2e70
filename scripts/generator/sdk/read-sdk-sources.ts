import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';

import { errorCode } from '../../diagnostics/error-code.ts';
import { LAYOUT } from '../layout.ts';
import { exportsOf, type Modules } from './exported-names.ts';

/** What is emitted, and what tests have. */
const NOT_BY_HAND = /^(generated|testing)\/|\.(test|types)\.ts$/;

/**
 * The sources of an SDK that are written by hand, by the paths that `LAYOUT` has for them; none where there are none.
 *
 * @param folder absolute path of the SDK's sources
 */
export async function readSdkSources(folder: string): Promise<Modules> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const files = entries
      .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
      .map((entry) =>
        path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'),
      )
      .filter((file) => !NOT_BY_HAND.test(file))
      .toSorted();
    return new Map(
      files.map((file) => [`${LAYOUT.sdk ?? ''}/${file}`, readFileSync(path.join(folder, file), 'utf8')]),
    );
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return new Map();
    throw error;
  }
}

/** Names that the SDK's main entry has besides those of a contract: no component takes one of them. */
export function runtimeNames(sources: Modules): ReadonlySet<string> {
  return new Set(exportsOf(sources, `${LAYOUT.sdk ?? ''}/index.ts`).map(({ name }) => name));
}
