import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** What a process holds on to while nothing is asked of it. */
export interface Usage {
  /** Bytes of live objects. */
  readonly heapBytes: number;
  /** Buffers and other memory outside of the heap. */
  readonly externalBytes: number;
  /** What keeps the process from ending: sockets, servers, files, timers. */
  readonly handles: number;
}

/** What two runs of the same length may differ in: caches of plans, statements and compiled code. */
const MEMORY_SLACK_BYTES = 16 * 1024 * 1024;
const HANDLE_SLACK = 4;

/** Measures after everything under way has ended and garbage was collected. */
export async function measureUsage(): Promise<Usage> {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  for (let round = 0; round < 3; round += 1) {
    await sleep(50);
    if (typeof collect === 'function') collect();
  }
  const { heapUsed, external } = process.memoryUsage();
  // The sleep above is a timer itself, but over by now.
  const handles = process.getActiveResourcesInfo().filter((kind) => kind !== 'Immediate').length;
  return { heapBytes: heapUsed, externalBytes: external, handles };
}

/** How much more a process holds on to than before. */
export function usageGrowth(before: Usage, after: Usage): Usage {
  return {
    heapBytes: after.heapBytes - before.heapBytes,
    externalBytes: after.externalBytes - before.externalBytes,
    handles: after.handles - before.handles,
  };
}

/** @throws {AssertionError} when something was held on to that the same work needed once already. */
export function assertNoLeak({ heapBytes, externalBytes, handles }: Usage): void {
  assert.ok(heapBytes < MEMORY_SLACK_BYTES, `the heap grew by ${heapBytes} bytes`);
  assert.ok(externalBytes < MEMORY_SLACK_BYTES, `buffers grew by ${externalBytes} bytes`);
  assert.ok(handles <= HANDLE_SLACK, `${handles} more handles are open`);
}
