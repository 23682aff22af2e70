import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';

import type { GeneratedFile } from './generated-file.ts';
import { OWNED_ROOTS } from './plan-writes.ts';

/** Files that operating systems drop into any folder: no one's work. */
const CLUTTER: ReadonlySet<string> = new Set(['.DS_Store', 'Thumbs.db', 'desktop.ini']);

/** Every file of the owned folders below `root`, with its text; none where there is no such folder. */
export async function readOwned(
  root: string,
  owned: readonly string[] = OWNED_ROOTS,
): Promise<readonly GeneratedFile[]> {
  const lists = await Promise.all(
    owned.map((folder) =>
      readdir(path.join(root, folder), { recursive: true, withFileTypes: true }).catch(ifAbsent),
    ),
  );
  const files = lists.flat().filter((entry) => !entry.isDirectory() && !CLUTTER.has(entry.name));
  // Read synchronously: for hundreds of small files that takes a third of the time.
  return files.map((entry) => {
    const absolute = path.join(entry.parentPath, entry.name);
    const relative = path.relative(root, absolute).split(path.sep).join('/');
    // A link is not ours, wherever it leads: without text it has no header either.
    return { path: relative, text: entry.isFile() ? readFileSync(absolute, 'utf8') : '' };
  });
}

function ifAbsent(error: NodeJS.ErrnoException): [] {
  if (error.code === 'ENOENT') return [];
  throw error;
}
