import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { call } from '../kit/call.ts';
import { startKitchenSink } from '../contracts/kitchen-sink/start-kitchen-sink.ts';
import { jsonCases } from './json-cases.ts';

const api = await startKitchenSink({ bodyLimitBytes: 1024 * 1024 });
after(() => api[Symbol.asyncDispose]());

suite('JSONTestSuite', () => {
  // @requirement 65
  test('every case is read as RFC 8259 says, or refused with 400 and a place', async () => {
    const unexpected: string[] = [];
    for (const { name, bytes, isRefused } of jsonCases) {
      const answer = await call(api, '/any-json', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: new Uint8Array(bytes),
      });
      if (answer.status !== (isRefused ? 400 : 200)) unexpected.push(`${name}: ${answer.status}`);
      else if (isRefused) {
        assert.equal(answer.headers.get('content-type'), 'application/problem+json', name);
      } else {
        const text = bytes.toString().replace(/^\uFEFF/, '');
        assert.equal(answer.text, JSON.stringify(JSON.parse(text)), name);
      }
    }
    assert.deepEqual(unexpected, []);
  });

  test('is whole: as many cases as the suite has', () => {
    assert.ok(jsonCases.length >= 318, `${jsonCases.length}`);
    assert.ok(jsonCases.filter(({ isRefused }) => !isRefused).length > 80);
  });
});
