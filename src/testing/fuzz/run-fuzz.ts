import assert from 'node:assert/strict';
import { Agent } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { asyncProperty, assert as assertProperty } from 'fast-check';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { ModuleBinding } from '#kernel/contract/module-binding.ts';
import type { Operation } from '#kernel/contract/operation.ts';
import { checkAnswer, checkWritten } from './oracles.ts';
import { requestArbitrary, type FuzzRequest } from './request-arbitrary.ts';
import { sendFuzzRequest, type FuzzAnswer, type FuzzTarget } from './send-request.ts';

export interface FuzzOptions {
  readonly origin: string;
  readonly binding: ModuleBinding;
  readonly tokens: FuzzTarget['tokens'];
  readonly seed: number;
  readonly durationMs: number;
  /** Whether what is created can be read; false for handlers that keep nothing. */
  readonly isKept: boolean;
  readonly isFuzzed?: (operation: Operation) => boolean;
}

/** What a run did. */
export interface FuzzTotals {
  readonly requests: number;
  readonly statuses: ReadonlyMap<number, number>;
  readonly operations: ReadonlySet<string>;
  /** Things that were written and read back. */
  readonly readBack: number;
}

const MAX_KNOWN = 200;
/** Shrinking a failure beyond this finds little more. */
const SHRINK_MS = 20_000;

/**
 * Sends requests made from the contract for a while and holds every answer to the oracles.
 *
 * @throws {Error} with the seed and the smallest failing request.
 */
export async function runFuzz(options: FuzzOptions): Promise<FuzzTotals> {
  const statuses = new Map<number, number>();
  const operations = new Set<string>();
  const known: string[] = [];
  let readBack = 0;
  let requests = 0;
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const target: FuzzTarget = { origin: options.origin, agent, tokens: options.tokens, known };

  async function tryOne(fuzz: FuzzRequest): Promise<void> {
    const answer = await sendFuzzRequest(target, fuzz);
    requests += 1;
    statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
    if (answer.status < 300) operations.add(fuzz.operation.id);
    checkAnswer(fuzz, answer);
    const written = answer.status === 201 && options.isKept ? await readAgain(fuzz, answer) : undefined;
    if (written === undefined) return;
    checkWritten(fuzz.body, written.body);
    readBack += 1;
    if (known.length < MAX_KNOWN) known.push(written.id);
  }

  /** What a `GET` of the `Location` gives; undefined where the contract has none. */
  async function readAgain(
    fuzz: FuzzRequest,
    { headers }: FuzzAnswer,
  ): Promise<{ readonly id: string; readonly body: unknown } | undefined> {
    const { location = '' } = headers;
    const id = location.split('/').at(-1) ?? '';
    const prefix = location.slice(0, -id.length);
    const get = Object.values(options.binding.operations).find(
      ({ method, path }) => method === 'get' && path.startsWith(`${prefix}{`) && path.endsWith('}'),
    );
    if (get === undefined) return undefined;
    const read = await sendFuzzRequest(
      { ...target, known: [id] },
      { ...fuzz, operation: get, known: 0, query: {}, headers: {}, body: undefined, accept: '*/*' },
    );
    assert.equal(read.status, 200, `${fuzz.operation.id} created what cannot be read: ${read.text}`);
    const body: unknown = JSON.parse(read.text);
    return { id, body };
  }

  try {
    await assertProperty(
      asyncProperty(requestArbitrary(options.binding, options.isFuzzed ?? (() => true)), tryOne),
      {
        seed: options.seed,
        numRuns: 100_000_000,
        interruptAfterTimeLimit: options.durationMs,
        markInterruptAsFailure: false,
        endOnFailure: options.durationMs < SHRINK_MS,
      },
    );
  } finally {
    agent.destroy();
  }
  return { requests, statuses, operations, readBack };
}

/** Bytes of live objects, and what keeps the process busy; after everything under way has ended. */
export async function measureRest(): Promise<{ readonly heapBytes: number; readonly handles: number }> {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  for (let round = 0; round < 3; round += 1) {
    await sleep(50);
    if (typeof collect === 'function') collect();
  }
  const busy = process.getActiveResourcesInfo().filter((kind) => kind !== 'Timeout' && kind !== 'Immediate');
  return { heapBytes: process.memoryUsage().heapUsed, handles: busy.length };
}
