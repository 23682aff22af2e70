import { Counter, Gauge, Registry, type Aggregator } from 'prom-client';
import type { KeyCacheStatus } from '#kernel/auth/key-cache.ts';

/**
 * Metrics of the Identity service's public keys, read at each scrape. Seconds; timestamps are Unix time. Of several
 * workers the worst counts, of fetches the sum.
 */
export function createKeyMetrics(keysStatus: () => KeyCacheStatus): Registry {
  const registry = new Registry();
  const registers = [registry];
  const gauge = (
    name: string,
    help: string,
    aggregator: Aggregator,
    read: (status: KeyCacheStatus) => number,
  ): Gauge =>
    new Gauge({
      name,
      help,
      aggregator,
      registers,
      collect() {
        this.set(read(keysStatus()));
      },
    });
  gauge('auth_jwks_keys', 'Public keys of the Identity service at hand.', 'min', ({ keys }) => keys);
  gauge(
    'auth_jwks_age_seconds',
    'Time since the Identity service last gave usable keys.',
    'max',
    ({ ageMs }) => ageMs / 1000,
  );
  gauge(
    'auth_jwks_last_success_timestamp_seconds',
    'When the Identity service last gave usable keys; 0 before the first time.',
    'min',
    ({ lastSuccessAt }) => (lastSuccessAt?.getTime() ?? 0) / 1000,
  );
  void new Counter({
    name: 'auth_jwks_fetch_total',
    help: 'Ended fetches of keys, by whether they gave usable ones.',
    labelNames: ['result'],
    registers,
    collect() {
      const { successfulFetches, failedFetches } = keysStatus();
      // The cache is who counts.
      this.reset();
      this.inc({ result: 'success' }, successfulFetches);
      this.inc({ result: 'failure' }, failedFetches);
    },
  });
  return registry;
}
