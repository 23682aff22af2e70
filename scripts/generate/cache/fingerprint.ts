import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
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
    const listed = new Set(paths.flatMap((input) => listFiles(root, input)));
    const files = [...listed].filter((file) => isIgnored?.(file) !== true).toSorted();
    const inputs = files.flatMap((file) => readInput(root, file));
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
function readInput(root: string, file: string): readonly Input[] {
  const absolute = path.join(root, file);
  try {
    const { ctimeNs } = statSync(absolute, { bigint: true });
    return [{ file, bytes: readFileSync(absolute), changedAtNs: ctimeNs }];
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  }
}

function listFiles(root: string, input: string): readonly string[] {
  const absolute = path.join(root, input);
  const status = statSync(absolute, { throwIfNoEntry: false });
  if (status === undefined) return [];
  if (status.isFile()) return [input];
  const entries = readdirSync(absolute, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'));
}
