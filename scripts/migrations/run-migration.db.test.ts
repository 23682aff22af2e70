import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { withSession } from './migration-session.ts';
import { readMigrations } from './read-migrations.ts';
import { isHistoryRow, recordMigration, runMigration } from './run-migration.ts';
import type { SqlSender } from './run-migration.ts';
import { NOTES, createProject } from './testing/migration-project.ts';

const MOVED =
  'node-pg-migrate sends other statements than scripts/migrations/run-migration.ts knows: see what they are now';

suite('what node-pg-migrate sends', () => {
  test('is recognised: the row of the version table, and the questions that a record leaves out', async () => {
    await using project = await createProject(NOTES);
    await project.up();
    const [module] = await readMigrations(project.root);
    const [first, second] = module?.migrations ?? [];
    assert.ok(module !== undefined && first !== undefined && second !== undefined);
    for (const action of ['down', 'up'] as const) {
      const step = { module, migration: second, action };
      const applied = action === 'up' ? [first.name] : [first.name, second.name];
      const recorded = await recordMigration(step, applied);
      const sent: string[] = [];
      await withSession(project.url, async (client) => {
        const sender: SqlSender = {
          query: (text) => {
            sent.push(text);
            return client.query(text);
          },
        };
        await runMigration(sender, step);
      });
      assert.equal(sent.filter((text) => isHistoryRow(text)).length, 1, MOVED);
      const questions = sent.filter((text) => text.startsWith('SELECT') && !text.includes('set_config'));
      assert.ok(questions.length > 0, MOVED);
      assert.deepEqual(
        recorded,
        sent.filter((text) => !questions.includes(text)),
        MOVED,
      );
    }
  });
});
