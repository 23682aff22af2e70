import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { CountingIds } from '#tests/kit/counting-ids.ts';
import type { StoreRoomUseCases } from './application/store-room-api.ts';
import { InvalidStoredThingError, StoredThingNotFoundError } from './domain/errors.ts';
import { createStoreRoomUseCases } from './module.ts';
import { InMemoryStoredThingRepository } from './testing/in-memory-stored-thing-repository.ts';

function createUseCases(): StoreRoomUseCases {
  let milliseconds = Date.UTC(2026, 0, 1);
  return createStoreRoomUseCases({
    repository: new InMemoryStoredThingRepository(),
    ids: new CountingIds(),
    clock: { now: () => new Date((milliseconds += 1000)) },
  });
}

suite('use cases of stored things', () => {
  test('one is created, replaced, patched and deleted by its owner', async () => {
    const useCases = createUseCases();
    const created = await useCases.createStoredThing({ owner: 'ada', draft: { name: 'a', note: 'b' } });
    assert.deepEqual([created.version, created.owner], [1, 'ada']);
    const change = { id: created.id, editor: 'ada' };
    const replaced = await useCases.replaceStoredThing({ ...change, condition: [1], draft: { name: 'c' } });
    assert.deepEqual([replaced.version, replaced.note], [2, '']);
    const patched = await useCases.updateStoredThing({ ...change, condition: 'any', patch: { note: 'd' } });
    assert.deepEqual([patched.version, patched.name, patched.note], [3, 'c', 'd']);
    assert.ok(patched.updatedAt > patched.createdAt);
    assert.deepEqual(await useCases.getStoredThing({ id: created.id, reader: 'ada' }), patched);
    await useCases.deleteStoredThing({ ...change, condition: 'any' });
    await assert.rejects(
      useCases.getStoredThing({ id: created.id, reader: 'ada' }),
      StoredThingNotFoundError,
    );
  });

  test('a refused draft stores nothing', async () => {
    const useCases = createUseCases();
    await assert.rejects(
      useCases.createStoredThing({ owner: 'ada', draft: { name: ' ' } }),
      InvalidStoredThingError,
    );
    assert.deepEqual(await useCases.listStoredThings({ reader: 'ada', limit: 10 }), { items: [] });
  });

  test('a page that is exactly full is the last one when nothing follows', async () => {
    const useCases = createUseCases();
    for (const name of ['a', 'b', 'c', 'd']) {
      await useCases.createStoredThing({ owner: 'ada', draft: { name } });
    }
    const first = await useCases.listStoredThings({ reader: 'ada', limit: 2 });
    assert.ok(first.next !== undefined);
    const second = await useCases.listStoredThings({ reader: 'ada', limit: 2, before: first.next });
    assert.equal(second.next, undefined);
    assert.deepEqual(
      [...first.items, ...second.items].map(({ name }) => name),
      ['d', 'c', 'b', 'a'],
    );
  });
});
