import { once } from 'node:events';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { startKitchenSink } from '#tests/contracts/kitchen-sink/start-kitchen-sink.ts';
import { createWorstRequests, type WorstRequest } from './requests.ts';

/** The longest time that one request may block all others. */
const BOUND_MS = 50;
const BODY_LIMIT_BYTES = 1024 * 1024;
const NANOSECONDS_PER_MS = 1_000_000;
const USAGE = 'Usage: npm run bench:worst-requests -- [--runs <n>]\n';

/**
 * Prints for how long the most expensive requests that the limits allow block the event loop. Other work of the machine can
 * only make that longer, so the shortest of several runs counts.
 *
 * @returns 0 when each is within 50 ms, 1 when one is not, 2 when it could not be run.
 */
export async function main(args: readonly string[]): Promise<number> {
  const runs = readRuns(args);
  if (runs === undefined) {
    process.stderr.write(USAGE);
    return 2;
  }
  await using app = await startKitchenSink({ bodyLimitBytes: BODY_LIMIT_BYTES, responseChecks: 'off' });
  const client = new Worker(new URL('client.ts', import.meta.url), { workerData: new URL(app.origin).port });
  const tooLong: string[] = [];
  for (const request of createWorstRequests()) {
    const { status, blockedMs } = await measure(client, request, runs);
    process.stdout.write(`${blockedMs.toFixed(1).padStart(7)} ms  ${status}  ${request.name}\n`);
    if (blockedMs > BOUND_MS) tooLong.push(request.name);
  }
  await client.terminate();
  process.stdout.write(
    tooLong.length === 0
      ? `bound: ${BOUND_MS} ms, kept\n`
      : `bound: ${BOUND_MS} ms, exceeded by ${tooLong.join(', ')}\n`,
  );
  return tooLong.length === 0 ? 0 : 1;
}

function readRuns(args: readonly string[]): number | undefined {
  try {
    const { values } = parseArgs({ args: [...args], options: { runs: { type: 'string', default: '5' } } });
    const runs = Number(values.runs);
    return Number.isSafeInteger(runs) && runs > 0 ? runs : undefined;
  } catch {
    return undefined;
  }
}

async function measure(
  client: Worker,
  { message }: WorstRequest,
  runs: number,
): Promise<{ readonly status: number; readonly blockedMs: number }> {
  let status = 0;
  let blockedMs = Infinity;
  for (let run = 0; run < runs; run += 1) {
    const delays = monitorEventLoopDelay({ resolution: 1 });
    delays.enable();
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
    client.postMessage(message);
    const [answered]: unknown[] = await once(client, 'message');
    delays.disable();
    status = Number(answered);
    blockedMs = Math.min(blockedMs, delays.max / NANOSECONDS_PER_MS);
  }
  return { status, blockedMs };
}

if (import.meta.main) process.exitCode = await main(process.argv.slice(2));
