import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { countStatements } from './count-statements.ts';
import { withSession } from './migration-session.ts';
import { createProject } from './testing/migration-project.ts';

const MOVED =
  'pg no longer tells of each statement that is done (connection, commandComplete): find how it does now, and change scripts/migrations/count-statements.ts';

suite('a query of several statements', () => {
  test('that fails says how many of them were done', async () => {
    await using project = await createProject();
    await withSession(project.url, async (client) => {
      const part = 'SELECT 1; SELECT 2; SELECT nothing; SELECT 4';
      const counter = countStatements(client, part);
      await counter.sender.query('SELECT 0');
      await assert.rejects(counter.sender.query(part));
      await counter.sender.query('ROLLBACK');
      counter.stop();
      assert.equal(counter.done(), 2, MOVED);
    });
  });

  test('that does not fail, or is not the part, counts for nothing', async () => {
    await using project = await createProject();
    await withSession(project.url, async (client) => {
      const counter = countStatements(client, 'SELECT 1; SELECT 2');
      await counter.sender.query('SELECT 1; SELECT 2');
      await assert.rejects(counter.sender.query('SELECT 3; SELECT nothing'));
      counter.stop();
      assert.equal(counter.done(), null);
    });
  });
});
