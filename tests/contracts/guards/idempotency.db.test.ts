import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { createAmbientDatabase } from '#kernel/database/ambient-database.ts';
import { PgIdempotencyStore } from '#kernel/idempotency/idempotency.ts';
import { call, type Answer } from '../../kit/call.ts';
import type { TestApp } from '../../kit/app.ts';
import { createTestDatabase } from '../../kit/database.ts';
import { startGuards, type GuardsOptions } from './start-guards.ts';

const db = await createTestDatabase();
after(() => db[Symbol.asyncDispose]());
const database = createAmbientDatabase(db.database);
await database.query('CREATE TABLE platform.test_items (name text, owner text)');

/** Resolved when the slow work has begun, and when it may end. */
const entered = Promise.withResolvers<void>();
const released = Promise.withResolvers<void>();

/** The app, its work being a row of a table. */
function start(options: GuardsOptions = {}): Promise<TestApp> {
  return startGuards({
    database,
    ...options,
    handlers: {
      async createItem({ body }, { user }) {
        if (body.name === 'slow') {
          entered.resolve();
          await released.promise;
        }
        await database.query('INSERT INTO platform.test_items VALUES ($1, $2)', [body.name, user.subject]);
        if (body.name === 'broken') throw new Error('after the row was written');
        const name = `${body.name} ${crypto.randomUUID()}`;
        return { status: 201, body: { ...body, name }, headers: { location: '/items/1' } };
      },
      ...options.handlers,
    },
  });
}

function post(api: TestApp, key: string, name: string, token = 'ann', path = '/items'): Promise<Answer> {
  return call(api, path, { method: 'POST', token, json: { name }, headers: { 'idempotency-key': key } });
}

async function countItems(name: string): Promise<number> {
  const { rows } = await database.query('SELECT name FROM platform.test_items WHERE name = $1', [name]);
  return rows.length;
}

suite('requests with an Idempotency-Key', () => {
  // @requirement 60
  test('are done once and answered alike, even by another process', async () => {
    await using api = await start();
    const first = await post(api, 'k1', 'spoon');
    assert.equal(first.status, 201, first.text);
    const second = await post(api, '"k1"', 'spoon');
    await using other = await start();
    const third = await post(other, 'k1', 'spoon');
    for (const again of [second, third]) {
      assert.equal(again.status, 201);
      assert.equal(again.text, first.text);
      for (const header of ['location', 'content-type', 'cache-control']) {
        assert.equal(again.headers.get(header), first.headers.get(header), header);
      }
    }
    assert.equal(await countItems('spoon'), 1);
  });

  // @requirement 60
  test('are refused with 422 when the key stood for something else', async () => {
    await using api = await start();
    await post(api, 'k2', 'fork');
    const other = await post(api, 'k2', 'knife');
    assert.deepEqual([other.status, JSON.parse(other.text).type], [422, '/problems/idempotency-key-reused']);
    assert.equal(await countItems('knife'), 0);
  });

  // @requirement 60
  test('of other people and other operations have keys of their own', async () => {
    await using api = await start();
    const answers = [
      await post(api, 'k3', 'cup'),
      await post(api, 'k3', 'cup', 'bob'),
      await post(api, 'k3', 'cup', 'ann', '/orders'),
    ];
    assert.deepEqual(
      answers.map(({ status }) => status),
      [201, 201, 201],
    );
    assert.equal(await countItems('cup'), 2);
  });

  // @requirement 60
  test('are all given the answer when many come after the first has ended', async () => {
    await using api = await start();
    const first = await post(api, 'k-many', 'ladle');
    for (let round = 0; round < 5; round += 1) {
      const again = await Promise.all(Array.from({ length: 4 }, () => post(api, 'k-many', 'ladle')));
      for (const { status, text } of again) assert.deepEqual([status, text], [201, first.text]);
    }
  });

  // @requirement 60
  test('are refused with 409 while the first is under way', async () => {
    await using api = await start();
    const first = post(api, 'k4', 'slow');
    await entered.promise;
    const second = await post(api, 'k4', 'slow');
    assert.equal(second.status, 409);
    assert.equal(second.headers.get('retry-after'), '1');
    released.resolve();
    const done = await first;
    assert.equal(done.status, 201);
    assert.equal((await post(api, 'k4', 'slow')).text, done.text);
    assert.equal(await countItems('slow'), 1);
  });

  // @requirement 60
  test('make one row of twenty that come together', async () => {
    await using api = await start();
    const answers = await Promise.all(Array.from({ length: 20 }, () => post(api, 'k5', 'many')));
    for (const { status } of answers) assert.ok([201, 409].includes(status), `${status}`);
    const texts = new Set(answers.filter(({ status }) => status === 201).map(({ text }) => text));
    assert.equal(texts.size, 1);
    assert.equal(await countItems('many'), 1);
  });

  test('leave nothing behind when they fail, and may be tried again', async () => {
    await using api = await start();
    assert.equal((await post(api, 'k6', 'broken')).status, 500);
    assert.equal(await countItems('broken'), 0);
    assert.equal((await post(api, 'k6', 'mended')).status, 201);
  });

  test('are done again once their answer has expired, and expired answers go', async () => {
    await using api = await start();
    const first = await post(api, 'k7', 'plate');
    await database.query(
      "UPDATE platform.idempotency_keys SET expires_at = now() - interval '1 second' WHERE key = 'k7'",
    );
    const second = await post(api, 'k7', 'plate');
    assert.equal(second.status, 201);
    assert.notEqual(second.text, first.text);
    assert.equal(await countItems('plate'), 2);
    await database.query("UPDATE platform.idempotency_keys SET expires_at = now() WHERE key = 'k7'");
    await new PgIdempotencyStore({ database, ttlSeconds: 60 }).forgetExpired();
    const { rows } = await database.query("SELECT key FROM platform.idempotency_keys WHERE key = 'k7'");
    assert.deepEqual(rows, []);
  });

  test('without a key are done as often as they come', async () => {
    await using api = await start();
    for (let count = 0; count < 2; count += 1) {
      assert.equal((await call(api, '/items', { method: 'POST', json: { name: 'bowl' } })).status, 201);
    }
    assert.equal(await countItems('bowl'), 2);
  });
});
