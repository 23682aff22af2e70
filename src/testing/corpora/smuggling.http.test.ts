import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { sendRaw } from '../kitchen-sink/call.ts';
import { startKitchenSink } from '../kitchen-sink/start-kitchen-sink.ts';

const api = await startKitchenSink();
after(() => api[Symbol.asyncDispose]());

const HEAD = 'POST /text HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ann\r\nContent-Type: text/plain\r\n';
/** What a smuggled request would be answered with, beside the answer to the request around it. */
const INNER = 'GET /security/public HTTP/1.1\r\nHost: x\r\n\r\n';
const CHUNKED = `0\r\n\r\n${INNER}`;

/**
 * Messages of which two readers could see different ends. Sources: llhttp `test/request`, h1spec, the catalogue of
 * http-garden, "HTTP Desync Attacks" (Kettle 2019), RFC 9112 sections 5 to 7 and 11.2.
 */
const PAYLOADS: readonly (readonly [what: string, message: string])[] = [
  ['a length beside chunks', `${HEAD}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n${CHUNKED}`],
  ['chunks beside a length', `${HEAD}Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n${CHUNKED}`],
  ['two lengths that differ', `${HEAD}Content-Length: 0\r\nContent-Length: 44\r\n\r\n${INNER}`],
  ['a list of lengths', `${HEAD}Content-Length: 0, 44\r\n\r\n${INNER}`],
  ['a length with a plus', `${HEAD}Content-Length: +0\r\n\r\n${INNER}`],
  ['a negative length', `${HEAD}Content-Length: -1\r\n\r\n${INNER}`],
  ['a length in hexadecimal', `${HEAD}Content-Length: 0x0\r\n\r\n${INNER}`],
  ['a length with a space inside', `${HEAD}Content-Length: 4 4\r\n\r\n${INNER}`],
  ['a length that overflows', `${HEAD}Content-Length: 18446744073709551616\r\n\r\n${INNER}`],
  ['an empty length', `${HEAD}Content-Length:\r\n\r\n${INNER}`],
  ['a space before the colon', `${HEAD}Content-Length : 0\r\n\r\n${INNER}`],
  ['a tab before the colon', `${HEAD}Transfer-Encoding\t: chunked\r\n\r\n${CHUNKED}`],
  ['an unknown coding', `${HEAD}Transfer-Encoding: xchunked\r\n\r\n${CHUNKED}`],
  ['identity and chunked', `${HEAD}Transfer-Encoding: identity, chunked\r\n\r\n${CHUNKED}`],
  ['chunked twice', `${HEAD}Transfer-Encoding: chunked, chunked\r\n\r\n${CHUNKED}`],
  ['chunked before another coding', `${HEAD}Transfer-Encoding: chunked, gzip\r\n\r\n${CHUNKED}`],
  [
    'two lines of codings',
    `${HEAD}Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n${CHUNKED}`,
  ],
  ['a quoted coding', `${HEAD}Transfer-Encoding: "chunked"\r\n\r\n${CHUNKED}`],
  ['a coding with a parameter', `${HEAD}Transfer-Encoding: chunked;q=1\r\n\r\n${CHUNKED}`],
  ['a coding after a vertical tab', `${HEAD}Transfer-Encoding: \u000bchunked\r\n\r\n${CHUNKED}`],
  ['a folded coding', `${HEAD}Transfer-Encoding:\r\n chunked\r\n\r\n${CHUNKED}`],
  ['a folded header', `${HEAD}X: a\r\n b\r\nContent-Length: 0\r\n\r\n${INNER}`],
  ['a bare line feed in the headers', `${HEAD}X: a\nContent-Length: 0\r\n\r\n${INNER}`],
  ['a bare carriage return in the headers', `${HEAD}X: a\rContent-Length: 0\r\n\r\n${INNER}`],
  ['a NUL in a header', `${HEAD}X: a\u0000b\r\nContent-Length: 0\r\n\r\n${INNER}`],
  ['a header without a colon', `${HEAD}Nonsense\r\nContent-Length: 0\r\n\r\n${INNER}`],
  ['a header without a name', `${HEAD}: x\r\nContent-Length: 0\r\n\r\n${INNER}`],
  ['a chunk size that is none', `${HEAD}Transfer-Encoding: chunked\r\n\r\nzz\r\n${INNER}`],
  ['a chunk size with a prefix', `${HEAD}Transfer-Encoding: chunked\r\n\r\n0x1\r\na\r\n${CHUNKED}`],
  ['a negative chunk size', `${HEAD}Transfer-Encoding: chunked\r\n\r\n-1\r\n${CHUNKED}`],
  [
    'a chunk size that overflows',
    `${HEAD}Transfer-Encoding: chunked\r\n\r\n10000000000000001\r\na\r\n${CHUNKED}`,
  ],
  ['a chunk longer than its size', `${HEAD}Transfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n${CHUNKED}`],
  ['a chunk size ended by a line feed', `${HEAD}Transfer-Encoding: chunked\r\n\r\n1\na\r\n${CHUNKED}`],
  ['a chunk ended by a line feed', `${HEAD}Transfer-Encoding: chunked\r\n\r\n1\r\na\n${CHUNKED}`],
  [
    'a chunk extension with a line feed',
    `${HEAD}Transfer-Encoding: chunked\r\n\r\n1;a\nb\r\na\r\n${CHUNKED}`,
  ],
  ['two hosts', `GET /headers HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n${INNER}`],
  ['a version that is none', `GET /headers HTTP/1.9x\r\nHost: x\r\n\r\n${INNER}`],
  ['no version', `GET /headers\r\nHost: x\r\n\r\n${INNER}`],
  ['a line feed in the target', `GET /headers\n HTTP/1.1\r\nHost: x\r\n\r\n${INNER}`],
  ['a space in the target', `GET /head ers HTTP/1.1\r\nHost: x\r\n\r\n${INNER}`],
  ['another protocol', `GET /headers RTSP/1.0\r\nHost: x\r\n\r\n${INNER}`],
  ['the preface of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
];

suite('requests that could smuggle another', () => {
  for (const [what, message] of PAYLOADS) {
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
  test('does not take the place of its answer', async () => {
    const answer = await sendRaw(api, [`${HEAD}Content-Length: 1\r\n\r\nanonsense`, '', '']);
    assert.deepEqual(answer.match(/HTTP\/1\.1 \d{3}/g), ['HTTP/1.1 200']);
    assert.match(answer, /connection: close/i);
  });
});
