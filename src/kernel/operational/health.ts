import type { Database } from '#kernel/database/database.ts';
import type { Readiness } from '#kernel/http/server/http-server.ts';
import type { Endpoint, Representation } from './endpoint.ts';

/** How long one answer of the database stands for all who ask: probes cannot load it. */
const CACHE_MS = 1000;
const PING_TIMEOUT_MS = 1000;

/** `/livez`: the process runs and its event loop turns. Depends on nothing else. */
export function createLivenessEndpoint(): Endpoint {
  const alive = toHealth(200, { status: 'alive' });
  return { read: () => Promise.resolve(alive) };
}

/**
 * `/healthz`: 200 when requests can be served, else 503 and why. The Identity service is no part of it: known tokens
 * go on working while it is down.
 */
export function createReadinessEndpoint(readiness: Readiness, database: Pick<Database, 'ping'>): Endpoint {
  let answer: Promise<boolean> | undefined;
  let answeredAtMs = 0;
  const isDatabaseUp = (): Promise<boolean> => {
    const nowMs = performance.now();
    if (answer === undefined || nowMs - answeredAtMs > CACHE_MS) {
      answeredAtMs = nowMs;
      answer = database.ping(PING_TIMEOUT_MS).then(
        () => true,
        () => false,
      );
    }
    return answer;
  };
  return {
    async read() {
      if (readiness.isDraining) return toHealth(503, { status: 'draining' });
      const isUp = await isDatabaseUp();
      return toHealth(isUp ? 200 : 503, {
        status: isUp ? 'ready' : 'unavailable',
        database: isUp ? 'up' : 'down',
        ...(isUp && readiness.hasPendingMigrations ? { migrations: 'pending' } : {}),
      });
    },
  };
}

function toHealth(status: number, body: Readonly<Record<string, string>>): Representation {
  return {
    status,
    contentType: 'application/json',
    body: Buffer.from(JSON.stringify(body)),
    headers: { 'cache-control': 'no-store' },
  };
}
