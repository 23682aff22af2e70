import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { json, problem, startMisbehavingServer } from '../../test/misbehaving-server.ts';
import { listRecipes } from '../../test/sample-operations.ts';
import { createClient } from './client.ts';
import { paginate } from './paginate.ts';

const recipe = (id: string): object => ({ id, title: id });
const PAGES = [
  json(200, { items: [recipe('a'), recipe('b')], nextCursor: 'c1' }),
  json(200, { items: [], nextCursor: 'c2' }),
  json(200, { items: [recipe('c')] }),
];

async function collect<T>(source: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of source) all.push(item);
  return all;
}

suite('paginate', () => {
  test('gives the items of all pages, with the parameters of the first', async () => {
    await using server = await startMisbehavingServer(...PAGES);
    const client = createClient({ baseUrl: server.baseUrl });
    const recipes = await collect(paginate(listRecipes, { limit: 2, tag: ['soup'] }, { client }));
    assert.deepEqual(
      recipes.map(({ id }) => id),
      ['a', 'b', 'c'],
    );
    assert.deepEqual(
      server.received.map(({ target }) => target),
      [
        '/recipes?limit=2&tag=soup',
        '/recipes?limit=2&cursor=c1&tag=soup',
        '/recipes?limit=2&cursor=c2&tag=soup',
      ],
    );
  });

  test('gives pages, and goes on from any cursor', async () => {
    await using server = await startMisbehavingServer(...PAGES);
    const client = createClient({ baseUrl: server.baseUrl });
    const [first] = await collect(paginate(listRecipes, undefined, { client }).pages());
    assert.deepEqual([first?.items.length, first?.nextCursor], [2, 'c1']);
    await collect(paginate(listRecipes, { cursor: first?.nextCursor }, { client }));
    assert.equal(server.received[3]?.target, '/recipes?cursor=c1');
  });

  test('asks for no page that nobody reads', async () => {
    await using server = await startMisbehavingServer(...PAGES);
    const client = createClient({ baseUrl: server.baseUrl });
    for await (const { id } of paginate(listRecipes, {}, { client })) if (id === 'b') break;
    assert.equal(server.received.length, 1);
  });

  test('starts again with each loop', async () => {
    const page = json(200, { items: [recipe('a')] });
    await using server = await startMisbehavingServer(page);
    const recipes = paginate(listRecipes, {}, { client: createClient({ baseUrl: server.baseUrl }) });
    assert.deepEqual(await collect(recipes), await collect(recipes));
  });

  test('throws what a page answered when it is no success', async () => {
    await using server = await startMisbehavingServer(PAGES[0]!, problem(400, 'Bad cursor'));
    const recipes = paginate(listRecipes, {}, { client: createClient({ baseUrl: server.baseUrl }) });
    await assert.rejects(collect(recipes), { name: 'ApiError', status: 400 });
  });

  test('does not run in circles', async () => {
    await using server = await startMisbehavingServer(PAGES[0]!);
    const recipes = paginate(listRecipes, {}, { client: createClient({ baseUrl: server.baseUrl }) });
    await assert.rejects(collect(recipes), /listRecipes: the page names itself as the next one/);
  });

  test('is aborted between pages', async () => {
    await using server = await startMisbehavingServer(...PAGES);
    const controller = new AbortController();
    const client = createClient({ baseUrl: server.baseUrl });
    const recipes = paginate(listRecipes, {}, { client, signal: controller.signal });
    const walk = async (): Promise<void> => {
      for await (const { id } of recipes) if (id === 'b') controller.abort();
    };
    await assert.rejects(walk(), { name: 'AbortedError' });
  });
});
