import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { suite, test } from 'node:test';
import { sendResponse } from './send-response.ts';

suite('a text', () => {
  for (const name of ['cafe', 'caf\u00e9']) {
    test(`goes out in UTF-8, and the head beside it in ISO 8859-1: ${name}`, async (context) => {
      const server = createServer((request, response) => {
        const contentType = 'text/plain; charset=utf-8';
        void sendResponse(request, response, {
          status: 200,
          headers: { 'x-name': name },
          contentType,
          body: 'gr\u00f6\u00dfer \u{1f35d}',
        });
      }).listen(0, '127.0.0.1');
      context.after(() => server.close());
      await once(server, 'listening');
      const address = server.address();
      assert.ok(typeof address === 'object' && address !== null);
      const answer = await fetch(`http://127.0.0.1:${address.port}/`);
      assert.equal(answer.headers.get('x-name'), name);
      assert.equal(answer.headers.get('content-length'), '13');
      assert.equal(await answer.text(), 'gr\u00f6\u00dfer \u{1f35d}');
    });
  }
});
