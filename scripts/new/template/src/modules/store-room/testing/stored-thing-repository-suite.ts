import assert from 'node:assert/strict';
import { test } from 'node:test';
import { StoredThingNotFoundError } from '../domain/errors.ts';
import type { StoredThingRepository } from '../domain/stored-thing-repository.ts';
import { patchedStoredThing, type StoredThing } from '../domain/stored-thing.ts';
import { sampleStoredThing } from './sample-stored-things.ts';

/** What every `StoredThingRepository` must do. `create` gives an empty one. */
export function testStoredThingRepository(create: () => Promise<StoredThingRepository>): void {
  test('gives back what was stored, code point for code point', async () => {
    const repository = await create();
    const stored = sampleStoredThing({
      name: 'Cre\u0300me \u{1F370} « \u202Eهلا » \t "\\\'; DROP',
      note: 'line\nline\u2028\u0001\uFFFD',
      now: new Date('2026-03-29T01:30:00.999Z'),
    });
    await repository.insert(stored);
    assert.deepEqual(await repository.find(stored.id), stored);
  });

  test('finds nothing where nothing is', async () => {
    const repository = await create();
    const { id } = sampleStoredThing();
    assert.equal(await repository.find(id), undefined);
    await assert.rejects(repository.update(id, present), StoredThingNotFoundError);
    await assert.rejects(repository.remove(id, present), StoredThingNotFoundError);
  });

  test('stores what a change makes', async () => {
    const repository = await create();
    const stored = sampleStoredThing();
    await repository.insert(stored);
    const changed = await repository.update(stored.id, (current) =>
      patchedStoredThing(present(current), { name: 'Another' }, new Date('2026-03-02T00:00:00.001Z')),
    );
    assert.deepEqual([changed.name, changed.version], ['Another', 2]);
    assert.deepEqual(await repository.find(stored.id), changed);
  });

  test('changes nothing when the change throws', async () => {
    const repository = await create();
    const stored = sampleStoredThing();
    await repository.insert(stored);
    await assert.rejects(repository.update(stored.id, refuse), StoredThingNotFoundError);
    await assert.rejects(repository.remove(stored.id, refuse), StoredThingNotFoundError);
    assert.deepEqual(await repository.find(stored.id), stored);
  });

  test('gives each of many writers at once what the one before left', async () => {
    const repository = await create();
    const stored = sampleStoredThing({ note: '' });
    await repository.insert(stored);
    const changes = Array.from({ length: 20 }, async () =>
      repository.update(stored.id, (current) => {
        const { note } = present(current);
        return patchedStoredThing(present(current), { note: `${note}x` }, new Date());
      }),
    );
    await Promise.all(changes);
    const after = present(await repository.find(stored.id));
    assert.deepEqual([after.version, after.note], [21, 'x'.repeat(20)]);
  });

  test('removes one for good, and leaves the others', async () => {
    const repository = await create();
    const [kept, gone] = [sampleStoredThing(), sampleStoredThing()];
    await repository.insert(kept);
    await repository.insert(gone);
    await repository.remove(gone.id, present);
    assert.equal(await repository.find(gone.id), undefined);
    assert.deepEqual(await repository.find(kept.id), kept);
  });

  test("walks an owner's, the newest first, each exactly once", async () => {
    const repository = await create();
    const stored = Array.from({ length: 25 }, (_, index) =>
      sampleStoredThing({ owner: index % 5 === 0 ? 'bob' : 'ada' }),
    );
    for (const each of stored) await repository.insert(each);
    const seen: StoredThing[] = [];
    for (let page; page === undefined || page.length === 7;) {
      const last = seen.at(-1);
      const place = last === undefined ? {} : { before: last.id };
      page = await repository.list({ owner: 'ada', count: 7, ...place });
      seen.push(...page);
    }
    assert.deepEqual(seen, stored.filter(({ owner }) => owner === 'ada').toReversed());
  });
}

function present(current: StoredThing | undefined): StoredThing {
  if (current === undefined) {
    throw new StoredThingNotFoundError();
  }
  return current;
}

function refuse(): never {
  throw new StoredThingNotFoundError();
}
