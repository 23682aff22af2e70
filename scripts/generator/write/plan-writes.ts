import { LAYOUT, ownedFolders } from '../layout.ts';
import type { GeneratedFile } from './generated-file.ts';
import { hasHeader } from './header.ts';

/** The folders that only the generator writes in; everything in them is either emitted or a finding. */
export const OWNED_ROOTS: readonly string[] = ownedFolders(LAYOUT);

/** True for a path inside an owned folder. */
export function isOwned(path: string, roots: readonly string[]): boolean {
  return roots.some((root) => path.startsWith(`${root}/`));
}

/** A file that is on disk and no longer what the sources say. */
export interface Update extends GeneratedFile {
  readonly previousText: string;
}

/** What must happen on disk for the owned folders to hold the emitted files and nothing else. */
export interface WritePlan {
  readonly create: readonly GeneratedFile[];
  readonly update: readonly Update[];
  /** Files of ours that nothing emits any more: their spec, query or module is gone. */
  readonly remove: readonly GeneratedFile[];
  readonly unchanged: readonly GeneratedFile[];
  /** Paths in the owned folders that we did not write. Never overwritten or removed: nothing is written at all. */
  readonly unowned: readonly string[];
}

/**
 * Compares what was emitted with what the owned folders hold. Every list is sorted by path.
 *
 * @throws when the emitted files themselves break a rule: outside the owned folders, without a header, twice the same
 *   path, or two paths that differ in case only (one file on macOS and Windows).
 */
export function planWrites(
  expected: readonly GeneratedFile[],
  actual: readonly GeneratedFile[],
  roots: readonly string[] = OWNED_ROOTS,
): WritePlan {
  assertOurs(expected, roots);
  const emitted = byPath(expected);
  const present = byPath(actual);
  const unowned = actual.filter((file) => !hasHeader(file.text)).map((file) => file.path);
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
  return { ...plan, unowned: unowned.toSorted() };
}

/** True when the disk holds exactly what was emitted. */
export function isFresh(plan: WritePlan): boolean {
  return plan.create.length + plan.update.length + plan.remove.length + plan.unowned.length === 0;
}

function assertOurs(expected: readonly GeneratedFile[], roots: readonly string[]): void {
  const seen = new Set<string>();
  for (const { path, text } of expected) {
    const key = path.toLowerCase();
    const isInside = isOwned(path, roots) && !/(^|\/)\.{0,2}(\/|$)|\\/.test(path);
    if (!isInside) throw new Error(`emitted ${path}, which lies outside ${roots.join('/ and ')}/`);
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
