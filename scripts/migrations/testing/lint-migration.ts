import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { lintMigrations } from '../lint/lint-migrations.ts';
import { parseMigrationText } from '../lint/migration-text.ts';

interface Waiting {
  readonly file: string;
  readonly text: string;
  readonly resolve: (found: readonly Diagnostic[]) => void;
  readonly reject: (error: unknown) => void;
}

let waiting: Waiting[] = [];
let count = 0;

/** What is wrong with one migration of module `meal-plan`. Calls of one moment share a run of squawk, which is a process. */
export function findingsIn(text: string, name = '00002_change_things'): Promise<readonly Diagnostic[]> {
  return new Promise((resolve, reject) => {
    count += 1;
    // The number tells the files of one run apart; rules look at the one in front.
    waiting.push({ file: `migrations/meal-plan/${name}_${count}.sql`, text, resolve, reject });
    if (waiting.length === 1) {
      setImmediate(() => void lintWaiting());
    }
  });
}

/** The same as `rule line:column`. */
export async function lintMigration(text: string, name?: string): Promise<readonly string[]> {
  const found = await findingsIn(text, name);
  return found.map(({ rule, at }) => `${rule} ${at.line}:${at.column}`);
}

async function lintWaiting(): Promise<void> {
  const batch = waiting;
  waiting = [];
  try {
    const found = await lintMigrations(batch.map(({ file, text }) => parseMigrationText(file, text)));
    for (const { file, resolve } of batch) {
      resolve(found.filter(({ at }) => at.file === file));
    }
  } catch (error) {
    for (const { reject } of batch) {
      reject(error);
    }
  }
}
