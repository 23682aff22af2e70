import assert from 'node:assert/strict';
import type { LoadRequest } from '../../kit/load-client.ts';
import type { Operation } from './options.ts';
import type { RunningServer } from './servers.ts';

const COMPARED = 20;
/** What two servers cannot agree on: each makes its own. */
const OWN = { id: 'an id', createdAt: 'an instant', updatedAt: 'an instant', nextCursor: 'a cursor' };

/**
 * Holds the answers of each server to those of the first: status, type, ETag, and bodies to the last member. Only the floor need not
 * refuse what the contract does not take.
 *
 * @throws {assert.AssertionError} with the difference.
 */
export async function assertSameAnswers(
  servers: readonly RunningServer[],
  requests: Readonly<Record<Operation, readonly LoadRequest[]>>,
): Promise<void> {
  const [ours, ...peers] = servers;
  if (ours === undefined) return;
  const { get, list, post } = requests;
  const [anyPost, anyGet] = [post.slice(0, 1), get.slice(0, 1)];
  const wrong = anyPost.flatMap((request) => [{ ...request, body: '{"title":""}', status: 400 }]);
  const anonymous = anyGet.flatMap((request) => [{ ...request, headers: {}, status: 401 }]);
  for (const request of [...get.slice(0, COMPARED), ...list.slice(0, COMPARED), ...anyPost]) {
    const expected = await ask(ours, request);
    for (const peer of peers) {
      assert.deepEqual(await ask(peer, request), expected, `${peer.name}: ${request.method} ${request.path}`);
    }
  }
  for (const request of [...wrong, ...anonymous]) {
    for (const server of servers) {
      if (server.name === 'floor' && request.status === 400) continue;
      const { status } = await send(server, request);
      assert.equal(status, request.status, `${server.name}: ${request.method} ${request.path}`);
    }
  }
}

async function ask(server: RunningServer, request: LoadRequest): Promise<unknown> {
  const response = await send(server, request);
  assert.equal(response.status, request.status, `${server.name}: ${request.method} ${request.path}`);
  const etag = response.headers.get('etag');
  return {
    type: response.headers.get('content-type')?.replace(/; *charset=utf-8/i, ''),
    // Express gives every answer an ETag of its own.
    etag: etag !== null && /^"v\d+"$/.test(etag) ? etag : null,
    location: response.headers.get('location')?.replace(/[0-9a-f-]{36}/, OWN.id) ?? null,
    body: JSON.parse(await response.text(), request.method === 'POST' ? maskOwn : maskCursor),
  };
}

async function send(server: RunningServer, { method, path, headers, body }: LoadRequest): Promise<Response> {
  return fetch(`${server.origin}${path}`, { method, headers, ...(body === undefined ? {} : { body }) });
}

function maskOwn(name: string, value: unknown): unknown {
  return typeof value === 'string' && name in OWN ? Reflect.get(OWN, name) : value;
}

function maskCursor(name: string, value: unknown): unknown {
  return typeof value === 'string' && name === 'nextCursor' ? OWN.nextCursor : value;
}
