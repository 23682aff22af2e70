import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { KeyCacheStatus } from '#kernel/auth/key-cache.ts';
import { createKeyMetrics } from './key-metrics.ts';
import { createWorkersMetrics } from './worker-metrics.ts';

const STATUS: KeyCacheStatus = {
  keys: 2,
  ageMs: 1500,
  lastSuccessAt: new Date(1_700_000_000_000),
  successfulFetches: 7,
  failedFetches: 3,
  consecutiveFailures: 1,
  lastFailure: undefined,
};

/** As a message carries it. */
async function metricsOf(status: KeyCacheStatus): Promise<readonly object[]> {
  return JSON.parse(JSON.stringify(await createKeyMetrics(() => status).getMetricsAsJSON()));
}

suite('metrics of workers', () => {
  test('are the sum of what was counted, and the worst of the rest', async () => {
    const workers = [
      await metricsOf(STATUS),
      await metricsOf({
        ...STATUS,
        keys: 1,
        ageMs: 60_000,
        lastSuccessAt: new Date(1_600_000_000_000),
        failedFetches: 40,
      }),
    ];
    const text = await createWorkersMetrics(() => Promise.resolve(workers)).metrics();
    assert.deepEqual(
      text.split('\n').filter((line) => line !== '' && !line.startsWith('#')),
      [
        'auth_jwks_keys 1',
        'auth_jwks_age_seconds 60',
        'auth_jwks_last_success_timestamp_seconds 1600000000',
        'auth_jwks_fetch_total{result="success"} 14',
        'auth_jwks_fetch_total{result="failure"} 43',
      ],
    );
  });

  test('are none while no worker answers', async () => {
    const metrics = createWorkersMetrics(() => Promise.resolve([]));
    assert.equal((await metrics.metrics()).trim(), '');
  });
});
