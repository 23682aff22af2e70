import type { Client } from 'pg';
import { recoveryOf, sessionSql, unfinishedSql } from './apply-step.ts';
import type { Recovery } from './apply-step.ts';
import { findDisagreements, findUnmet } from './compare-history.ts';
import { appliedOf, historySql, isUnfinished, pendingOf, readHistory } from './history.ts';
import type { History } from './history.ts';
import { lintPending } from './lint-pending.ts';
import { throwProblems } from './migration-error.ts';
import { withSession } from './migration-session.ts';
import type { MigrateUpOptions } from './migrate.ts';
import { neededBy } from './order-modules.ts';
import { readMigrations } from './read-migrations.ts';
import type { Migration, MigrationModule } from './read-migrations.ts';
import { recordMigration } from './run-migration.ts';
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
  const { history, recoveries } = await withSession(options.url, async (client) => {
    await client.query('SET default_transaction_read_only TO on');
    const read = await readHistory(client, [...modules, ...needed]);
    return { history: read, recoveries: await findRecoveries(client, modules, read) };
  });
  throwProblems([
    ...findDisagreements(modules, history, options.module),
    ...findUnmet(modules, needed, history),
  ]);
  if (options.lint === true) {
    await lintPending(modules.flatMap((module) => pendingOf(history, module)));
  }
  const parts: string[] = [];
  for (const module of modules) {
    const pending = pendingOf(history, module);
    if (pending.length > 0) {
      parts.push(`-- The version table of ${module.name}`, historySql(module));
    }
    const applied = appliedOf(history, module).map(({ name }) => name);
    for (const migration of pending) {
      const step = { module, migration, action: 'up' } as const;
      const recovery = recoveries.get(migration);
      const clear = recovery?.clear ?? null;
      const sent = await recordMigration(recovery?.step ?? step, applied);
      const { begin, end } = unfinishedSql(step);
      parts.push(
        `\n-- ${migration.file}`,
        sessionSql(settings, migration),
        ...(recovery === undefined ? sent : [...(clear === null ? [] : [clear]), begin, ...sent, end]),
      );
      applied.push(migration.name);
    }
  }
  return parts.map((part) => toStatement(part)).join('\n');
}

/** Of each pending migration outside a transaction, what `migrateUp` would find of it. */
async function findRecoveries(
  client: Client,
  modules: readonly MigrationModule[],
  history: History,
): Promise<ReadonlyMap<Migration, Recovery>> {
  const recoveries = new Map<Migration, Recovery>();
  for (const module of modules) {
    for (const migration of pendingOf(history, module).filter((each) => each.isOutsideTransaction)) {
      const wasInterrupted = isUnfinished(history, module, migration);
      recoveries.set(
        migration,
        await recoveryOf(client, { module, migration, action: 'up' }, wasInterrupted),
      );
    }
  }
  return recoveries;
}

function toStatement(text: string): string {
  const trimmed = text.trimEnd();
  return trimmed.endsWith(';') || /^\n?--[^\n]*$/.test(trimmed) ? trimmed : `${trimmed};`;
}
