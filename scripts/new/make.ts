import type { Output } from '../generate/run.ts';
import { MigrationError, formatMigrationError } from '../migrations/migration-error.ts';
import type { Request } from './arguments.ts';
import { describeChanges, writeChanges, type Change } from './changes.ts';
import { nextSteps } from './next-steps.ts';
import { Refusal } from './refusal.ts';

/** How to make something: in which project, and who reads what is said. */
export interface MakeOptions {
  readonly root: string;
  readonly isDryRun: boolean;
  readonly output: Output;
  /** Called with the way back while there is something to take back, so that an interrupted run can; with undefined after that. */
  readonly onWritten?: (undo: (() => void) | undefined) => void;
}

/**
 * Writes what was asked for and generates, or says why not and leaves the project as it was. Exit codes: 0 done, 1 it cannot be made
 * as asked.
 */
export async function make(request: Request, options: MakeOptions): Promise<0 | 1> {
  const { root, isDryRun, output } = options;
  try {
    const changes = await plan(root, request);
    for (const line of describeChanges(changes)) output.out(isDryRun ? `would ${line}` : line);
    if (isDryRun) return 0;
    const isDone = await writeAndGenerate(changes, request, options);
    if (!isDone) return 1;
    for (const line of nextSteps(request, changes)) output.out(line);
    return 0;
  } catch (error) {
    if (error instanceof Refusal) output.err(error.message);
    else if (error instanceof MigrationError) output.err(formatMigrationError(error));
    else throw error;
    return 1;
  }
}

/** What a request changes. Each kind is loaded when it is asked for: most need no database. */
async function plan(root: string, request: Request): Promise<readonly Change[]> {
  switch (request.kind) {
    case 'module':
      return (await import('./plan/plan-module.ts')).planModule(root, request);
    case 'operation':
      return (await import('./plan/plan-operation.ts')).planOperation(root, request);
    case 'query':
      return (await import('./plan/plan-query.ts')).planQuery(root, request);
    case 'migration':
      break;
  }
  return (await import('./plan/plan-migration.ts')).planMigration(root, request);
}

async function writeAndGenerate(
  changes: readonly Change[],
  { kind }: Request,
  { root, output, onWritten = () => {} }: MakeOptions,
): Promise<boolean> {
  const written = writeChanges(root, changes);
  // A migration is empty until it is filled in.
  if (kind === 'migration') return true;
  onWritten(written.undo);
  let isDone = false;
  try {
    const { runWrite } = await import('../generate/run.ts');
    isDone = (await runWrite({ root, useCache: true, isVerbose: false, output })) === 0;
    return isDone;
  } finally {
    onWritten(undefined);
    if (!isDone) {
      written.undo();
      output.err('What was written has been taken back: repair what is said above, and run this again.');
    }
  }
}
