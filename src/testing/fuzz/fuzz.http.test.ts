import assert from 'node:assert/strict';
import { env } from 'node:process';
import { suite, test, type TestContext } from 'node:test';
import { loadConfig } from '#kernel/config/load-config.ts';
import { startAuth } from '#kernel/auth/start-auth.ts';
import { systemClock } from '#kernel/domain/clock.ts';
import type { ModuleBinding } from '#kernel/contract/module-binding.ts';
import { createRecipeModule } from '#modules/recipe/module.ts';
import { startTestApp } from '../app.ts';
import { createTestDatabase } from '../database.ts';
import { startFakeIdentity } from '../identity.ts';
import { bindKitchenSink, startKitchenSink } from '../kitchen-sink/start-kitchen-sink.ts';
import { measureRest, runFuzz, type FuzzOptions, type FuzzTotals } from './run-fuzz.ts';

/** `npm run fuzz` sets both; in the test suite the seed is new each time and printed. */
const SEED = Number(env['FUZZ_SEED'] ?? Date.now() % 2 ** 31);
const DURATION_MS = Number(env['FUZZ_SECONDS'] ?? 16) * 500;
/** What two runs of the same length may differ in: caches of plans, statements and compiled code. */
const HEAP_SLACK_BYTES = 24 * 1024 * 1024;
const HANDLE_SLACK = 4;

/** Runs twice and compares what is left after each: the first fills every cache. */
async function fuzzTwice(
  context: TestContext,
  options: Omit<FuzzOptions, 'seed' | 'durationMs'>,
): Promise<void> {
  context.diagnostic(`seed ${SEED}: FUZZ_SEED=${SEED} repeats this run`);
  const durationMs = DURATION_MS / 2;
  const first = await runFuzz({ ...options, seed: SEED, durationMs });
  const before = await measureRest();
  const second = await runFuzz({ ...options, seed: SEED + 1, durationMs });
  const after = await measureRest();
  tell(context, first);
  tell(context, second);
  const grown = after.heapBytes - before.heapBytes;
  context.diagnostic(
    `grown by ${Math.round(grown / 1024)} KiB and ${after.handles - before.handles} handles`,
  );
  assert.ok(grown < HEAP_SLACK_BYTES, `the heap grew by ${grown} bytes`);
  assert.ok(after.handles - before.handles <= HANDLE_SLACK, `handles grew to ${after.handles}`);
}

function tell(context: TestContext, { requests, statuses, readBack }: FuzzTotals): void {
  const counts = [...statuses].toSorted(([one], [other]) => one - other);
  context.diagnostic(
    `${requests} requests, ${readBack} read back: ${counts.map(([status, count]) => `${status} x ${count}`).join(', ')}`,
  );
}

suite('whatever it is sent', () => {
  test('the recipe API keeps its contract', async (context) => {
    await using resources = new AsyncDisposableStack();
    const identity = resources.use(await startFakeIdentity());
    const { database, url } = resources.use(await createTestDatabase());
    const { auth: config } = loadConfig({
      DATABASE_URL: url,
      AUTH_JWKS_URL: identity.jwksUrl,
      AUTH_ISSUER: identity.issuer,
      AUTH_AUDIENCE: identity.audience,
    });
    const auth = await startAuth({ config, clock: systemClock, log: { info() {}, warn() {} } });
    resources.defer(() => auth.stop());
    const { origin } = resources.use(await startTestApp({ database, authenticators: auth.authenticators }));
    const { binding } = createRecipeModule({ database, clock: systemClock });
    const exp = Math.floor(Date.now() / 1000) + 80_000;
    const tokens = {
      good: identity.token({ claims: { sub: 'ada', exp } }),
      other: identity.token({ claims: { sub: 'bob', exp } }),
      bad: identity.token({ claims: { sub: 'eve', exp: 1 } }),
    };
    await fuzzTwice(context, { origin, binding, tokens, isKept: true });
  });

  test('the kitchen sink keeps its contract', async (context) => {
    await using api = await startKitchenSink();
    const binding: ModuleBinding = bindKitchenSink();
    await fuzzTwice(context, {
      origin: api.origin,
      binding,
      isKept: false,
      tokens: { good: 'ann', other: 'bob', bad: 'bad' },
      // Answers 500 when it is asked to.
      isFuzzed: ({ id }) => id !== 'getStatus',
    });
  });
});
