import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/** Path of each source, relative to the root and with forward slashes, to a hash of its bytes. */
export type SourceSnapshot = ReadonlyMap<string, string>;

/** Reads every file of the folders. What comes or goes while it reads is as if it had come or gone before. */
export async function snapshotSources(root: string, folders: readonly string[]): Promise<SourceSnapshot> {
  const lists = await Promise.all(folders.map((folder) => listFiles(path.join(root, folder))));
  const entries = await Promise.all(
    lists.flat().map(async (file) => {
      const bytes = await readFile(file).catch(() => undefined);
      const name = path.relative(root, file).split(path.sep).join('/');
      return bytes === undefined ? [] : [[name, createHash('sha256').update(bytes).digest('hex')] as const];
    }),
  );
  return new Map(entries.flat());
}

/** Paths that are in one snapshot alone or read differently in both, sorted. */
export function changedSources(before: SourceSnapshot, after: SourceSnapshot): readonly string[] {
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names].filter((name) => before.get(name) !== after.get(name)).toSorted();
}

async function listFiles(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => path.join(entry.parentPath, entry.name));
}
