import { errorIn } from '../migration-error.ts';
import type { MigrationError } from '../migration-error.ts';
import { ensureHistory, withRun } from '../migrate.ts';
import type { MigrationRun } from '../migrate.ts';
import { schemaOfModule } from '../../sql/module-schema.ts';
import { writtenSchema } from '../../sql/written-schema.ts';
import type { Migration, MigrationModule } from '../read-migrations.ts';
import { readSeeds } from '../seeds.ts';
import { compareDumps, formatDifference } from './compare-dumps.ts';
import { readSchemaDump } from './schema-dump.ts';
import type { SchemaDump } from './schema-dump.ts';
import { tripWithRows } from './trip-with-rows.ts';

/**
 * Runs each module's migrations up, then down, then up again on an empty database, and compares its schema after each: going
 * down leads to exactly what was there before, and coming up again to the same as the first time; nothing outside of its
 * schema changes. Then it does so again with the rows of `seeds/`. Going down stops at a migration without a way back.
 *
 * @param options.url an empty database that has no other user; afterwards it has every migration of the modules that pass.
 * @throws {MigrationError} when a migration fails.
 */
export async function roundTrip(options: {
  readonly root: string;
  readonly url: string;
}): Promise<readonly MigrationError[]> {
  return withRun({ ...options, log: () => {} }, async (run) => {
    const problems: MigrationError[] = [];
    for (const module of run.modules) {
      const strayed = await tripOf(module, run);
      problems.push(...strayed);
      const seeds = await readSeeds(options.root, module.name);
      if (strayed.length === 0 && seeds.length > 0) {
        problems.push(...(await tripWithRows(module, seeds, run)));
      }
    }
    return problems;
  });
}

async function tripOf(
  module: MigrationModule,
  { client, step }: MigrationRun,
): Promise<readonly MigrationError[]> {
  await ensureHistory(client, module);
  const before = new Map<string, SchemaDump>();
  const strayed: MigrationError[] = [];
  let whole = await readSchemaDump(client);
  for (const migration of module.migrations) {
    before.set(migration.name, whole);
    await step({ module, migration, action: 'up' });
    const after = await readSchemaDump(client);
    strayed.push(...strayedFrom(module, migration, whole, after));
    whole = after;
  }
  const undone: string[] = [];
  for (const migration of module.migrations.toReversed()) {
    if (migration.down === null) {
      break;
    }
    await step({ module, migration, action: 'down' });
    undone.push(migration.name);
    const { file, down } = migration;
    const sides = { left: 'before it', right: 'after it went up and down' };
    const left = differences(before.get(migration.name), await readSchemaDump(client), sides);
    if (left.length > 0) {
      // What would be found further down comes from this.
      return [...strayed, ...left.map((text) => errorIn(file, `does not lead back: ${text}.`, down.line))];
    }
  }
  for (const migration of module.migrations.filter(({ name }) => undone.includes(name))) {
    await step({ module, migration, action: 'up' });
  }
  const sides = { left: 'the first time', right: 'the second time' };
  const again = differences(whole, await readSchemaDump(client), sides).map((text) =>
    errorIn(
      `migrations/${module.name}`,
      `does not make the same when it goes up, down and up again: ${text}.`,
    ),
  );
  return [...strayed, ...again];
}

/** What a migration changed in schemas of others, however it hid that from the lint: in DO, in a function's text. */
function strayedFrom(
  module: MigrationModule,
  { file, text, up }: Migration,
  before: SchemaDump,
  after: SchemaDump,
): readonly MigrationError[] {
  if (/^[ \t]*--[ \t]*lint-waive[ \t]+own-schema[ \t]*:/m.test(text)) {
    return []; // said, with its reason
  }
  const sides = { left: 'before it', right: 'after it' };
  return compareDumps(before, after)
    .filter(({ schema }) => schema !== null && schema !== writtenSchema(module.name))
    .map((difference) =>
      errorIn(
        file,
        `changes more than schema ${schemaOfModule(module.name)}: ${formatDifference(difference, sides)}.`,
        up.line,
      ),
    );
}

function differences(
  left: SchemaDump | undefined,
  right: SchemaDump,
  sides: { readonly left: string; readonly right: string },
): readonly string[] {
  return compareDumps(left ?? new Map(), right).map((difference) => formatDifference(difference, sides));
}
