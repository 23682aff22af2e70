import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { sampleStoredThing } from '../testing/sample-stored-things.ts';
import {
  InvalidStoredThingError,
  StoredThingNotFoundError,
  StoredThingVersionMismatchError,
} from './errors.ts';
import { assertEditable, patchedStoredThing, replacedStoredThing } from './stored-thing.ts';

const LATER = new Date('2026-03-02T00:00:00.000Z');

suite('a stored thing', () => {
  test('begins at version 1, and has its default where nothing was written', () => {
    const { note, version, createdAt, updatedAt } = sampleStoredThing({ name: 'a' });
    assert.deepEqual([note, version, createdAt], ['', 1, updatedAt]);
  });

  test('is replaced and patched into its next version', () => {
    const current = sampleStoredThing({ name: 'a', note: 'b' });
    assert.deepEqual(replacedStoredThing(current, { name: 'c' }, LATER), {
      ...current,
      name: 'c',
      note: '',
      updatedAt: LATER,
      version: 2,
    });
    const patches = [{}, { name: 'c' }, { note: 'd' }, { note: null }] as const;
    assert.deepEqual(
      patches.map((patch) => patchedStoredThing(current, patch, LATER)).map(({ name, note }) => [name, note]),
      [
        ['a', 'b'],
        ['c', 'b'],
        ['a', 'd'],
        ['a', ''],
      ],
    );
  });

  test('is never changed before it was changed last', () => {
    const current = replacedStoredThing(sampleStoredThing(), { name: 'a' }, LATER);
    const { updatedAt } = replacedStoredThing(current, { name: 'b' }, new Date('2020-01-01T00:00:00.000Z'));
    assert.deepEqual(updatedAt, LATER);
  });

  test('has a name that can be seen', () => {
    for (const name of ['', ' ', '\t\n', '\u3000']) {
      assert.throws(() => sampleStoredThing({ name }), InvalidStoredThingError, JSON.stringify(name));
      assert.throws(
        () => patchedStoredThing(sampleStoredThing(), { name }, LATER),
        InvalidStoredThingError,
        JSON.stringify(name),
      );
    }
  });

  test('is changed by its owner alone, in a version that the condition names', () => {
    const current = sampleStoredThing({ owner: 'ada' });
    assert.equal(assertEditable(current, 'ada', 'any'), current);
    assert.equal(assertEditable(current, 'ada', [3, 1]), current);
    assert.throws(() => assertEditable(current, 'ada', [2]), StoredThingVersionMismatchError);
    assert.throws(() => assertEditable(current, 'ada', []), StoredThingVersionMismatchError);
    assert.throws(() => assertEditable(current, 'bob', 'any'), StoredThingNotFoundError);
    assert.throws(() => assertEditable(undefined, 'ada', 'any'), StoredThingNotFoundError);
  });
});
