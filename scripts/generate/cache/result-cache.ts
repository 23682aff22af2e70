import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

import type { GeneratedFile } from '../../generator/write/generated-file.ts';
import type { Fingerprint } from './fingerprint.ts';

/** What a stage gives: files, or findings of the kind `D`. */
export type StageResult<D> =
  | { readonly ok: true; readonly files: readonly GeneratedFile[] }
  | { readonly ok: false; readonly diagnostics: readonly D[] };

/** When a fingerprint is taken: before a stage computes, or after, to see that nothing changed meanwhile. */
export type Moment = 'before' | 'after';

/**
 * Gives what `compute` gives, from the cache when the fingerprint is one it has seen. The last successful result of
 * each stage is kept, as `.cache/generate/<stage>.json`; findings never are. An entry that cannot be read, is of other
 * inputs, or does not match its own digest counts as absent. A result is kept only when no input changed since before it
 * was computed, so an entry is never older or newer than its key. Keeping is for the next run: `later`, where it is given,
 * takes that work instead of being waited for.
 */
export async function cachedStage<D>(stage: {
  readonly root: string;
  readonly name: string;
  readonly takeFingerprint: (moment: Moment) => Promise<Fingerprint>;
  readonly compute: () => Promise<StageResult<D>>;
  readonly later?: (keep: () => Promise<void>) => void;
}): Promise<StageResult<D>> {
  const entryPath = entryOf(stage.root, stage.name);
  const before = await stage.takeFingerprint('before');
  const kept = await readEntry(entryPath, before.key);
  if (kept !== undefined) return { ok: true, files: kept };
  const result = await stage.compute();
  if (!result.ok) return result;
  const keep = async (): Promise<void> => {
    const after = await stage.takeFingerprint('after');
    if (after.key === before.key && after.stamp === before.stamp)
      await writeEntry(entryPath, before.key, result.files);
  };
  if (stage.later === undefined) await keep();
  else stage.later(keep);
  return result;
}

function entryOf(root: string, stageName: string): string {
  return path.join(root, '.cache', 'generate', `${stageName}.json`);
}

interface Entry {
  readonly key: string;
  readonly digest: string;
  readonly files: readonly GeneratedFile[];
}

async function readEntry(entryPath: string, key: string): Promise<readonly GeneratedFile[] | undefined> {
  try {
    const entry: unknown = JSON.parse(await readFile(entryPath, 'utf8'));
    return isEntry(entry) && entry.key === key && entry.digest === digestOf(key, entry.files)
      ? entry.files
      : undefined;
  } catch {
    return undefined; // absent, cut short, or not JSON: computed again and replaced
  }
}

function isEntry(value: unknown): value is Entry {
  if (typeof value !== 'object' || value === null) return false;
  if (!('key' in value && 'digest' in value && 'files' in value && Array.isArray(value.files))) return false;
  return value.files.every((file: unknown) => {
    if (typeof file !== 'object' || file === null || !('path' in file && 'text' in file)) return false;
    return typeof file.path === 'string' && typeof file.text === 'string';
  });
}

async function writeEntry(entryPath: string, key: string, files: readonly GeneratedFile[]): Promise<void> {
  const entry: Entry = { key, digest: digestOf(key, files), files };
  const temporary = `${entryPath}.${randomUUID()}`;
  try {
    await mkdir(path.dirname(entryPath), { recursive: true });
    await writeFile(temporary, JSON.stringify(entry));
    await rename(temporary, entryPath);
  } catch {
    // No room, or a project that may only be read: the cache saves time and nothing else.
    await rm(temporary, { force: true }).catch(() => {});
  }
}

function digestOf(key: string, files: readonly GeneratedFile[]): string {
  const texts = files.map((file) => [file.path, file.text]);
  return createHash('sha256')
    .update(JSON.stringify([key, texts]))
    .digest('hex');
}
