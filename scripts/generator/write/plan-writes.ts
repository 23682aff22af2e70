import type { GeneratedFile } from './generated-file.ts';
import { hasHeader } from './header.ts';

/** The folder that only the generator writes in; everything in it is either emitted or a finding. */
export const OWNED_ROOT = 'generated';

/** A file that is on disk and no longer what the sources say. */
export interface Update extends GeneratedFile {
  readonly previousText: string;
}

/** What must happen on disk for the owned folder to hold the emitted files and nothing else. */
export interface WritePlan {
  readonly create: readonly GeneratedFile[];
  readonly update: readonly Update[];
  /** Files of ours that nothing emits any more: their spec, query or module is gone. */
  readonly remove: readonly GeneratedFile[];
  readonly unchanged: readonly GeneratedFile[];
  /** Paths in the owned folder that we did not write. Never overwritten or removed: nothing is written at all. */
  readonly foreign: readonly string[];
}

/**
 * Compares what was emitted with what the owned folder holds. Every list is sorted by path.
 *
 * @throws when the emitted files themselves break a rule: outside the owned folder, without a header, twice the same
 *   path, or two paths that differ in case only (one file on macOS and Windows).
 */
export function planWrites(expected: readonly GeneratedFile[], actual: readonly GeneratedFile[]): WritePlan {
  assertOurs(expected);
  const emitted = byPath(expected);
  const present = byPath(actual);
  const foreign = actual.filter((file) => !hasHeader(file.text)).map((file) => file.path);
  const plan = { create: [], update: [], remove: [], unchanged: [] } as {
    create: GeneratedFile[];
    update: Update[];
    remove: GeneratedFile[];
    unchanged: GeneratedFile[];
  };
  for (const file of emitted.values()) {
    const previous = present.get(file.path);
    if (previous === undefined) plan.create.push(file);
    else if (previous.text === file.text) plan.unchanged.push(file);
    else plan.update.push({ ...file, previousText: previous.text });
  }
  for (const file of present.values()) {
    if (!emitted.has(file.path) && hasHeader(file.text)) plan.remove.push(file);
  }
  return { ...plan, foreign: foreign.toSorted() };
}

/** True when the disk holds exactly what was emitted. */
export function isFresh(plan: WritePlan): boolean {
  return plan.create.length + plan.update.length + plan.remove.length + plan.foreign.length === 0;
}

function assertOurs(expected: readonly GeneratedFile[]): void {
  const seen = new Set<string>();
  for (const { path, text } of expected) {
    const key = path.toLowerCase();
    const isInside = path.startsWith(`${OWNED_ROOT}/`) && !/(^|\/)\.{0,2}(\/|$)|\\/.test(path);
    if (!isInside) throw new Error(`emitted ${path}, which lies outside ${OWNED_ROOT}/`);
    if (!hasHeader(text)) throw new Error(`emitted ${path} without the header that marks it as generated`);
    if (seen.has(key))
      throw new Error(`emitted ${path} twice (upper and lower case are one file on some systems)`);
    seen.add(key);
  }
}

function byPath(files: readonly GeneratedFile[]): ReadonlyMap<string, GeneratedFile> {
  const sorted = files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  return new Map(sorted.map((file) => [file.path, file]));
}
