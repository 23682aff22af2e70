import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { sendRaw } from '../kit/call.ts';
import { startKitchenSink } from '../contracts/kitchen-sink/start-kitchen-sink.ts';
import { smugglingPayloads } from './smuggling-payloads.ts';

const api = await startKitchenSink();
after(() => api[Symbol.asyncDispose]());

const HEAD = 'POST /text HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ann\r\nContent-Type: text/plain\r\n';
/** What a smuggled request would be answered with, beside the answer to the request around it. */
const INNER = 'GET /security/public HTTP/1.1\r\nHost: x\r\n\r\n';

suite('requests that could smuggle another', () => {
  for (const [what, message] of smugglingPayloads(HEAD, INNER, '/headers')) {
    // @requirement 57
    test(`are refused, alone, and end the connection: ${what}`, async () => {
      const answers = (await sendRaw(api, [message])).match(/HTTP\/1\.1 \d{3}/g);
      assert.equal(answers?.length, 1);
      // What has no version or another protocol is known as such only after its first line was looked at.
      assert.match(answers[0] ?? '', /^HTTP\/1\.1 40[01]$/);
    });
  }

  test('are not those with one chunked coding, in any case', async () => {
    const message = `${HEAD}Transfer-Encoding: ChunKed\r\nConnection: close\r\n\r\n1\r\na\r\n0\r\n\r\n`;
    assert.match(await sendRaw(api, [message]), /^HTTP\/1\.1 200 /);
  });
});

suite('nonsense after a good request', () => {
  // @requirement 57
  test('does not take the place of its answer', async () => {
    const answer = await sendRaw(api, [`${HEAD}Content-Length: 1\r\n\r\nanonsense`, '', '']);
    assert.deepEqual(answer.match(/HTTP\/1\.1 \d{3}/g), ['HTTP/1.1 200']);
    assert.match(answer, /connection: close/i);
  });
});
