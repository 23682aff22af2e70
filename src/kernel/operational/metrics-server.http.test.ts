import assert from 'node:assert/strict';
import { suite, test, type TestContext } from 'node:test';
import { ListenError } from '#kernel/http/server/listen.ts';
import { createKeyMetrics } from './key-metrics.ts';
import { startMetricsServer, type MetricsServer } from './metrics-server.ts';

const LIMITS = { headersTimeoutMs: 5000, requestTimeoutMs: 5000, keepAliveTimeoutMs: 5000 };
const STATUS = {
  keys: 1,
  ageMs: 0,
  lastSuccessAt: undefined,
  successfulFetches: 1,
  failedFetches: 0,
  consecutiveFailures: 0,
  lastFailure: undefined,
};

async function start(context: TestContext, port = 0, keysStatus = () => STATUS): Promise<MetricsServer> {
  const metrics = await startMetricsServer({
    metrics: createKeyMetrics(keysStatus),
    server: { ...LIMITS, host: '127.0.0.1', port },
    log: { info() {}, error() {} },
  });
  context.after(() => metrics.close());
  return metrics;
}

suite('the metrics server', () => {
  test('answers GET in the Prometheus text format, and HEAD without the text', async (context) => {
    const { port } = await start(context);
    const url = `http://127.0.0.1:${port}/metrics`;
    const full = await fetch(`${url}?name=x`);
    assert.equal(full.status, 200);
    assert.equal(full.headers.get('content-type'), 'text/plain; version=0.0.4; charset=utf-8');
    assert.equal(full.headers.get('cache-control'), 'no-store');
    const text = await full.text();
    assert.match(text, /^auth_jwks_keys 1$/m);
    const head = await fetch(url, { method: 'HEAD' });
    assert.equal(head.status, 200);
    assert.equal(head.headers.get('content-length'), String(Buffer.byteLength(text)));
    assert.equal(await head.text(), '');
  });

  test('has no other method and no other path', async (context) => {
    const { port } = await start(context);
    const url = `http://127.0.0.1:${port}`;
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
      const response = await fetch(`${url}/metrics`, { method });
      assert.equal(response.status, 405, method);
      assert.equal(response.headers.get('allow'), 'GET, HEAD');
      assert.equal(await response.text(), 'This path takes GET, HEAD.\n');
    }
    for (const path of ['/', '/metrics/', '//metrics', '/healthz', '/tickets']) {
      const response = await fetch(`${url}${path}`);
      assert.equal(response.status, 404, path);
      assert.equal(await response.text(), 'Metrics are at /metrics.\n');
    }
  });

  test('goes on after a scrape that failed', async (context) => {
    let isBroken = true;
    const { port } = await start(context, 0, () => {
      if (isBroken) throw new Error('no status');
      return STATUS;
    });
    await assert.rejects(fetch(`http://127.0.0.1:${port}/metrics`));
    isBroken = false;
    assert.equal((await fetch(`http://127.0.0.1:${port}/metrics`)).status, 200);
  });

  test('names its variable when the port is taken', async (context) => {
    const { port } = await start(context);
    await assert.rejects(start(context, port), (error: unknown) => {
      assert.ok(error instanceof ListenError);
      assert.equal(
        error.message,
        `Port ${port} on 127.0.0.1 is taken: stop the other process or set METRICS_PORT to a free one.`,
      );
      return true;
    });
  });

  test('ends with a connection left open', async (context) => {
    const metrics = await start(context);
    const url = `http://127.0.0.1:${metrics.port}/metrics`;
    await (await fetch(url)).text();
    await metrics.close();
    await assert.rejects(fetch(url));
  });
});
