import type { Client } from 'pg';
import { StepFailure, applyStep, sectionOf, sessionSql } from './apply-step.ts';
import { findDisagreements, findUnmet } from './compare-history.ts';
import { appliedOf, historySql, isUnfinished, readHistory, stepsUp } from './history.ts';
import type { History } from './history.ts';
import { lintPending } from './lint-pending.ts';
import { locateFailure } from './locate-failure.ts';
import { MigrationError, errorIn, throwProblems } from './migration-error.ts';
import { neededBy } from './order-modules.ts';
import { withMigrationLock } from './migration-lock.ts';
import { withSession } from './migration-session.ts';
import { readMigrations } from './read-migrations.ts';
import type { Migration, MigrationModule } from './read-migrations.ts';
import type { MigrationStep } from './run-migration.ts';
import { selectModules } from './select-modules.ts';
import { DEFAULT_SETTINGS } from './settings.ts';
import type { MigrationSettings } from './settings.ts';

export interface MigrateOptions {
  /** Connection string of a role that may create schemas; straight to the server, not through a pooler. */
  readonly url: string;
  /** The project root: migrations are in `migrations/<module>/` below it. */
  readonly root: string;
  /** Receives a line for each thing done. */
  readonly log: (line: string) => void;
  /** Receives a line when a migration begins. */
  readonly announce?: (line: string) => void;
  /** The one module to migrate; all when absent. */
  readonly module?: string;
  /** Waiting and trying again; each is the default unless given. */
  readonly settings?: Partial<MigrationSettings>;
}

export interface MigrateUpOptions extends MigrateOptions {
  /** Refuse unsafe migrations before anything runs; off for a database without users. */
  readonly lint?: boolean;
  /** The number of the last migration to apply, by module; a module that is not in it stays as it is. */
  readonly upTo?: ReadonlyMap<string, number>;
}

/** A database whose migrations may be run: this run has the lock, and files and history agree. */
export interface MigrationRun {
  readonly client: Client;
  readonly modules: readonly MigrationModule[];
  /** Modules that those depend on, when they were not asked for. */
  readonly needed: readonly MigrationModule[];
  readonly history: History;
  /**
   * Runs one migration. @returns how long that took, as the end of a sentence.
   *
   * @throws {MigrationError} when it fails; the message says what is applied.
   */
  readonly step: (step: MigrationStep) => Promise<string>;
}

/**
 * Applies every migration that the database lacks, module by module, each in a transaction of its own. A module comes after
 * those that it depends on; one that is asked for alone is refused until they are applied. Many processes may do this at once: one works, the others wait and then find nothing to do.
 *
 * @returns how many were applied.
 * @throws {MigrationError} when one fails, is unsafe, or the files do not fit the database's history.
 * @throws {DatabaseUnreachableError} when there is no connection.
 */
export async function migrateUp(options: MigrateUpOptions): Promise<number> {
  const { upTo } = options;
  return withRun(options, async ({ modules, needed, history, step }) => {
    throwProblems(findUnmet(modules, needed, history));
    const steps = modules.flatMap((module) =>
      stepsUp(history, module).filter(
        ({ migration }) => upTo === undefined || migration.number <= (upTo.get(module.name) ?? 0),
      ),
    );
    const ups = steps.filter(({ action }) => action === 'up');
    if (options.lint === true) {
      await lintPending(ups.map(({ migration }) => migration));
    }
    for (const next of steps) {
      const { module, migration, action } = next;
      const took = await step(next);
      options.log(
        action === 'up'
          ? `applied ${module.name} ${migration.name} ${took}`
          : `undid ${module.name} ${migration.name}, which a run that was killed had begun to undo, ${took}`,
      );
    }
    return ups.length;
  });
}

/**
 * Undoes the last migration of a module; with `all`, every migration, of every module when none is named, last first.
 *
 * @returns the names of what was undone, in order.
 * @throws {MigrationError} when there is nothing to undo, one has no way back, or it fails.
 */
export async function migrateDown(
  options: MigrateOptions & { readonly all?: boolean },
): Promise<readonly string[]> {
  return withRun(options, async ({ modules, history, step }) => {
    const steps = modules.toReversed().flatMap((module) => stepsDown(module, history, options.all === true));
    for (const { module, migration } of steps) {
      const took = await step({ module, migration, action: 'down' });
      options.log(`undid ${module.name} ${migration.name} ${took}`);
    }
    return steps.map(({ migration }) => migration.name);
  });
}

/**
 * Undoes the last migration of a module and applies it again.
 *
 * @returns its name.
 * @throws {MigrationError} when there is none, it has no way back, or one direction fails.
 */
