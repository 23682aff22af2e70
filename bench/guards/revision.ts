import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { startKitchenSink } from '#tests/contracts/kitchen-sink/start-kitchen-sink.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const MAX_ARCHIVE_BYTES = 256 * 1024 * 1024;

/** A revision of this repository cannot be used; `message` says why in one sentence. */
export class RevisionError extends Error {}

/** A revision's sources in a folder of their own, with the packages of this tree. */
export interface Revision extends AsyncDisposable {
  /** How that revision serves the kitchen sink, in this process. */
  readonly startKitchenSink: typeof startKitchenSink;
}

/** @throws {RevisionError} when git does not know it, or it cannot serve the kitchen sink. */
export async function openRevision(revision: string): Promise<Revision> {
  const archive = spawnSync('git', ['archive', '--end-of-options', revision], {
    cwd: ROOT,
    maxBuffer: MAX_ARCHIVE_BYTES,
  });
  if (archive.status !== 0) throw new RevisionError(`git has no revision ${revision}.`);
  await using cleanup = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'revision-'));
  cleanup.defer(() => rm(folder, { recursive: true }));
  if (spawnSync('tar', ['-x', '-C', folder], { input: archive.stdout }).status !== 0) {
    throw new RevisionError(`tar cannot unpack revision ${revision} into ${folder}.`);
  }
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  const entry = join(folder, 'tests/contracts/kitchen-sink/start-kitchen-sink.ts');
  let kitchen: Pick<Revision, 'startKitchenSink'>;
  try {
    kitchen = await import(pathToFileURL(entry).href);
  } catch (error) {
    throw new RevisionError(`Revision ${revision} cannot serve the kitchen sink.`, { cause: error });
  }
  const kept = cleanup.move();
  return { startKitchenSink: kitchen.startKitchenSink, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}
