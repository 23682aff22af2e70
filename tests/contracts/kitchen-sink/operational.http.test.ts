import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, suite, test } from 'node:test';
import { BindingError } from '#kernel/contract/check-bindings.ts';
import { createLogger } from '#kernel/http/middleware/logger.ts';
import { startKitchenSink } from './start-kitchen-sink.ts';

/** The database of these tests: up or down as they say. */
const database = {
  isUp: true,
  pings: 0,
  ping(): Promise<void> {
    this.pings += 1;
    return this.isUp ? Promise.resolve() : Promise.reject(new Error('down'));
  },
};
const api = await startKitchenSink({ database });
after(() => api[Symbol.asyncDispose]());

const EXPECTED = new URL('./generated/', import.meta.url);

suite('operational endpoints', () => {
  // @requirement 39
  test('need no credentials, and take GET, HEAD and OPTIONS only', async () => {
    for (const path of [
      '/livez',
      '/healthz',
      '/openapi.yaml',
      '/openapi.json',
      '/docs',
      '/docs/swagger-ui-bundle.js',
    ]) {
      const get = await api.fetch(path);
      assert.equal(get.status, 200, path);
      const body = await get.arrayBuffer();
      const head = await api.fetch(path, { method: 'HEAD' });
      assert.equal(head.headers.get('content-length'), String(body.byteLength));
      const post = await api.fetch(path, { method: 'POST', body: 'x' });
      assert.equal(post.status, 405);
      assert.equal(post.headers.get('allow'), 'GET, HEAD, OPTIONS');
      const options = await api.fetch(path, { method: 'OPTIONS' });
      assert.equal(options.status, 204);
    }
  });

  test('serve the contract as it was generated, and not again to who has it', async () => {
    for (const [name, type] of [
      ['openapi.yaml', 'application/yaml'],
      ['openapi.json', 'application/json'],
    ] as const) {
      const response = await api.fetch(`/${name}`);
      assert.equal(response.headers.get('content-type'), type);
      assert.equal(await response.text(), await readFile(new URL(name, EXPECTED), 'utf8'));
      const etag = response.headers.get('etag') ?? '';
      assert.match(etag, /^"/);
      const again = await api.fetch(`/${name}`, { headers: { 'if-none-match': etag } });
      assert.equal(again.status, 304);
    }
  });

  test('the reference page loads nothing from elsewhere and is titled by the contract', async () => {
    const response = await api.fetch('/docs');
    const page = await response.text();
    assert.match(page, /<title>Kitchen sink<\/title>/);
    assert.match(
      response.headers.get('content-security-policy') ?? '',
      /default-src 'none'; script-src 'self'/,
    );
    assert.doesNotMatch(page, /https?:\/\//);
    for (const [, path] of page.matchAll(/(?:src|href)="([^"]+)"/g)) {
      const asset = await api.fetch(path ?? '');
      assert.equal(asset.status, 200, path);
      await asset.arrayBuffer();
    }
    for (const path of ['/', '/docs/']) {
      const redirected = await api.fetch(path, { redirect: 'manual' });
      assert.deepEqual([redirected.status, redirected.headers.get('location')], [302, '/docs']);
    }
    assert.equal((await api.fetch('/docs/../package.json')).status, 404);
  });

  test('readiness follows the database, liveness does not', async () => {
    await using down = await startKitchenSink({
      database: { ping: () => Promise.reject(new Error('down')) },
    });
    const health = await down.fetch('/healthz');
    assert.equal(health.status, 503);
    assert.deepEqual(await health.json(), { status: 'unavailable', database: 'down' });
    assert.equal((await down.fetch('/livez')).status, 200);
  });

  test('readiness says that migrations are pending, and stays', async () => {
    await using late = await startKitchenSink();
    late.app.readiness.hasPendingMigrations = true;
    const health = await late.fetch('/healthz');
    assert.equal(health.status, 200);
    assert.deepEqual(await health.json(), { status: 'ready', database: 'up', migrations: 'pending' });
  });

  test('probes share one answer of the database', async () => {
    const before = database.pings;
    await Promise.all(Array.from({ length: 50 }, () => api.fetch('/healthz')));
    assert.ok(database.pings - before <= 2);
  });

  test('readiness goes off and connections are not kept while draining', async () => {
    await using draining = await startKitchenSink();
    draining.app.readiness.drain();
    const health = await draining.fetch('/healthz');
    assert.equal(health.status, 503);
    assert.equal((await draining.fetch('/security/public')).headers.get('connection'), 'close');
  });
});

suite('start-up', () => {
  // @requirement 35
  test('is refused when a scheme has no authenticator', async () => {
    await assert.rejects(startKitchenSink({ authenticators: {} }), (error) => {
      assert.ok(error instanceof BindingError);
      assert.equal(error.mismatches.length, 4);
      return true;
    });
  });

  // @requirement 35
  test('is refused when an operation that is published is served by no module', async () => {
    await assert.rejects(startKitchenSink({ modules: [] }), (error) => {
      assert.ok(error instanceof BindingError);
      assert.ok(error.mismatches.length > 10);
      for (const each of error.mismatches)
        assert.match(each, /^[A-Z]+ \/\S* of the published contract is served by no module; /);
      return true;
    });
  });

  test('is refused, in a sentence, when the contract has not been generated', async () => {
    await assert.rejects(
      startKitchenSink({ documents: new URL('./nowhere/', import.meta.url) }),
      /run npm run generate/,
    );
  });
});

test('the access log has one line per request, and nothing that was sent', async () => {
  const lines: string[] = [];
  const logger = createLogger({ level: 'info', destination: { write: (line) => void lines.push(line) } });
  const logged = await startKitchenSink({ logger });
  const trace = '0af7651916cd43dd8448eb211c80319c';
  await logged.fetch('/query-styles?reserved=secretquery', {
    token: 'secretuser',
    headers: {
      'x-secret': 'secretheader',
      traceparent: `00-${trace}-b7ad6b7169203331-01`,
      'x-request-id': 'id-1',
    },
  });
  await logged.fetch('/secretpath');
  await logged[Symbol.asyncDispose]();
  assert.equal(lines.length, 2);
  const [first = '{}', second = '{}'] = lines;
  const entry: Record<string, unknown> = JSON.parse(first);
  assert.equal(entry['operation'], 'echoQueryStyles');
  assert.equal(entry['route'], '/query-styles');
  assert.equal(entry['status'], 200);
  assert.equal(entry['traceId'], trace);
  assert.equal(entry['requestId'], 'id-1');
  assert.doesNotMatch(first + second, /secret/);
});
