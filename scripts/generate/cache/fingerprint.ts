import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';

import { errorCode } from '../../diagnostics/error-code.ts';

/** What a stage reads, in content and in time. */
export interface Fingerprint {
  /** Hash of every input's path and bytes: equal inputs, equal key. */
  readonly key: string;
  /** Changes when a file was written in between, even back to the same bytes. */
  readonly stamp: string;
}

/** Folders and files whose content decides what a stage gives; absent ones count as absent. */
export interface Inputs {
  /** Absolute path that `paths` and the key are relative to, so that a project may move. */
  readonly root: string;
  readonly paths: readonly string[];
  /** Files below those folders that decide nothing, such as tests. Told paths relative to the root. */
  readonly isIgnored?: (relativePath: string) => boolean;
}

/**
 * Reads every input and gives its fingerprint. The order of directory listings and the times of files do not matter
 * to the key. `facts` are what else decides: versions, variables of the environment.
 */
export async function fingerprint(
  sets: readonly Inputs[],
  facts: readonly string[] = [],
): Promise<Fingerprint> {
  const key = createHash('sha256');
  const stamp = createHash('sha256');
  for (const fact of facts) key.update(`fact ${String(Buffer.byteLength(fact))}\n${fact}`);
  for (const { root, paths, isIgnored } of sets) {
    const lists = await Promise.all(paths.map((input) => listFiles(root, input)));
    const files = [...new Set(lists.flat())].filter((file) => isIgnored?.(file) !== true).toSorted();
    const inputs = (await Promise.all(files.map((file) => readInput(root, file)))).flat();
    key.update(`root ${String(inputs.length)}\n`);
    for (const { file, bytes, changedAtNs } of inputs) {
      key.update(`file ${String(Buffer.byteLength(file))} ${String(bytes.length)}\n${file}`).update(bytes);
      stamp.update(`${file}\n${String(changedAtNs)}\n`);
    }
  }
  return { key: key.digest('hex'), stamp: stamp.digest('hex') };
}

interface Input {
  readonly file: string;
  readonly bytes: Buffer;
  readonly changedAtNs: bigint;
}

/** One input; none when it went away since it was listed, as the temporary files of editors do. */
async function readInput(root: string, file: string): Promise<readonly Input[]> {
  const absolute = path.join(root, file);
  try {
    const [{ ctimeNs }, bytes] = await Promise.all([stat(absolute, { bigint: true }), readFile(absolute)]);
    return [{ file, bytes, changedAtNs: ctimeNs }];
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  }
}

async function listFiles(root: string, input: string): Promise<readonly string[]> {
  const absolute = path.join(root, input);
  const status = await stat(absolute).catch(() => undefined);
  if (status === undefined) return [];
  if (status.isFile()) return [input];
  const entries = await readdir(absolute, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'));
}
