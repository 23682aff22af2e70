import assert from 'node:assert/strict';
import { asyncProperty, check, type Arbitrary, type RunDetails } from 'fast-check';
import type { ModuleBinding } from '#kernel/contract/module-binding.ts';
import type { Operation } from '#kernel/contract/operation.ts';
import { checkEcho, type ReadEcho } from './echo-oracle.ts';
import { FuzzClient } from './fuzz-client.ts';
import { FuzzContract, type FuzzOperation } from './fuzz-contract.ts';
import { StoredResources, type StatedChangesByResource } from './stored-resources.ts';
import { lifeCycleArbitrary, type LifeCycle } from './life-cycle-arbitrary.ts';
import { LifeCycleRun, type LivingResource } from './run-life-cycle.ts';
import { describeMessage, type CredentialTexts, type Message } from './message.ts';
import { anyRequestArbitrary, requestArbitrary, type FuzzRequest } from './request-arbitrary.ts';
import { checkNothingRepeated } from './secrecy-oracle.ts';

/** An app and its contract. */
export interface FuzzTarget {
  /** Names the run in messages; what `npm run fuzz -- --only` takes. */
  readonly name: string;
  readonly origin: string;
  readonly binding: ModuleBinding;
  readonly credentials: CredentialTexts;
  /** Left out: every operation. */
  readonly isFuzzed?: (operation: Operation) => boolean;
  /** What the contract says in words about how it keeps things. */
  readonly changes?: StatedChangesByResource;
  /** Where operations answer with the request that they were given. */
  readonly readEcho?: ReadEcho;
}

/** From which seed, and for how long: a time, or a number of requests and of life cycles of each kind. */
export type FuzzLength = { readonly seed: number } & (
  | { readonly durationMs: number }
  | { readonly runs: number }
);

/** What a run did. */
export interface FuzzTotals {
  readonly requests: number;
  /** `200 x 15, 404 x 2`. */
  readonly statuses: string;
  /** Writes that were read again and compared whole. */
  readonly readBack: number;
  /** Things that were created and lived through their steps. */
  readonly lifeCycles: number;
  /** Requests that came back from a handler as they were sent. */
  readonly echoes: number;
}

/** When to stop. */
interface Limits {
  /** Varies the seed, so that asking again asks something else. */
  readonly round?: number;
  readonly numRuns?: number;
  readonly timeMs: number;
}

/** An answer broke an oracle. The message says what, how to see it again, and with which request. */
export class FuzzFailure extends Error {
  override readonly name = 'FuzzFailure';
}

/** How often each operation is asked at a time before the time counts, so that none is left out on a slow machine. */
const RUNS_PER_ROUND = 8;
const MAX_ROUNDS = 12;
const MAX_SHRINK_MS = 20_000;

/**
 * Sends requests made from the contract and holds every answer to the oracles: to each operation a number of times, then to any of them, then
 * in the life cycles of things.
 *
 * @throws {FuzzFailure} at the first answer that is wrong, with the smallest request that was found to lead to it.
 * @throws {AssertionError} when an operation never succeeded, or never refused.
 */
