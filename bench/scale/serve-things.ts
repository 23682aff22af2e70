/**
 * Serves the things of `contract.ts` as production serves modules, with every guard and the access log, and without a database: what a
 * request costs here is the kernel's part. It is built into a project of its own, whose generated code it loads.
 */
import { readFile } from 'node:fs/promises';
import { startAuth } from '#kernel/auth/start-auth.ts';
import { createContractApp } from '#kernel/app/contract-app.ts';
import { loadConfig } from '#kernel/config/load-config.ts';
import { processVariables } from '#kernel/config/process-variables.ts';
import type { OperationTable } from '#kernel/contract/operation.ts';
import { systemClock } from '#kernel/domain/clock.ts';
import { createLogger } from '#kernel/http/middleware/logger.ts';
import { createHttpServer } from '#kernel/http/server/http-server.ts';
import { listen } from '#kernel/http/server/listen.ts';
import { FixedWindowRateLimiter } from '#kernel/rate-limit/rate-limiter.ts';
import { TrustedProxies } from '#kernel/http/client-address.ts';

const GENERATED = new URL('../generated/', import.meta.url);
const THING = {
  id: '0198d7a2-8f10-7cc3-9b55-1e3a0c6b7f21',
  title: 'A thing',
  labels: ['one', 'two'],
  parts: Array.from({ length: 8 }, (_, index) => ({
    name: `part ${index}`,
    count: index + 1,
    price: '1.50',
  })),
  createdAt: '2026-01-01T00:00:00.000Z',
};
const ITEMS = Array.from({ length: 20 }, () => THING);

const config = loadConfig(processVariables());
const logger = createLogger({ level: config.log.level });
const auth = await startAuth({ config: config.auth, clock: systemClock, log: logger });
const { thingsOperations }: { readonly thingsOperations: OperationTable } = await import(
  new URL('things/operations.js', GENERATED).href
);
const document: object = JSON.parse(await readFile(new URL('things/contract.json', GENERATED), 'utf8'));
const handlers = Object.fromEntries(
  Object.values(thingsOperations).map(({ id }) => [
    id,
    () =>
      Promise.resolve(
        id.startsWith('list')
          ? { status: 200, body: { items: ITEMS } }
          : id.startsWith('get')
            ? { status: 200, body: THING }
            : { status: 201, body: THING, headers: { location: `/things/${THING.id}` } },
      ),
  ]),
);
const app = await createContractApp({
  database: { ping: () => Promise.resolve() },
  authenticators: auth.authenticators,
  logger,
  bodyLimitBytes: config.server.bodyLimitBytes,
  allowedOrigins: config.cors.allowedOrigins,
  responseChecks: config.responseValidation,
  rateLimiter: new FixedWindowRateLimiter({
    quota: config.rateLimit.quota,
    trustedProxies: new TrustedProxies([]),
    logger,
  }),
  modules: [{ name: 'things', document, operations: thingsOperations, handlers }],
  documents: GENERATED,
});
await listen(createHttpServer(app.handler, config.server), config.server);
