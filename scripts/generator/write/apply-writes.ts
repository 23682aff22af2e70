import { mkdir, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { errorCode } from '../../diagnostics/error-code.ts';
import { isOwned, OWNED_ROOTS, type WritePlan } from './plan-writes.ts';

/**
 * Makes the disk what the plan says. Every text is written to a temporary file first, so a full disk changes nothing;
 * then each is renamed into place, so no reader sees half a file. Unchanged files are not touched. The temporary files
 * lie in `.cache/`, on the same file system: a killed run leaves nothing in the owned folders. One at a time writes in a
 * project (`withRunLock`).
 *
 * @throws when the plan holds unowned files; nothing is written then.
 */
export async function applyWrites(
  root: string,
  plan: WritePlan,
  roots: readonly string[] = OWNED_ROOTS,
): Promise<void> {
  if (plan.unowned.length > 0) throw new Error(`refusing to write beside ${plan.unowned.join(', ')}`);
  const writes = [...plan.create, ...plan.update];
  const staging = path.join(root, '.cache', 'generate', 'staging');
  try {
    // A run that was killed has left its own.
    await rm(staging, { recursive: true, force: true });
    if (writes.length > 0) await mkdir(staging, { recursive: true });
    const staged = writes.map((file, index) => ({ file, temporary: path.join(staging, String(index)) }));
    for (const { file, temporary } of staged) await writeFile(temporary, file.text);
    // Orphans go first: one may stand where a folder is to be, or differ from a new file in case only.
    for (const { path: orphan } of plan.remove) {
      await rm(path.join(root, orphan), { force: true });
      await removeEmptyFolders(root, path.posix.dirname(orphan), roots);
    }
    for (const { file, temporary } of staged) {
      const target = path.join(root, file.path);
      await mkdir(path.dirname(target), { recursive: true });
      await rename(temporary, target);
    }
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

/** Removes the folder and its parents as long as they are empty, up to the owned folder itself. */
async function removeEmptyFolders(root: string, folder: string, roots: readonly string[]): Promise<void> {
  if (!isOwned(folder, roots)) return;
  try {
    await rmdir(path.join(root, folder));
  } catch (error) {
    if (['ENOTEMPTY', 'EEXIST', 'ENOENT'].includes(errorCode(error))) return;
    throw error;
  }
  await removeEmptyFolders(root, path.posix.dirname(folder), roots);
}
