import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { errorCode } from '../../postgres/error-code.ts';

const run = promisify(execFile);

/** The base cannot be read from git. `message` is a whole sentence. */
export class BaseTreeError extends Error {
  override readonly name = 'BaseTreeError';
}

/**
 * Writes `sql/` and `migrations/` of a commit below a folder. The repository and its working tree stay as they are.
 *
 * @param options.ref anything that git takes for a commit: `origin/main`, `HEAD~1`.
 * @throws {BaseTreeError} when there is no such commit, or no repository.
 */
export async function writeBaseTree(options: {
  readonly root: string;
  readonly ref: string;
  readonly folder: string;
}): Promise<void> {
  const { root, ref, folder } = options;
  const commit = (
    await git(root, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`], ref)
  ).trim();
  const listing = await git(
    root,
    ['ls-tree', '-r', '-z', '--name-only', commit, '--', 'sql/', 'migrations/'],
    ref,
  );
  for (const path of listing.split('\0').filter((name) => name !== '')) {
    const text = await git(root, ['show', `${commit}:./${path}`], ref);
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}

async function git(root: string, args: readonly string[], ref: string): Promise<string> {
  try {
    const { stdout } = await run('git', args, { cwd: root, maxBuffer: 64 * 1024 * 1024 });
    return stdout;
  } catch (cause) {
    if (errorCode(cause) === 'ENOENT') {
      throw new BaseTreeError(`The base ${ref} cannot be read: git is not installed.`, { cause });
    }
    const said =
      cause instanceof Error && 'stderr' in cause ? String(cause.stderr).trim().split('\n')[0] : '';
    const why = said === '' ? 'there is no such commit here; fetch it first' : said;
    throw new BaseTreeError(`The base ${ref} cannot be read: ${why}.`, { cause });
  }
}