export async function runFuzz(target: FuzzTarget, length: FuzzLength): Promise<FuzzTotals> {
  const contract = new FuzzContract(target.binding, target.isFuzzed);
  using client = new FuzzClient(contract, target.origin, target.credentials);
  const things = new StoredResources(client, target.changes ?? {});
  const counts = { lifeCycles: 0, echoes: 0 };
  const { seed } = length;
  let failing: Message | undefined;

  async function tryRequest(fuzz: FuzzRequest): Promise<void> {
    const thing = things.choose(fuzz);
    const exchanged = await client.send(fuzz, thing);
    checkNothingRepeated(fuzz, exchanged.answer);
    await things.follow(fuzz, exchanged, thing);
    if (checkEcho(contract, fuzz, exchanged, thing, target.readEcho)) counts.echoes += 1;
  }

  /** Tries values until the limits are reached. Of a failure that is made smaller, the last one is the smallest. */
  async function hold<T>(
    values: Arbitrary<T>,
    tryValue: (value: T) => Promise<void>,
    limits: Limits,
  ): Promise<void> {
    const property = asyncProperty(values, async (value) => {
      try {
        await tryValue(value);
      } catch (error) {
        failing = client.lastMessage;
        throw error;
      }
    });
    const details = await check(property, {
      seed: seed + (limits.round ?? 0) * 7919,
      numRuns: limits.numRuns ?? Number.MAX_SAFE_INTEGER,
      interruptAfterTimeLimit: limits.timeMs,
      markInterruptAsFailure: false,
    });
    // Time that is up before the first value was tried counts as a failure too, one without an example.
    if (details.failed && details.counterexample !== null) throw toFailure(target, seed, details, failing);
  }

  const ask = (described: FuzzOperation, round: number): Promise<void> =>
    hold(requestArbitrary(contract, described), tryRequest, {
      round,
      numRuns: RUNS_PER_ROUND,
      timeMs: MAX_SHRINK_MS,
    });
  // What is created is what everything else is about, until it is deleted.
  for (const described of contract.operations.toSorted((one, other) => turnOf(one) - turnOf(other))) {
    const { operation } = described;
    for (let round = 0; round < MAX_ROUNDS && !client.coverage.isComplete(operation.id); round += 1) {
      if (round > 0) for (const creation of things.creationsFor(operation)) await ask(creation, round);
      await ask(described, round);
    }
  }
  const living = contract.resources.filter(
    (resource): resource is LivingResource => resource.create !== undefined,
  );
  const share = 'runs' in length ? length.runs : length.durationMs / (1 + Math.min(living.length, 1));
  const limitsOf = (part: number): Limits =>
    'runs' in length ? { numRuns: part, timeMs: MAX_SHRINK_MS } : { timeMs: part };
  await hold(anyRequestArbitrary(contract), tryRequest, limitsOf(share));
  for (const resource of living) {
    const run = new LifeCycleRun(client, things, resource);
    const tryLifeCycle = async (lifeCycle: LifeCycle): Promise<void> => {
      if (await run.execute(lifeCycle)) counts.lifeCycles += 1;
    };
    const anyLifeCycle = lifeCycleArbitrary(contract, resource);
    const before = counts.lifeCycles;
    for (let round = 1; round <= MAX_ROUNDS && counts.lifeCycles === before; round += 1) {
      await hold(anyLifeCycle, tryLifeCycle, { round, numRuns: RUNS_PER_ROUND, timeMs: MAX_SHRINK_MS });
    }
    assert.ok(counts.lifeCycles > before, 'no resource was created');
    await hold(anyLifeCycle, tryLifeCycle, limitsOf(Math.ceil(share / living.length)));
  }
  client.coverage.assertComplete();
  const { requests, summary } = client.coverage;
  return { requests, statuses: summary, readBack: things.readBack, ...counts };
}

function turnOf({ operation }: FuzzOperation): number {
  if (operation.method === 'post') return 0;
  return operation.method === 'delete' ? 2 : 1;
}

function toFailure<T>(
  { name }: FuzzTarget,
  seed: number,
  { counterexample, errorInstance, numRuns, numShrinks }: RunDetails<[T]>,
  failing: Message | undefined,
): FuzzFailure {
  const what = errorInstance instanceof Error ? errorInstance.message : String(errorInstance);
  const example = JSON.stringify(counterexample?.[0], undefined, 1);
  return new FuzzFailure(
    [
      what,
      `Again: npm run fuzz -- --only ${name} --seed ${seed}`,
      `Found after ${numRuns} runs, made smaller ${numShrinks} times.`,
      ...(failing === undefined ? [] : [`Sent:\n${describeMessage(failing)}`]),
      `Made from: ${example}`,
    ].join('\n'),
    { cause: errorInstance },
  );
}
