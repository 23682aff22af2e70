import { existsSync, mkdirSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { Refusal } from './refusal.ts';

/** A file to write; `before` is its text now, and absent for a new one. Paths are relative to the project, with forward slashes. */
export interface Change {
  readonly path: string;
  readonly text: string;
  readonly before?: string;
}

/** A line for each change: `create  sql/pantry/pantries.sql  36 lines`. */
export function describeChanges(changes: readonly Change[]): readonly string[] {
  return changes.map(({ path, text, before = '' }) => {
    const lines = lineCount(text) - lineCount(before);
    const [verb, more] = before === '' ? ['create', ''] : ['change', ' more'];
    return `${verb}  ${path}  ${lines} line${lines === 1 ? '' : 's'}${more}`;
  });
}

/** What was written, and the way back. */
export interface Written {
  /** Makes the disk what it was before, folders included. */
  readonly undo: () => void;
}

/**
 * Writes every change, or none.
 *
 * @throws {Refusal} when a file that would be new is there.
 * @throws {NodeJS.ErrnoException} when a file cannot be written; nothing stays then.
 */
export function writeChanges(root: string, changes: readonly Change[]): Written {
  const taken = changes.filter(({ path, before }) => before === undefined && existsSync(join(root, path)));
  if (taken.length > 0) {
    throw new Refusal(
      `Nothing is overwritten, and there is ${taken.map(({ path }) => path).join(', ')} already.`,
    );
  }
  const steps: (() => void)[] = [];
  const undo = (): void => {
    for (let step = steps.pop(); step !== undefined; step = steps.pop()) step();
  };
  try {
    for (const { path, text, before } of changes) {
      const file = join(root, path);
      const first = mkdirSync(dirname(file), { recursive: true });
      steps.push(() => removeEmpty(dirname(file), first));
      if (before === undefined) {
        writeFileSync(file, text, { flag: 'wx' });
        steps.push(() => rmSync(file, { force: true }));
      } else {
        steps.push(() => writeFileSync(file, before));
        writeFileSync(file, text);
      }
    }
  } catch (error) {
    undo();
    throw error;
  }
  return { undo };
}

/** Removes the folders that were made, from the innermost up to the first; one that has got something else by now stays. */
function removeEmpty(folder: string, first: string | undefined): void {
  if (first === undefined) return;
  for (let each = folder; !relative(first, each).startsWith('..'); each = dirname(each)) {
    try {
      rmdirSync(each);
    } catch {
      return;
    }
  }
}

function lineCount(text: string): number {
  return text.split('\n').length - 1;
}
