import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';

import { Restarts } from './restarts.ts';
import { isReadByApi, watchFolders } from './watch-folders.ts';

/** An API that starts, or does not, when the test says so. */
function createFixture() {
  const events: string[] = [];
  let end = Promise.withResolvers<void>();
  let start = Promise.withResolvers<boolean>();
  const restarts = new Restarts(
    {
      start: async () => {
        events.push('start');
        end = Promise.withResolvers<void>();
        return start.promise;
      },
      stop: async () => {
        events.push('stop');
        end.resolve();
        await turn();
      },
      ended: () => end.promise,
    },
    { out: () => {}, err: () => events.push('told') },
    () => events.push('ended'),
  );
  restarts.watchForEnd();
  return {
    events,
    restarts,
    dies: () => end.resolve(),
    /** Ends the start under way. */
    async started(isServing: boolean): Promise<void> {
      const { resolve } = start;
      start = Promise.withResolvers<boolean>();
      resolve(isServing);
      await turn();
    },
  };
}

async function settle(): Promise<void> {
  for (let count = 0; count < 5; count += 1) await turn();
}

suite('Restarts', () => {
  test('stop the API and start it, which is no end', async () => {
    const fixture = createFixture();
    const { events, restarts } = fixture;
    restarts.request();
    await settle();
    await fixture.started(true);
    await settle();
    assert.deepEqual(events, ['stop', 'start']);
  });

  test('gather what is asked for meanwhile into one', async () => {
    const fixture = createFixture();
    const { events, restarts } = fixture;
    restarts.request();
    await settle();
    for (let count = 0; count < 3; count += 1) restarts.request();
    await fixture.started(true);
    await settle();
    await fixture.started(true);
    await settle();
    assert.deepEqual(events, ['stop', 'start', 'stop', 'start']);
  });

  test('notice an end that was not asked for, before and after a restart', async () => {
    const before = createFixture();
    before.dies();
    await settle();
    assert.deepEqual(before.events, ['ended']);

    const after = createFixture();
    after.restarts.request();
    await settle();
    await after.started(true);
    await settle();
    after.dies();
    await settle();
    assert.deepEqual(after.events, ['stop', 'start', 'ended']);
  });

  test('wait for the next change when the API does not start', async () => {
    const fixture = createFixture();
    const { events, restarts } = fixture;
    restarts.request();
    await settle();
    await fixture.started(false);
    await settle();
    assert.deepEqual(events, ['stop', 'start', 'told']);
    restarts.request();
    await settle();
    assert.deepEqual(events.slice(3), ['stop', 'start']);
  });

  test('are over once everything stops', async () => {
    const { events, restarts, dies } = createFixture();
    restarts.stop();
    restarts.request();
    dies();
    await settle();
    assert.deepEqual(events, []);
  });
});

suite('watchFolders', () => {
  test('sees changes, in new folders too', async (context) => {
    const folder = await mkdtemp(join(tmpdir(), 'watch-'));
    context.after(() => rm(folder, { recursive: true }));
    let change = Promise.withResolvers<void>();
    const watch = watchFolders([folder], () => change.resolve());
    context.after(() => watch[Symbol.dispose]());
    await mkdir(join(folder, 'deep'));
    await change.promise;
    change = Promise.withResolvers<void>();
    await writeFile(join(folder, 'deep', 'b.ts'), '');
    await change.promise;
  });

  for (const [path, isRead] of [
    ['kernel/auth/user.ts', true],
    ['ticket/contract.json', true],
    ['kernel/auth/user.test.ts', false],
    ['modules/ticket/ticket.types.ts', false],
    ['testing/tokens.ts', false],
    ['kernel/testing/app.ts', false],
    ['main.ts~', false],
  ] as const) {
    test(`${isRead ? 'counts' : 'does not count'} ${path}`, () => {
      assert.equal(isReadByApi(path), isRead);
    });
  }
});
