import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { promisify } from 'node:util';
import { errorCode } from '../diagnostics/error-code.ts';

/** Git, or what it should know, is not there. `message` is a whole sentence. */
export class GitError extends Error {
  override readonly name = 'GitError';
}

/** A file of a commit. */
export interface CommittedFile {
  /** Path relative to the folder that was asked about. */
  readonly path: string;
  readonly bytes: Buffer;
}

/**
 * The commit of a branch, tag or other name.
 *
 * @throws {GitError} when there is no repository, or no such commit in it.
 */
export async function findCommit(root: string, ref: string): Promise<string> {
  if (!(await git(root, ['rev-parse', '--git-dir'])).ok) {
    throw new GitError(
      'There is no Git repository here to compare with; leave out --base, or run this in a clone.',
    );
  }
  const found = ref.startsWith('-')
    ? { ok: false, output: '' }
    : await git(root, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`]);
  if (!found.ok) {
    const [remote, branch] = ref.split('/');
    const fetch = branch === undefined ? `git fetch origin ${ref}` : `git fetch ${remote} ${branch}`;
    throw new GitError(
      `There is no commit ${ref} here to compare with: name another with --base, or get it first (${fetch}; a shallow clone has few).`,
    );
  }
  return found.output.trim();
}

/**
 * The newest release that HEAD comes after: a tag `v*`.
 *
 * @throws {GitError} when there is none.
 */
export async function lastRelease(root: string): Promise<string> {
  const found = await git(root, ['describe', '--tags', '--abbrev=0', '--match', 'v*']);
  if (!found.ok) {
    throw new GitError(
      'There is no release to compare with (no tag v* is an ancestor of HEAD): say with what, such as --base origin/main.',
    );
  }
  return found.output.trim();
}

/** Where HEAD left a commit's line; the commit itself when a shallow clone does not reach back that far. */
export async function forkPoint(root: string, commit: string): Promise<string> {
  const found = await git(root, ['merge-base', 'HEAD', commit]);
  return found.ok && found.output.trim() !== '' ? found.output.trim() : commit;
}

/** The files of a commit below a folder of the project. */
export async function filesAt(
  root: string,
  commit: string,
  folder: string,
): Promise<readonly CommittedFile[]> {
  const listed = await git(root, ['ls-tree', '-r', '-z', commit, '--', `${folder}/`]);
  if (!listed.ok) {
    throw new GitError(`Git cannot list ${folder} of ${commit}: ${listed.output.trim()}`);
  }
  const entries = listed.output
    .split('\0')
    .map((line) => /^\d+ blob ([0-9a-f]+)\t(.*)$/s.exec(line))
    .filter((match) => match !== null);
  const blobs = await readBlobs(
    root,
    entries.map((match) => match[1] ?? ''),
  );
  return entries.flatMap((match, index) => {
    const bytes = blobs[index];
    return bytes === undefined ? [] : [{ path: match[2] ?? '', bytes }];
  });
}

/** One process for all of them: a process each takes seconds when there are hundreds. */
async function readBlobs(root: string, ids: readonly string[]): Promise<readonly Buffer[]> {
  const child = spawn('git', ['cat-file', '--batch'], { cwd: root, stdio: ['pipe', 'pipe', 'ignore'] });
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.stdin.end(ids.map((id) => `${id}\n`).join(''));
  await once(child, 'close');
  const all = Buffer.concat(chunks);
  const blobs: Buffer[] = [];
  for (let start = 0; start < all.length;) {
    const end = all.indexOf('\n', start);
    const size = Number(all.subarray(start, end).toString('latin1').split(' ')[2]);
    if (end < 0 || !Number.isInteger(size)) {
      throw new GitError(
        'Git cannot read the base commit’s files; is the clone complete? (git fetch --unshallow)',
      );
    }
    blobs.push(all.subarray(end + 1, end + 1 + size));
    start = end + 1 + size + 1;
  }
  return blobs;
}

async function git(
  root: string,
  args: readonly string[],
): Promise<{ readonly ok: boolean; readonly output: string }> {
  try {
    const { stdout } = await promisify(execFile)('git', [...args], {
      cwd: root,
      maxBuffer: 64 * 1024 * 1024,
    });
    return { ok: true, output: stdout };
  } catch (error) {
    if (errorCode(error) === 'ENOENT') {
      throw new GitError('Git is not installed, and --base needs it.', { cause: error });
    }
    return { ok: false, output: error instanceof Error ? error.message : String(error) };
  }
}
