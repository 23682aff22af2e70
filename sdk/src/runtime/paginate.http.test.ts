import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { json, problem, startMisbehavingServer } from '../../test/misbehaving-server.ts';
import { listTickets } from '../../test/sample-operations.ts';
import { createClient } from './client.ts';
import { paginate } from './paginate.ts';

const ticket = (id: string): object => ({ id, title: id });
const PAGES = [
  json(200, { items: [ticket('a'), ticket('b')], nextCursor: 'c1' }),
  json(200, { items: [], nextCursor: 'c2' }),
  json(200, { items: [ticket('c')] }),
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
    const tickets = await collect(paginate(listTickets, { limit: 2, tag: ['soup'] }, { client }));
    assert.deepEqual(
      tickets.map(({ id }) => id),
      ['a', 'b', 'c'],
    );
    assert.deepEqual(
      server.received.map(({ target }) => target),
      [
        '/tickets?limit=2&tag=soup',
        '/tickets?limit=2&cursor=c1&tag=soup',
        '/tickets?limit=2&cursor=c2&tag=soup',
      ],
    );
  });

  test('gives pages, and goes on from any cursor', async () => {
    await using server = await startMisbehavingServer(...PAGES);
    const client = createClient({ baseUrl: server.baseUrl });
    const [first] = await collect(paginate(listTickets, undefined, { client }).pages());
    assert.deepEqual([first?.items.length, first?.nextCursor], [2, 'c1']);
    await collect(paginate(listTickets, { cursor: first?.nextCursor }, { client }));
    assert.equal(server.received[3]?.target, '/tickets?cursor=c1');
  });

  test('asks for no page that nobody reads', async () => {
    await using server = await startMisbehavingServer(...PAGES);
    const client = createClient({ baseUrl: server.baseUrl });
    for await (const { id } of paginate(listTickets, {}, { client })) if (id === 'b') break;
    assert.equal(server.received.length, 1);
  });

  test('starts again with each loop', async () => {
    const page = json(200, { items: [ticket('a')] });
    await using server = await startMisbehavingServer(page);
    const tickets = paginate(listTickets, {}, { client: createClient({ baseUrl: server.baseUrl }) });
    assert.deepEqual(await collect(tickets), await collect(tickets));
  });

  test('throws what a page answered when it is no success', async () => {
    await using server = await startMisbehavingServer(PAGES[0]!, problem(400, 'Bad cursor'));
    const tickets = paginate(listTickets, {}, { client: createClient({ baseUrl: server.baseUrl }) });
    await assert.rejects(collect(tickets), { name: 'ApiError', status: 400 });
  });

  test('does not run in circles', async () => {
    await using server = await startMisbehavingServer(PAGES[0]!);
    const tickets = paginate(listTickets, {}, { client: createClient({ baseUrl: server.baseUrl }) });
    await assert.rejects(collect(tickets), /listTickets: the page names itself as the next one/);
  });

  test('is aborted between pages', async () => {
    await using server = await startMisbehavingServer(...PAGES);
    const controller = new AbortController();
    const client = createClient({ baseUrl: server.baseUrl });
    const tickets = paginate(listTickets, {}, { client, signal: controller.signal });
    const walk = async (): Promise<void> => {
      for await (const { id } of tickets) if (id === 'b') controller.abort();
    };
    await assert.rejects(walk(), { name: 'AbortedError' });
  });
});
