import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { call, type Answer } from '#tests/kit/call.ts';
import type { Ticket } from './generated/ticket/schemas.ts';
import { startCrud } from './start-crud.ts';

const api = await startCrud();
after(() => api[Symbol.asyncDispose]());

const MERGE_PATCH = { 'content-type': 'application/merge-patch+json' };

function ticketOf({ text }: Answer): Ticket {
  const ticket: Ticket = JSON.parse(text);
  return ticket;
}

async function create(json: object, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
  const created = await call(api, '/tickets', { method: 'POST', json, headers });
  assert.equal(created.status, 201, created.text);
  return created;
}

suite('a ticket', () => {
  // @requirement 46, 48
  test('is created with its defaults, and read as it was answered', async () => {
    const created = await create({
      title: 'Tap',
      labels: ['Water', 'water'],
      checks: [{ text: 'Close it' }],
    });
    const { id, createdAt, updatedAt, ...written } = ticketOf(created);
    assert.deepEqual(written, {
      title: 'Tap',
      description: '',
      minutes: 0,
      labels: ['water'],
      checks: [{ isDone: false, text: 'Close it' }],
      priority: 'normal',
      author: 'ann',
    });
    assert.equal(createdAt, updatedAt);
    assert.deepEqual(
      [created.headers.get('location'), created.headers.get('etag')],
      [`/tickets/${id}`, '"v1"'],
    );
    const read = await call(api, `/tickets/${id}`);
    assert.deepEqual([read.text, read.headers.get('etag')], [created.text, '"v1"']);
    const again = await call(api, `/tickets/${id}`, { headers: { 'if-none-match': '"v1"' } });
    assert.deepEqual([again.status, again.text], [304, '']);
  });

  // @requirement 47, 49, 50
  test('is replaced, patched and deleted in the version that was read, and in no other', async () => {
    const { id } = ticketOf(await create({ title: 'Tap', minutes: 5 }));
    const path = `/tickets/${id}`;
    const change = (method: string, etag: string | undefined, json?: object): Promise<Answer> =>
      call(api, path, {
        method,
        ...(json === undefined ? {} : { json }),
        headers: {
          ...(method === 'PATCH' ? MERGE_PATCH : {}),
          ...(etag === undefined ? {} : { 'if-match': etag }),
        },
      });
    assert.equal((await change('PUT', undefined, { title: 'Pipe' })).status, 428);
    assert.equal((await change('PUT', '"v2"', { title: 'Pipe' })).status, 412);
    const replaced = await change('PUT', '"v1"', { title: 'Pipe', priority: 'high' });
    assert.deepEqual([replaced.headers.get('etag'), ticketOf(replaced).minutes], ['"v2"', 0]);
    const patched = await change('PATCH', '"v2"', { minutes: 7, priority: null });
    const { title, minutes, priority } = ticketOf(patched);
    assert.deepEqual([title, minutes, priority], ['Pipe', 7, 'normal']);
    assert.equal((await change('DELETE', '"v2"')).status, 412);
    assert.equal((await change('DELETE', '"v3"')).status, 204);
    assert.equal((await change('DELETE', '"v3"')).status, 404);
    assert.equal((await call(api, path)).status, 404);
  });

  // @requirement 54
  test('is patched with the media type of the contract, and with no other', async () => {
    const { id } = ticketOf(await create({ title: 'Tap', minutes: 5 }));
    for (const type of ['application/json', 'application/json-patch+json', 'text/plain']) {
      const headers = { 'content-type': type, 'if-match': '"v1"' };
      const refused = await call(api, `/tickets/${id}`, { method: 'PATCH', json: { minutes: 7 }, headers });
      assert.equal(refused.status, 415, type);
    }
    const headers = { ...MERGE_PATCH, 'if-match': '"v1"' };
    const patched = await call(api, `/tickets/${id}`, { method: 'PATCH', json: { minutes: 7 }, headers });
    assert.equal(ticketOf(patched).minutes, 7);
  });

  test('is created once however often the request is repeated with one key', async () => {
    const headers = { 'idempotency-key': 'one-tap' };
    const [one, two] = [await create({ title: 'Once' }, headers), await create({ title: 'Once' }, headers)];
    assert.equal(one.text, two.text);
    const other = await call(api, '/tickets', { method: 'POST', json: { title: 'Twice' }, headers });
    assert.equal(other.status, 422);
  });

  // @requirement 32
  test('is seen and listed by its author alone', async () => {
    const { id } = ticketOf(await create({ title: 'Mine', labels: ['only-mine'] }));
    assert.equal((await call(api, `/tickets/${id}`, { token: 'bob' })).status, 404);
    const list = async (token: string): Promise<readonly string[]> => {
      const { text } = await call(api, '/tickets?label=only-mine', { token });
      const page: { readonly items: readonly Ticket[] } = JSON.parse(text);
      return page.items.map((ticket) => ticket.id);
    };
    assert.deepEqual([await list('ann'), await list('bob')], [[id], []]);
  });
});
