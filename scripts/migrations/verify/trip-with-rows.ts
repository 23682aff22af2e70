import { schemaOfModule } from '../../sql/module-schema.ts';
import type { MigrationRun } from '../migrate.ts';
import { errorIn } from '../migration-error.ts';
import type { MigrationError } from '../migration-error.ts';
import type { Migration, MigrationModule } from '../read-migrations.ts';
import { writeSeeds } from '../seeds.ts';
import type { Seed } from '../seeds.ts';
import { clearTables, readRows, writeRows } from './stored-rows.ts';
import type { StoredRows } from './stored-rows.ts';

/**
 * Takes a module down and up again while its tables hold the rows of its seeds. A table that triggers fill has, after a migration
 * makes it, what it has when the same rows are written afterwards. Going down stops at a migration without a way back.
 *
 * @param run every migration of the module is applied, and its tables are empty; the same afterwards.
 * @throws {MigrationError} when a seed cannot be written, or a migration fails on its rows.
 */
export async function tripWithRows(
  module: MigrationModule,
  seeds: readonly Seed[],
  run: MigrationRun,
): Promise<readonly MigrationError[]> {
  const { client, step } = run;
  const schema = schemaOfModule(module.name);
  const problems: MigrationError[] = [];
  const undone: Migration[] = [];
  await writeSeeds(client, seeds);
  for (const migration of module.migrations.toReversed()) {
    if (migration.down === null) {
      break;
    }
    await step({ module, migration, action: 'down' });
    undone.unshift(migration);
    // What a migration leaves out, a later one may make good.
    const isMissed = (await missedBy([migration])).length > 0;
    const missed = isMissed ? await missedBy(undone) : [];
    problems.push(...missed.map((text) => errorIn(migration.file, text, migration.up.line)));
  }
  for (const migration of undone) {
    await step({ module, migration, action: 'up' });
  }
  await clearTables(client, [...(await readRows(client, schema)).keys()]);
  return problems;

  /** @param migrations those next to be applied, in order; not applied afterwards, and the rows are there. */
  async function missedBy(migrations: readonly Migration[]): Promise<readonly string[]> {
    const before = await readRows(client, schema);
    await go('up');
    const migrated = await readRows(client, schema);
    await go('down');
    await clearTables(client, [...before.keys()]);
    await go('up');
    const empty = await readRows(client, schema);
    const given = new Map([...migrated].filter(([table]) => before.has(table)));
    try {
      await writeRows(client, given);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw errorIn(
        migrations[0]?.file ?? '',
        `Rows that are there before it cannot be written after it: ${why}.`,
      );
    }
    const written = await readRows(client, schema);
    await go('down');
    return differences({ before, migrated, empty, written });

    async function go(action: 'up' | 'down'): Promise<void> {
      for (const migration of action === 'up' ? migrations : migrations.toReversed()) {
        await step({ module, migration, action });
      }
    }
  }
}

/** Tables that the migrations made and that triggers fill: where they have other rows than for rows that are written later. */
function differences(rows: {
  readonly before: StoredRows;
  readonly migrated: StoredRows;
  readonly empty: StoredRows;
  readonly written: StoredRows;
}): readonly string[] {
  return [...rows.written].flatMap(([table, written]) => {
    const found = rows.migrated.get(table) ?? [];
    const isFilled = !rows.before.has(table) && !isSame(written, rows.empty.get(table) ?? []);
    return !isFilled || isSame(written, found)
      ? []
      : `leaves out the rows that are there: ${table} has ${count(found)} after it, and ${count(written)}${written.length === found.length ? ' with other values' : ''} when the same rows are written after it. Fill it from them, in this migration or in a new one.`;
  });
}

function isSame(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((row, index) => row === right[index]);
}

function count(rows: readonly string[]): string {
  return rows.length === 1 ? '1 row' : `${rows.length} rows`;
}