export async function migrateRedo(options: MigrateUpOptions & { readonly module: string }): Promise<string> {
  return withRun(options, async ({ modules, history, step }) => {
    const [last] = modules.flatMap((module) => stepsDown(module, history, false));
    if (last === undefined) {
      throw nothingApplied(options.module);
    }
    if (options.lint === true) {
      await lintPending([last.migration]);
    }
    const { module, migration } = last;
    const undone = await step({ module, migration, action: 'down' });
    options.log(`undid ${module.name} ${migration.name} ${undone}`);
    const redone = await step({ module, migration, action: 'up' });
    options.log(`applied ${module.name} ${migration.name} ${redone}`);
    return migration.name;
  });
}

/**
 * Opens a session, takes the lock and compares files with history before anything else.
 *
 * @throws {MigrationError} that names every disagreement.
 */
export async function withRun<T>(
  options: MigrateOptions,
  work: (run: MigrationRun) => Promise<T>,
): Promise<T> {
  const all = await readMigrations(options.root);
  const modules = selectModules(all, options.module);
  const needed = neededBy(all, modules);
  const settings = { ...DEFAULT_SETTINGS, ...options.settings };
  const { log } = options;
  return withSession(options.url, (client) =>
    withMigrationLock(client, { log, settings }, async () => {
      await client.query(sessionSql(settings));
      const history = await readHistory(client, [...modules, ...needed]);
      throwProblems(findDisagreements(modules, history, options.module));
      const done: string[] = [];
      const started = new Set<MigrationModule>();
      const step = async (next: MigrationStep): Promise<string> => {
        const startedMs = performance.now();
        options.announce?.(`${BEGINS[next.action]} ${next.module.name} ${next.migration.name} …`);
        const { module, migration } = next;
        if (!started.has(module)) {
          await ensureHistory(client, module);
          started.add(module);
        }
        const wasInterrupted = isUnfinished(history, module, migration);
        try {
          await applyStep(client, next, { url: options.url, settings, log, wasInterrupted });
        } catch (error) {
          throw await explain(error, next, done);
        }
        done.push(`${module.name} ${migration.name}`);
        return duration(performance.now() - startedMs);
      };
      return work({ client, modules, needed, history, step });
    }),
  );
}

const BEGINS = { up: 'applying', down: 'undoing', mark: 'marking', unmark: 'unmarking' } as const;

function duration(ms: number): string {
  return ms < 1000 ? `in ${ms.toFixed(0)} ms` : `in ${(ms / 1000).toFixed(1)} s`;
}

/** Makes the module's version table. @throws {MigrationError} when this role may not. */
export async function ensureHistory(client: Client, module: MigrationModule): Promise<void> {
  try {
    await client.query(historySql(module));
  } catch (error) {
    const [first] = module.migrations;
    if (first === undefined) {
      throw error;
    }
    const section = { sql: '', line: 1 };
    throw await locateFailure({ error, migration: first, section, done: 0, state: 'Nothing was applied.' });
  }
}

async function explain(error: unknown, step: MigrationStep, done: readonly string[]): Promise<Error> {
  const { module, migration, action } = step;
  const failed = error instanceof StepFailure ? error : undefined;
  const section = sectionOf(step);
  const before =
    done.length === 0 ? 'and nothing before it was changed' : `done before it and kept: ${done.join(', ')}`;
  return locateFailure({
    error: failed?.cause ?? error,
    migration,
    section: failed?.done === null ? { ...section, sql: '' } : section,
    done: failed?.done ?? 0,
    state: `${failed === undefined || failed.blockers === '' ? '' : `${failed.blockers} `}${module.name} ${migration.name} is ${action === 'down' ? 'still' : 'not'} applied, ${before}.`,
  });
}

/** What going down would undo, last first. @throws {MigrationError} when there is nothing, or one has no way back. */
export function stepsDown(
  module: MigrationModule,
  history: History,
  all: boolean,
): readonly { readonly module: MigrationModule; readonly migration: Migration }[] {
  const applied = appliedOf(history, module).toReversed();
  if (!all && applied.length === 0) {
    throw nothingApplied(module.name);
  }
  return (all ? applied : applied.slice(0, 1)).flatMap(({ name }) => {
    const migration = module.migrations.find((candidate) => candidate.name === name);
    if (migration === undefined) {
      return [];
    }
    if (migration.down === null) {
      const why = migration.whyNoDown === null ? '' : `: ${migration.whyNoDown}`;
      throw new MigrationError(`It has no way back${why}.`, {
        file: migration.file,
        line: 1,
        column: 1,
      });
    }
    return [{ module, migration }];
  });
}

function nothingApplied(module: string): MigrationError {
  return errorIn(`migrations/${module}`, 'Nothing of this module is applied.');
}
