import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { KeyCacheStatus } from '#kernel/auth/key-cache.ts';
import { createKeyMetrics } from './key-metrics.ts';

const STATUS: KeyCacheStatus = {
  keys: 2,
  ageMs: 1500,
  lastSuccessAt: new Date('2026-01-02T03:04:05.250Z'),
  successfulFetches: 7,
  failedFetches: 3,
  consecutiveFailures: 1,
  lastFailure: 'canary-3c9d',
};

suite('createKeyMetrics', () => {
  // @requirement 30
  test('says how many keys there are, how old they are, and how often they were fetched', async () => {
    const text = await createKeyMetrics(() => STATUS).metrics();
    assert.deepEqual(
      text.split('\n').filter((line) => line !== '' && !line.startsWith('# HELP')),
      [
        '# TYPE auth_jwks_keys gauge',
        'auth_jwks_keys 2',
        '# TYPE auth_jwks_age_seconds gauge',
        'auth_jwks_age_seconds 1.5',
        '# TYPE auth_jwks_last_success_timestamp_seconds gauge',
        'auth_jwks_last_success_timestamp_seconds 1767323045.25',
        '# TYPE auth_jwks_fetch_total counter',
        'auth_jwks_fetch_total{result="success"} 7',
        'auth_jwks_fetch_total{result="failure"} 3',
      ],
    );
  });

  test('reads the state each time, and adds nothing up', async () => {
    let status = STATUS;
    const registry = createKeyMetrics(() => status);
    await registry.metrics();
    status = { ...STATUS, keys: 0, failedFetches: 4 };
    const text = await registry.metrics();
    assert.match(text, /^auth_jwks_keys 0$/m);
    assert.match(text, /^auth_jwks_fetch_total\{result="success"\} 7$/m);
    assert.match(text, /^auth_jwks_fetch_total\{result="failure"\} 4$/m);
  });

  test('has a time of 0 before the first good answer', async () => {
    const text = await createKeyMetrics(() => ({ ...STATUS, lastSuccessAt: undefined })).metrics();
    assert.match(text, /^auth_jwks_last_success_timestamp_seconds 0$/m);
  });

  test('does not repeat what the service said', async () => {
    assert.ok(!(await createKeyMetrics(() => STATUS).metrics()).includes('canary'));
  });
});
