import { sessionSql, unfinishedSql } from './apply-step.ts';
import { findDisagreements, findUnmet } from './compare-history.ts';
import { appliedOf, historySql, pendingOf, readHistory } from './history.ts';
import { lintPending } from './lint-pending.ts';
import { throwProblems } from './migration-error.ts';
import { withSession } from './migration-session.ts';
import type { MigrateUpOptions } from './migrate.ts';
import { neededBy } from './order-modules.ts';
import { readMigrations } from './read-migrations.ts';
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
  const history = await withSession(options.url, async (client) => {
    await client.query('SET default_transaction_read_only TO on');
    return readHistory(client, [...modules, ...needed]);
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
      const sent = await recordMigration(step, applied);
      const { begin, end } = unfinishedSql(step);
      parts.push(
        `\n-- ${migration.file}`,
        sessionSql(settings, migration),
        ...(migration.isOutsideTransaction ? [begin, ...sent, end] : sent),
      );
      applied.push(migration.name);
    }
  }
  return parts.map((part) => toStatement(part)).join('\n');
}

function toStatement(text: string): string {
  const trimmed = text.trimEnd();
  return trimmed.endsWith(';') || /^\n?--[^\n]*$/.test(trimmed) ? trimmed : `${trimmed};`;
}
