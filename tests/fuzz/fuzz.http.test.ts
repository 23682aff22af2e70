import { env } from 'node:process';
import { suite, test, type TestContext } from 'node:test';
import { createAmbientDatabase } from '#kernel/database/ambient-database.ts';
import { createTestDatabase } from '../kit/database.ts';
import { startAuthenticatedApp } from '../kit/authenticated-app.ts';
import { readOwnModules } from '../kit/own-modules.ts';
import { keepTicket } from '../contracts/crud/keep-ticket.ts';
import { bindCrud, startCrud } from '../contracts/crud/start-crud.ts';
import { bindGuards, startGuards } from '../contracts/guards/start-guards.ts';
import { bindKitchenSink, startKitchenSink } from '../contracts/kitchen-sink/start-kitchen-sink.ts';
import { readKitchenEcho } from './kitchen-echo.ts';
import { createKeepingHandlers } from './kitchen-things.ts';
import { assertNoLeak, measureUsage, usageGrowth } from './process-usage.ts';
import { statedChangesOf } from './stated-changes.ts';
import { runFuzz, type FuzzTarget, type FuzzTotals } from './run-fuzz.ts';

/** `npm run fuzz` sets both; in the test suite the seed is new each time and printed. */
const SEED = Number(env['FUZZ_SEED'] ?? Date.now() % 2 ** 31);
const SECONDS = Number(env['FUZZ_SECONDS'] ?? 18);
/** Random requests find what the referee cannot read: `npm run fuzz` is where that may stop a run. */
const REFEREE = env['FUZZ_SECONDS'] === undefined ? { referee: undefined } : {};
/** Small, so that the fuzzer can exceed it. */
const BODY_LIMIT_BYTES = 64 * 1024;

const ownModules = await readOwnModules();
const TARGETS = 3 + ownModules.length;

/** Runs twice and compares what is left after each: the first fills every cache. */
async function fuzzTwice(context: TestContext, target: FuzzTarget): Promise<void> {
  context.diagnostic(`seed ${SEED}: npm run fuzz -- --only ${target.name} --seed ${SEED}`);
  const durationMs = (SECONDS * 1000) / TARGETS / 2;
  const first = await runFuzz(target, { seed: SEED, durationMs });
  const before = await measureUsage();
  const second = await runFuzz(target, { seed: SEED + 1, durationMs });
  const after = await measureUsage();
  tell(context, first);
  tell(context, second);
  const growth = usageGrowth(before, after);
  const [heap, external] = [growth.heapBytes, growth.externalBytes].map((bytes) => Math.round(bytes / 1024));
  context.diagnostic(
    `grown by ${heap} KiB of heap, ${external} KiB of buffers and ${growth.handles} handles`,
  );
  assertNoLeak(growth);
}

function tell(context: TestContext, { requests, statuses, readBack, lifeCycles, echoes }: FuzzTotals): void {
  context.diagnostic(
    `${requests} requests, ${readBack} read back, ${lifeCycles} life cycles, ${echoes} echoes: ${statuses}`,
  );
}

suite('whatever it is sent', () => {
  for (const { binding } of ownModules) {
    // @requirement 53, 65
    test(`the module ${binding.name} (${binding.name}) keeps its contract`, async (context) => {
      await using running = await startAuthenticatedApp({ ...REFEREE, bodyLimitBytes: BODY_LIMIT_BYTES });
      const { identity } = running;
      const exp = Math.floor(Date.now() / 1000) + 80_000;
      const token = (sub: string): string => identity.token({ claims: { sub, exp } });
      await fuzzTwice(context, {
        name: binding.name,
        origin: running.app.origin,
        binding,
        credentials: {
          good: token('ada'),
          other: token('bob'),
          bad: identity.token({ claims: { sub: 'eve', exp: 1 } }),
        },
        changes: await statedChangesOf(binding.name),
      });
    });
  }

  // @requirement 65
  test('the contract of tickets (crud) is kept', async (context) => {
    await using api = await startCrud({ ...REFEREE, bodyLimitBytes: BODY_LIMIT_BYTES });
    await fuzzTwice(context, {
      name: 'crud',
      origin: api.origin,
      binding: bindCrud(),
      credentials: { good: 'ann', other: 'bob', bad: 'bad' },
      changes: { getTicket: keepTicket },
    });
  });

  // @requirement 65
  test('the kitchen sink (kitchen-sink) keeps its contract', async (context) => {
    await using api = await startKitchenSink({
      ...REFEREE,
      bodyLimitBytes: BODY_LIMIT_BYTES,
      handlers: createKeepingHandlers(),
    });
    await fuzzTwice(context, {
      name: 'kitchen-sink',
      origin: api.origin,
      binding: bindKitchenSink(),
      credentials: { good: 'ann+kitchen:write', other: 'bob', bad: 'bad' },
      readEcho: readKitchenEcho,
    });
  });

  // @requirement 65
  test('the contract of guards (guards) is kept', async (context) => {
    await using resources = new AsyncDisposableStack();
    const { database } = resources.use(await createTestDatabase());
    let nowMs = 0;
    const { origin } = resources.use(
      await startGuards({
        ...REFEREE,
        database: createAmbientDatabase(database),
        // Time passes with every look at the clock, so that budgets are both used up and renewed.
        monotonicMs: () => (nowMs += 4000),
      }),
    );
    await fuzzTwice(context, {
      name: 'guards',
      origin,
      binding: bindGuards(),
      // Its contract lacks the refusals that it is tested with.
      isFuzzed: ({ id }) => id !== 'getUndeclared',
      credentials: { good: 'ann+items:read+items:all', other: 'bob', bad: 'bad' },
    });
  });
});
