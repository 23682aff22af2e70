import type { Client } from 'pg';
import { recoveryOf, sessionSql, unfinishedSql } from './apply-step.ts';
import type { Recovery } from './apply-step.ts';
import { findDisagreements, findUnmet } from './compare-history.ts';
import {
  HISTORY_SCHEMA,
  appliedOf,
  historySql,
  historyTable,
  isUnfinished,
  readHistory,
  stepsUp,
} from './history.ts';
import type { History } from './history.ts';
import { lintPending } from './lint-pending.ts';
import { throwProblems } from './migration-error.ts';
import { LOCK_SQL, UNLOCK_SQL } from './migration-lock.ts';
import { withSession } from './migration-session.ts';
import { stepsDown } from './migrate.ts';
import type { MigrateUpOptions } from './migrate.ts';
import { neededBy } from './order-modules.ts';
import { readMigrations } from './read-migrations.ts';
import type { MigrationModule } from './read-migrations.ts';
import { recordMigration } from './run-migration.ts';
import type { MigrationStep } from './run-migration.ts';
import { selectModules } from './select-modules.ts';
import { DEFAULT_SETTINGS } from './settings.ts';

/**
 * The SQL that `migrateUp` would send now, as a script that does the same; empty when nothing is pending. The session
 * that looks is read-only, so that nothing can be changed, and takes no lock.
 *
 * @throws {MigrationError} as `migrateUp` does before it runs anything.
 */
export async function planUp(options: Omit<MigrateUpOptions, 'log' | 'upTo'>): Promise<string> {
  const all = await readMigrations(options.root);
  const modules = selectModules(all, options.module);
  const needed = neededBy(all, modules);
  const settings = { ...DEFAULT_SETTINGS, ...options.settings };
  const { history, steps, recoveries } = await withSession(options.url, async (client) => {
    await client.query('SET default_transaction_read_only TO on');
    const read = await readHistory(client, [...modules, ...needed]);
    const next = modules.flatMap((module) => stepsUp(read, module));
    return { history: read, steps: next, recoveries: await findRecoveries(client, next, read) };
  });
  throwProblems([
    ...findDisagreements(modules, history, options.module),
    ...findUnmet(modules, needed, history),
  ]);
  if (options.lint === true) {
    await lintPending(steps.filter(({ action }) => action === 'up').map(({ migration }) => migration));
  }
  if (steps.length === 0) {
    return '';
  }
  const parts: string[] = ['-- One run at a time: this ends here when another is under way', LOCK_SQL];
  let applied: readonly string[] = [];
  let current: MigrationModule | undefined;
  for (const [index, step] of steps.entries()) {
    const { module, migration, action } = step;
    if (module !== current) {
      current = module;
      applied = appliedOf(history, module).map(({ name }) => name);
      parts.push(`-- The version table of ${module.name}`, historySql(module), checkSql(module, applied));
    }
    parts.push(
      `\n-- ${migration.file}${action === 'down' ? ', undone to the end: a run that was killed had begun to' : ''}`,
      sessionSql(settings, migration),
    );
    const recovery = recoveries[index];
    if (recovery === undefined) {
      parts.push(...(await recordMigration(step, applied)));
    } else {
      const { begin, withEnd } = unfinishedSql(step);
      const sent = await recordMigration(recovery.step, applied);
      parts.push(...(recovery.clear === null ? [] : [recovery.clear]), begin, ...sent.map(withEnd));
    }
    applied =
      action === 'up' ? [...applied, migration.name] : applied.filter((name) => name !== migration.name);
  }
  parts.push('', UNLOCK_SQL);
  return parts.map((part) => toStatement(part)).join('\n');
}

/**
 * The SQL of the way down of what `migrateDown` would undo now, each below its file's name. Takes no lock and changes nothing.
 *
 * @throws {MigrationError} as `migrateDown` does before it runs anything.
 */
export async function planDown(
  options: Pick<MigrateUpOptions, 'url' | 'root' | 'module'> & { readonly all: boolean },
): Promise<string> {
  const modules = selectModules(await readMigrations(options.root), options.module);
  const history = await withSession(options.url, async (client) => {
    await client.query('SET default_transaction_read_only TO on');
    return readHistory(client, modules);
  });
  throwProblems(findDisagreements(modules, history, options.module));
  return modules
    .toReversed()
    .flatMap((module) => stepsDown(module, history, options.all))
    .map(({ migration }) => `-- ${migration.file}\n${migration.down?.sql ?? ''}`)
    .join('\n\n');
}

/** SQL that fails when the module has other migrations by now than when the plan was made. */
function checkSql(module: MigrationModule, applied: readonly string[]): string {
  const table = `${HISTORY_SCHEMA}.${historyTable(module)}`;
  return `DO $$ BEGIN IF (SELECT coalesce(string_agg(name, ' ' ORDER BY id), '') FROM ${table}) <> '${applied.join(' ')}' THEN RAISE EXCEPTION 'The database has other migrations of ${module.name} than when this plan was made; make a new plan.'; END IF; END $$`;
}

/** Of each step outside a transaction, what `migrateUp` would find of it. */
async function findRecoveries(
  client: Client,
  steps: readonly MigrationStep[],
  history: History,
): Promise<readonly (Recovery | undefined)[]> {
  const recoveries: (Recovery | undefined)[] = [];
  for (const step of steps) {
    const { module, migration } = step;
    recoveries.push(
      migration.isOutsideTransaction
        ? await recoveryOf(client, step, isUnfinished(history, module, migration))
        : undefined,
    );
  }
  return recoveries;
}

function toStatement(text: string): string {
  const trimmed = text.trimEnd();
  return trimmed === '' || trimmed.endsWith(';') || /^\n?--[^\n]*$/.test(trimmed) ? trimmed : `${trimmed};`;
}
