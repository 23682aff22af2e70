import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { filesAt, findCommit } from '../../git/commits.ts';

/**
 * Writes `sql/` and `migrations/` of a commit below a folder. The repository and its working tree stay as they are.
 *
 * @param options.ref anything that git takes for a commit: `origin/main`, `HEAD~1`.
 * @throws {GitError} when there is no such commit, or no repository.
 */
export async function writeBaseTree(options: {
  readonly root: string;
  readonly ref: string;
  readonly folder: string;
}): Promise<void> {
  const { root, ref, folder } = options;
  const commit = await findCommit(root, ref);
  for (const source of ['sql', 'migrations']) {
    for (const { path, bytes } of await filesAt(root, commit, source)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), bytes);
    }
  }
}
