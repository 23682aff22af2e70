import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import {
  array,
  assert as assertProperty,
  asyncProperty,
  constantFrom,
  json,
  oneof,
  record,
  string,
} from 'fast-check';
import { kitchenOperations } from './generated/kitchen/operations.ts';
import { call } from '../../kit/call.ts';
import { startKitchenSink } from './start-kitchen-sink.ts';
import { codePoint } from '../../kit/code-point.ts';

// Random requests find what the referee cannot read, which is no failure of the server: `npm run fuzz` looks for those.
const api = await startKitchenSink({ referee: undefined });
after(() => api[Symbol.asyncDispose]());

/** Texts that have broken parsers, validators and databases. */
const NASTY = [
  '',
  '\u0000',
  '\ud800',
  '%',
  '%zz',
  '%00',
  '%ff',
  '..',
  '../../etc/passwd',
  '__proto__',
  'constructor',
  'toString',
  '[object Object]',
  'NaN',
  '-Infinity',
  '1e400',
  '9223372036854775808',
  '0x10',
  '2024-02-30',
  "' OR 1=1 --",
  '${7*7}',
  '{"a":',
  '[[[[',
  ';;;===&&&',
  'a'.repeat(5000),
  '\u202e\u200b\ufeff',
  '😀',
];
const text = oneof(
  constantFrom(...NASTY),
  string({ maxLength: 30 }),
  string({ unit: codePoint, maxLength: 10 }),
);
const operations = Object.values(kitchenOperations).filter(({ id }) => id !== 'getStatus');

const requests = record({
  operation: constantFrom(...operations),
  segments: array(text, { minLength: 20, maxLength: 20 }),
  query: array(
    record({ name: oneof(text, constantFrom('limit', 'deep[minutes]', 'at', 'low')), value: text }),
    {
      maxLength: 5,
    },
  ),
  header: text,
  contentType: oneof(
    constantFrom(
      'application/json',
      'text/plain',
      'multipart/form-data; boundary=x',
      'application/merge-patch+json',
    ),
    constantFrom('application/x-www-form-urlencoded', 'image/png', 'a/b; c', '*/*'),
  ),
  body: oneof(text, json()),
});

/** As a client that escapes nothing it need not escape. */
function encode(value: string): string {
  return encodeURI(value.toWellFormed()).replaceAll(/[#?]/g, '%23');
}

suite('malformed requests', () => {
  test('never lead to a failure of the server, and every refusal is a problem', async () => {
    await assertProperty(
      asyncProperty(requests, async ({ operation, segments, query, header, contentType, body }) => {
        let index = 0;
        const path = operation.path.replaceAll(/\{[^}]+\}/g, () =>
          encode(segments[(index += 1)] ?? '').replaceAll('/', '%2F'),
        );
        const search = query.map(({ name, value }) => `${encode(name)}=${encode(value)}`).join('&');
        const hasBody = operation.method !== 'get';
        const answer = await call(api, `${path}?${search}`, {
          method: operation.method.toUpperCase(),
          headers: {
            'content-type': contentType,
            'x-list': header.replaceAll(/[^\x20-\x7e]/g, ''),
            cookie: header.replaceAll(/[^\x20-\x7e]/g, ''),
          },
          ...(hasBody ? { body } : {}),
        });
        assert.ok(answer.status < 500, `${operation.method} ${path}?${search}: ${answer.text}`);
        if (answer.status >= 400) {
          assert.equal(answer.headers.get('content-type'), 'application/problem+json');
          assert.ok(answer.text.length < 16_000);
        }
      }),
      { numRuns: 400 },
    );
    assert.equal(Reflect.get({}, 'polluted'), undefined);
  });
});
