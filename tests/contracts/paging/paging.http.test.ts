import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { call } from '#tests/kit/call.ts';
import { LINES, startPaging } from './start-paging.ts';

const api = await startPaging();
after(() => api[Symbol.asyncDispose]());

interface Page {
  readonly items: readonly { readonly number: number }[];
  readonly nextCursor?: string;
}

async function readPage(query: string): Promise<Page> {
  const { status, text } = await call(api, `/lines?${query}`);
  assert.equal(status, 200, text);
  const page: Page = JSON.parse(text);
  return page;
}

/** The numbers of all pages, and how many items each page had. */
async function walk(query: string): Promise<{ numbers: readonly number[]; sizes: readonly number[] }> {
  const numbers: number[] = [];
  const sizes: number[] = [];
  let cursor: string | undefined;
  do {
    const page = await readPage(cursor === undefined ? query : `${query}&cursor=${cursor}`);
    numbers.push(...page.items.map(({ number }) => number));
    sizes.push(page.items.length);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return { numbers, sizes };
}

/** The status of an answer, and the type of its problem. */
async function ask(query: string, token = 'ann'): Promise<readonly [number, unknown]> {
  const { status, text } = await call(api, `/lines?${query}`, { token });
  return [status, JSON.parse(text).type];
}

suite('pages', () => {
  const all = LINES.map(({ number }) => number);
  for (const [query, numbers, sizes] of [
    ['limit=100', all, [100, 100, 50]],
    ['limit=50', all, [50, 50, 50, 50, 50]],
    ['limit=99', all, [99, 99, 52]],
    ['limit=84&level=error', all.filter((number) => number % 3 === 0), [84]],
    ['limit=20&level=error', all.filter((number) => number % 3 === 0), [20, 20, 20, 20, 4]],
  ] as const) {
    // @requirement 78
    test(`of ${query} hold each item once, in order, and the last one says that it is the last`, async () => {
      assert.deepEqual(await walk(query), { numbers, sizes });
    });
  }

  test('have twenty items unless the caller says otherwise, and never more than there may be', async () => {
    assert.equal((await readPage('')).items.length, 20);
    assert.equal((await call(api, '/lines?limit=101')).status, 400);
    assert.equal((await call(api, '/lines?limit=0')).status, 400);
  });

  // @requirement 78
  test('are found by a cursor of this list and of this caller only', async () => {
    const { nextCursor = '' } = await readPage('limit=10');
    assert.deepEqual(await ask(`cursor=${nextCursor}`), [200, undefined]);
    for (const wrong of [`cursor=${nextCursor}&level=info`, `cursor=${nextCursor}A`, 'cursor=MTA']) {
      assert.deepEqual(await ask(wrong), [400, '/problems/invalid-cursor'], wrong);
    }
    assert.deepEqual(await ask(`cursor=${nextCursor}`, 'bob'), [400, '/problems/invalid-cursor']);
  });
});
