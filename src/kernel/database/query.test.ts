import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Queryable } from './database.ts';
import {
  CardinalityError,
  EmptyListError,
  countQuery,
  rowOrNoneQuery,
  rowQuery,
  rowsQuery,
} from './query.ts';
import type { QueryStatement } from './query.ts';

const STATEMENT: QueryStatement = {
  usedParamSet: { id: true },
  params: [{ name: 'id', required: true, transform: { type: 'scalar' }, locs: [{ a: 39, b: 42 }] }],
  statement: 'SELECT id FROM ticket.tickets WHERE id =:id!',
};

interface Sent {
  readonly text: string;
  readonly values: readonly unknown[] | undefined;
}

/** A database whose every statement gives these rows. */
function giving(...rows: unknown[]): Queryable & { readonly sent: Sent[] } {
  const sent: Sent[] = [];
  return {
    sent,
    query: (text, values) => {
      sent.push({ text, values });
      return Promise.resolve({ rows, rowCount: rows.length });
    },
  };
}

function scalar(name: string, ...places: readonly number[]): QueryStatement['params'][number] {
  const locs = places.map((a) => ({ a, b: a + name.length + 1 }));
  return { name, required: true, transform: { type: 'scalar' }, locs };
}

const params = { id: 'a' };
const [first, second] = [{ id: 1 }, { id: 2 }];

suite('a query of sql/', () => {
  test('sends its statement with numbered parameters', async () => {
    const on = giving(first);
    const statement = { ...STATEMENT, params: [{ ...STATEMENT.params[0]!, locs: [{ a: 40, b: 43 }] }] };
    await rowsQuery('ListTickets', statement).run(params, on);
    assert.deepEqual(on.sent, [{ text: 'SELECT id FROM ticket.tickets WHERE id =$1', values: ['a'] }]);
  });
  test('gives the only row, and throws for none and for two', async () => {
    const query = rowQuery('GetTicket', STATEMENT);
    assert.equal(await query.run(params, giving(first)), first);
    for (const rows of [[], [first, second]]) {
      await assert.rejects(query.run(params, giving(...rows)), (error) => {
        assert.ok(error instanceof CardinalityError);
        assert.equal(
          error.message,
          `The query GetTicket gave ${rows.length} rows; its name promises exactly one.`,
        );
        assert.deepEqual([error.query, error.rowCount], ['GetTicket', rows.length]);
        return true;
      });
    }
  });
  test('gives the row or undefined, and throws for two', async () => {
    const query = rowOrNoneQuery('FindTicket', STATEMENT);
    assert.equal(await query.run(params, giving()), undefined);
    assert.equal(await query.run(params, giving(first)), first);
    await assert.rejects(query.run(params, giving(first, second)), {
      name: 'CardinalityError',
      message: 'The query FindTicket gave 2 rows; its name promises at most one.',
    });
  });
  test('that the database refuses is named in the error', async () => {
    const failure = new Error('column "title" does not exist');
    const on: Queryable = { query: () => Promise.reject(failure) };
    await assert.rejects(rowsQuery('ListTickets', STATEMENT).run(params, on), (error) => {
      assert.equal(error, failure);
      assert.equal(Object(error).queryName, 'ListTickets');
      return true;
    });
  });
  test('gives every row, and the number of changed ones', async () => {
    assert.deepEqual(await rowsQuery('ListTickets', STATEMENT).run(params, giving(first, second)), [
      first,
      second,
    ]);
    assert.equal(await countQuery('DeleteTickets', STATEMENT).run(params, giving(first, second)), 2);
  });
  test('gives columns without the hints at the end of their names', async () => {
    const rows = [{ 'total!': 1, 'note?': null, id: 'a' }];
    assert.deepEqual(await rowsQuery('CountTickets', STATEMENT).run(params, giving(...rows)), [
      { total: 1, note: null, id: 'a' },
    ]);
  });
  test('has a number of its own for each parameter, however often it is used', async () => {
    const on = giving();
    const query = rowsQuery<{ readonly id: string; readonly at: string }, unknown>('ListTickets', {
      usedParamSet: { id: true, at: true },
      params: [scalar('at', 7, 21), scalar('id', 14)],
      statement: 'SELECT :at! + :id! + :at!',
    });
    await query.run({ id: 'a', at: 'b' }, on);
    await query.run({ id: 'c', at: 'd' }, on);
    const text = 'SELECT $1 + $2 + $1';
    assert.deepEqual(on.sent, [
      { text, values: ['b', 'a'] },
      { text, values: ['d', 'c'] },
    ]);
  });
  // @requirement 77
  test('refuses an empty list where it would become text, and sends nothing', async () => {
    const rows: QueryStatement = {
      usedParamSet: { rows: true },
      params: [
        {
          name: 'rows',
          required: false,
          transform: { type: 'pick_array_spread', keys: [{ name: 'id', required: true }] },
          locs: [{ a: 31, b: 35 }],
        },
      ],
      statement: 'INSERT INTO ticket.tags VALUES :rows',
    };
    const on = giving();
    const query = countQuery<{ readonly rows: readonly { readonly id: string }[] }>('InsertTags', rows);
    await assert.rejects(query.run({ rows: [] }, on), (error) => {
      assert.ok(error instanceof EmptyListError);
      assert.equal(error.parameter, 'rows');
      return true;
    });
    assert.deepEqual(on.sent, []);
    await query.run({ rows: [{ id: 'a' }, { id: 'b' }] }, on);
    assert.deepEqual(on.sent, [{ text: 'INSERT INTO ticket.tags VALUES ($1),($2)', values: ['a', 'b'] }]);
  });
});
