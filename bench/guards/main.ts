import { once } from 'node:events';
import { connect } from 'node:net';
import { parseArgs } from 'node:util';
import { createLogger } from '../../src/kernel/http/middleware/logger.ts';
import { FixedWindowRateLimiter } from '../../src/kernel/rate-limit/rate-limiter.ts';
import { TrustedProxies } from '../../src/kernel/http/client-address.ts';
import { startGuards, type GuardsOptions } from '#tests/contracts/guards/start-guards.ts';
import { startKitchenSink } from '#tests/contracts/kitchen-sink/start-kitchen-sink.ts';
import { openRevision, RevisionError } from './revision.ts';

const CLOSING_BRACE = 0x7d;
const BUDGET_MICROSECONDS = 25;
const ITEM_PATH = '/items/0198d7a2-8f10-7cc3-9b55-1e3a0c6b7f21';
const BODY = JSON.stringify({ name: 'spoon', count: 3 });

/** Headers of every request of the measurement, to either app. */
const HEADERS = {
  authorization: 'Bearer ann',
  'content-type': 'application/json',
  'if-match': '"v1"',
  traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  'x-forwarded-for': '198.51.100.7, 10.1.1.1',
  'x-forwarded-proto': 'https',
};

/** All guards that can be turned on; the other app has none of them. */
const GUARDS: GuardsOptions = {
  responseChecks: 'off',
  quota: { requests: 1_000_000_000, windowSeconds: 3600 },
  trustedProxies: ['127.0.0.0/8', '10.0.0.0/8'],
};

const USAGE = 'Usage: npm run bench:guards -- [--rounds <n>] [--against <revision>]\n';

/**
 * Prints the CPU time that a request costs with and without rate limits, trusted proxies and transport security, measured in
 * turns in one process: reading (`GET`, deprecated, so with three more headers in both) and writing (`PUT`, validated).
 * With `--against` it compares the kitchen sink of this tree, all of that turned on, with the one that a revision served.
 *
 * @returns 0 when the difference is at most 25 microseconds, 1 when it is more, 2 when it could not be run.
 */
export async function main(args: readonly string[]): Promise<number> {
  const options = readOptions(args);
  if (options === undefined) {
    process.stderr.write(USAGE);
    return 2;
  }
  const { rounds, against } = options;
  try {
    return against === undefined ? await compareGuards(rounds) : await compareKitchens(rounds, against);
  } catch (error) {
    if (!(error instanceof RevisionError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
}

async function compareGuards(rounds: number): Promise<number> {
  await using bareApp = await startGuards({ responseChecks: 'off' });
  await using guardedApp = await startGuards(GUARDS);
  return await report(rounds, [bareApp.origin, guardedApp.origin], {
    read: messageOf('GET', '/old'),
    write: messageOf('PUT', ITEM_PATH, BODY),
  });
}

async function compareKitchens(rounds: number, against: string): Promise<number> {
  await using revision = await openRevision(against);
  await using earlier = await revision.startKitchenSink({ responseChecks: 'off' });
  const { quota, trustedProxies = [] } = GUARDS;
  const proxies = new TrustedProxies(trustedProxies);
  const logger = createLogger({ level: 'silent' });
  await using now = await startKitchenSink({
    responseChecks: 'off',
    trustedProxies,
    rateLimiter: new FixedWindowRateLimiter({ quota, trustedProxies: proxies, logger }),
  });
  return await report(rounds, [earlier.origin, now.origin], {
    read: messageOf('GET', '/headers'),
    write: messageOf('POST', '/notes', '{"text":"salt"}'),
  });
}

/** Prints a line per message; gives the exit code. */
async function report(
  rounds: number,
  apps: readonly [string, string],
  messages: Readonly<Record<string, string>>,
): Promise<number> {
  let isWithin = true;
  for (const [name, message] of Object.entries(messages)) {
    const { bare, added } = await compare(apps, rounds, message);
    isWithin &&= added <= BUDGET_MICROSECONDS;
    process.stdout.write(
      `${name}: ${bare.toFixed(1)} µs without, ${(bare + added).toFixed(1)} µs with: ${added >= 0 ? '+' : ''}${added.toFixed(1)} µs, x${((bare + added) / bare).toFixed(3)}\n`,
    );
  }
  process.stdout.write(`budget: +${BUDGET_MICROSECONDS} µs, ${isWithin ? 'kept' : 'exceeded'}\n`);
  return isWithin ? 0 : 1;
}

interface Options {
  readonly rounds: number;
  readonly against: string | undefined;
}

function readOptions(args: readonly string[]): Options | undefined {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { rounds: { type: 'string', default: '120' }, against: { type: 'string' } },
    });
    const rounds = Number(values.rounds);
    return Number.isSafeInteger(rounds) && rounds > 0 ? { rounds, against: values.against } : undefined;
  } catch {
    return undefined;
  }
}

const REQUESTS_PER_ROUND = 100;

/**
 * CPU microseconds per request, client included: the client's part is the same for both apps and drops out of the difference.
 * The result is the median of the differences of each round, so that other work of the machine disturbs both alike.
 */
async function compare(
  apps: readonly [string, string],
  rounds: number,
  message: string,
): Promise<{ readonly bare: number; readonly added: number }> {
  const costs: [number[], number[]] = [[], []];
  const warmUp = Math.ceil(rounds / 4);
  for (let round = -warmUp; round < rounds; round += 1) {
    // The second app of a round has warmer caches, so they take turns.
    for (const index of round % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const)) {
      // The server ends a connection after so many requests.
      const wire = await connectTo(new URL(apps[index]).port);
      const start = process.cpuUsage();
      for (let count = 0; count < REQUESTS_PER_ROUND; count += 1) await wire.exchange(message);
      const { user, system } = process.cpuUsage(start);
      wire.close();
      if (round >= 0) costs[index].push((user + system) / REQUESTS_PER_ROUND);
    }
  }
  const [bare, guarded] = costs;
  return { bare: median(bare), added: median(guarded.map((cost, round) => cost - (bare[round] ?? 0))) };
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.trunc(values.length / 2)] ?? Number.NaN;
}

/** One connection, its messages written and read as bytes: the client's part of the cost stays small and the same. */
interface Wire {
  exchange(message: string): Promise<void>;
  close(): void;
}

async function connectTo(port: string): Promise<Wire> {
  const socket = connect(Number(port), '127.0.0.1');
  await once(socket, 'connect');
  socket.setNoDelay(true);
  let settle: (() => void) | undefined;
  let failure: Error | undefined;
  socket.on('data', (chunk) => {
    // Every answer is 200 with a small JSON object: its last byte is a brace.
    if (!chunk.includes(' 200 OK')) failure = new Error(`Answered ${chunk.toString().split('\r\n')[0]}.`);
    if (failure !== undefined || chunk.at(-1) === CLOSING_BRACE) settle?.();
  });
  return {
    async exchange(message) {
      const { promise, resolve } = Promise.withResolvers<void>();
      settle = resolve;
      socket.write(message);
      await promise;
      if (failure !== undefined) throw failure;
    },
    close: () => socket.destroy(),
  };
}

function messageOf(method: string, path: string, body = ''): string {
  const lines = Object.entries({ host: 'bench', ...HEADERS, 'content-length': String(body.length) });
  return [`${method} ${path} HTTP/1.1`, ...lines.map((line) => line.join(': ')), '', body].join('\r\n');
}

if (import.meta.main) process.exitCode = await main(process.argv.slice(2));
