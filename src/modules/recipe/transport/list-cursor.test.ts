import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { suite, test } from 'node:test';
import type { ListPosition, RecipeSort } from '../application/recipe-api.ts';
import { InvalidCursorError } from '#kernel/contract/cursor.ts';
import { decodeCursor, encodeCursor, type CursorOwner } from './list-cursor.ts';

const ID = '0198d7a2-8f10-7cc3-9b55-1e3a0c6b7f21';
const OWNER: CursorOwner = {
  reader: 'ada',
  sort: 'title',
  filters: { q: 'soup', tag: ['a', 'b'], author: undefined },
};

suite('cursors', () => {
  const places: readonly [sort: RecipeSort, position: ListPosition][] = [
    ['createdAt', { key: '2026-03-01T12:00:00.123Z', id: ID }],
    ['-createdAt', { key: '0001-01-01T00:00:00.000Z', id: ID }],
    ['title', { key: 'crème 🍰 "\\', id: ID }],
    ['title', { key: '', id: ID }],
    ['totalMinutes', { key: 0, id: ID }],
  ];
  for (const [sort, position] of places) {
    test(`a place in the order of ${sort} comes back as it was: ${JSON.stringify(position.key)}`, () => {
      const cursor = encodeCursor(position, { ...OWNER, sort });
      assert.match(cursor, /^[A-Za-z0-9_-]{1,1024}$/);
      assert.deepEqual(decodeCursor(cursor, { ...OWNER, sort }), position);
    });
  }

  test('is refused with any of its characters changed, dropped or added', () => {
    const cursor = encodeCursor({ key: 'soup', id: ID }, OWNER);
    for (let index = 0; index < cursor.length; index += 1) {
      const other = cursor[index] === 'A' ? 'B' : 'A';
      const changed = `${cursor.slice(0, index)}${other}${cursor.slice(index + 1)}`;
      const dropped = `${cursor.slice(0, index)}${cursor.slice(index + 1)}`;
      const added = `${cursor.slice(0, index)}=${cursor.slice(index)}`;
      for (const tampered of [changed, dropped, added]) {
        assert.throws(() => decodeCursor(tampered, OWNER), InvalidCursorError, tampered);
      }
    }
    for (const nonsense of ['', 'x', '%00', '🍰', cursor + cursor, `${cursor} `]) {
      assert.throws(() => decodeCursor(nonsense, OWNER), InvalidCursorError);
    }
  });

  const others: readonly [name: string, owner: CursorOwner][] = [
    ['another person', { ...OWNER, reader: 'bob' }],
    ['another order', { ...OWNER, sort: '-createdAt' }],
    ['another filter', { ...OWNER, filters: { ...OWNER.filters, q: 'soups' } }],
    ['one filter more', { ...OWNER, filters: { ...OWNER.filters, maxTotalMinutes: 5 } }],
    ['one filter less', { ...OWNER, filters: { q: 'soup' } }],
    ['tags in one', { ...OWNER, filters: { ...OWNER.filters, tag: ['a,b'] } }],
  ];
  for (const [name, owner] of others) {
    test(`is refused for ${name}`, () => {
      const cursor = encodeCursor({ key: 'soup', id: ID }, OWNER);
      assert.throws(() => decodeCursor(cursor, owner), InvalidCursorError);
    });
  }

  test('filters that are not given do not matter, nor does their order', () => {
    const cursor = encodeCursor({ key: 'soup', id: ID }, OWNER);
    assert.equal(decodeCursor(cursor, { ...OWNER, filters: { tag: ['a', 'b'], q: 'soup' } }).key, 'soup');
  });

  const forged: readonly [sort: RecipeSort, place: string][] = [
    ['title', 'not json'],
    ['title', '{}'],
    ['title', '[]'],
    ['title', `["x"]`],
    ['title', `["x","' OR 1=1"]`],
    ['title', `["x","${ID.toUpperCase()}"]`],
    ['title', `[5,"${ID}"]`],
    ['title', `["\\u0000","${ID}"]`],
    ['title', `["\\ud800","${ID}"]`],
    ['title', `["${'x'.repeat(201)}","${ID}"]`],
    ['createdAt', `["infinity","${ID}"]`],
    ['createdAt', `["now","${ID}"]`],
    ['createdAt', `["2026-02-30T00:00:00.000Z","${ID}"]`],
    ['createdAt', `["0000-01-01T00:00:00.000Z","${ID}"]`],
    ['createdAt', `["+275760-09-13T00:00:00.000Z","${ID}"]`],
    ['totalMinutes', `["5","${ID}"]`],
    ['totalMinutes', `[1.5,"${ID}"]`],
    ['totalMinutes', `[1e308,"${ID}"]`],
    ['totalMinutes', `[null,"${ID}"]`],
  ];
  for (const [sort, place] of forged) {
    test(`a right digest does not carry a wrong place: ${sort} ${place.slice(0, 50)}`, () => {
      const owned = JSON.stringify([place, 'ada', sort, []]);
      const digest = createHash('sha256').update(owned).digest().subarray(0, 16);
      const cursor = Buffer.concat([digest, Buffer.from(place)]).toString('base64url');
      assert.throws(() => decodeCursor(cursor, { reader: 'ada', sort, filters: {} }), InvalidCursorError);
    });
  }
});
