import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { json, problem, reply, startMisbehavingServer } from '../../test/misbehaving-server.ts';
import { createTicket, getTicket, listTickets, type Problem } from '../../test/sample-operations.ts';
import { createClient } from './client.ts';
import { ApiError, CallError } from './errors.ts';
import { isErrorOf, unwrap } from './unwrap.ts';

suite('unwrap', () => {
  test('gives the body of a success, of a result and of its promise', async () => {
    await using server = await startMisbehavingServer(json(200, { id: 'a', title: 'A' }));
    const client = createClient({ baseUrl: server.baseUrl });
    const ticket = await unwrap(getTicket({ ticketId: 'a' }, { client }));
    assert.equal(ticket.title, 'A');
    assert.deepEqual(unwrap(await getTicket({ ticketId: 'a' }, { client })), ticket);
  });

  test('throws an ApiError with all that is known', async () => {
    await using server = await startMisbehavingServer(
      problem(404, 'Not found', {}, { detail: 'No ticket a.' }),
    );
    const client = createClient({ baseUrl: server.baseUrl });
    await assert.rejects(unwrap(getTicket({ ticketId: 'a' }, { client })), (error) => {
      assert.ok(error instanceof ApiError && error instanceof CallError && error instanceof Error);
      assert.equal(error.message, 'getTicket: 404 No ticket a.');
      assert.deepEqual(
        [error.name, error.status, error.requestId, error.attempts, error.operationId],
        ['ApiError', 404, 'r-1', 1, 'getTicket'],
      );
      assert.equal(error.problem?.title, 'Not found');
      assert.equal(error.body, error.problem);
      return true;
    });
  });

  test('throws for 304, which has no body to give', async () => {
    await using server = await startMisbehavingServer(reply(304, { etag: '"v1"' }));
    const client = createClient({ baseUrl: server.baseUrl });
    const call = getTicket({ ticketId: 'a', 'if-none-match': '"v1"' }, { client });
    await assert.rejects(unwrap(call), { status: 304, body: undefined, problem: undefined });
  });

  test('isErrorOf knows no response that the contract does not', async () => {
    await using server = await startMisbehavingServer((response) => {
      response.writeHead(409, { 'content-type': 'text/html' }).end('<html>');
    });
    const client = createClient({ baseUrl: server.baseUrl });
    const error: unknown = await unwrap(createTicket({ body: { title: 'x' } }, { client })).catch(
      (e: unknown) => e,
    );
    assert.ok(error instanceof ApiError && error.status === 409);
    assert.ok(!isErrorOf(createTicket, error));
  });

  test('isErrorOf tells whose error it is', async () => {
    await using server = await startMisbehavingServer(problem(409, 'Conflict', {}, { conflictingId: 'b' }));
    const client = createClient({ baseUrl: server.baseUrl });
    const error: unknown = await unwrap(createTicket({ body: { title: 'x' } }, { client })).catch(
      (e: unknown) => e,
    );
    assert.ok(isErrorOf(createTicket, error));
    assert.ok(error.status === 409 && error.problem?.conflictingId === 'b');
    assert.ok(!isErrorOf(listTickets, error));
    assert.ok(!isErrorOf(createTicket, new Error('other')));
    error satisfies ApiError<409, Problem & { readonly conflictingId: string }>;
  });
});
