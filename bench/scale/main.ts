/**
 * What operations cost that are not asked for: `npm run bench:scale`. Projects with few and with many operations are built as
 * production is, and asked for the same three operations, in turns.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpus } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startFakeIdentity, type FakeIdentity } from '#tests/kit/identity.ts';
import { findFreePort } from '../../scripts/postgres/free-port.ts';
import { cpuTimeNs, residentBytes } from '../kit/cpu-time.ts';
import { installPeers } from '../kit/install.ts';
import { startLoadClient, type LoadRequest } from '../kit/load-client.ts';
import { recordResults } from '../kit/results.ts';
import { showBeside } from '../kit/spread.ts';
import { table } from '../kit/table.ts';
import { OPERATIONS_OF_A_RESOURCE } from './contract.ts';
import { buildProject } from './project.ts';

const HOST = '127.0.0.1';
const CONNECTIONS = 8;
const POLL_MS = 2;
const MEGABYTE = 1_000_000;
const NS_PER_MICROSECOND = 1000;
const USAGE = `Usage: npm run bench:scale -- [options]
  --operations <list>  how many operations each project has, multiples of ${OPERATIONS_OF_A_RESOURCE} (3,30,300,999)
  --rounds <n>         starts and measured rounds of each (5)
  --requests <n>       requests to each in a round (3000)
  --record             put what is printed into bench/RESULTS.md
`;

/** @returns 0, or 2 when the arguments are wrong. */
export async function main(args: readonly string[]): Promise<0 | 2> {
  const options = readOptions(args);
  if (options === undefined) {
    process.stderr.write(USAGE);
    return 2;
  }
  const { sizes, rounds, requests } = options;
  await installPeers();
  await using cleanup = new AsyncDisposableStack();
  const identity = cleanup.use(await startFakeIdentity());
  const load = createRequests(identity);
  const [probe] = load;
  if (probe === undefined) return 2;
  const columns = new Map<number, Columns>(
    sizes.map((size) => [size, { starts: [], startCpu: [], first: [], cpu: [], resident: [] }]),
  );
  const programs = new Map<number, string>();
  for (const size of sizes) programs.set(size, await buildProject(size));
  process.stdout.write(`built ${sizes.length} projects\n`);
  const servers = new Map<number, Server>();
  for (let round = 0; round < rounds; round += 1) {
    for (const [size, program] of programs) {
      const server = await startServer(program, identity, probe);
      columns.get(size)?.starts.push(server.startMs);
      columns.get(size)?.startCpu.push(Number(await cpuTimeNs([server.pid])) / NS_PER_MICROSECOND / 1000);
      columns.get(size)?.first.push((await residentBytes([server.pid])) / MEGABYTE);
      if (round < rounds - 1) await server.stop();
      else servers.set(size, server);
    }
  }
  for (const server of servers.values()) cleanup.defer(() => server.stop());
  const client = startLoadClient();
  cleanup.defer(() => client[Symbol.dispose]());
  const run = ({ origin }: Server) =>
    client.run({ origin, requests: load, amount: requests, connections: CONNECTIONS });
  for (const server of servers.values()) for (let times = 0; times < 3; times += 1) await run(server);
  for (let round = 0; round < rounds; round += 1) {
    const turn = [...servers];
    for (const index of turn.keys()) {
      const [size, server] = turn[(index + round) % turn.length] ?? [];
      if (size === undefined || server === undefined) continue;
      const before = await cpuTimeNs([server.pid]);
      await run(server);
      const after = await cpuTimeNs([server.pid]);
      columns.get(size)?.cpu.push(Number(after - before) / NS_PER_MICROSECOND / requests);
      columns.get(size)?.resident.push((await residentBytes([server.pid])) / MEGABYTE);
    }
  }
  const printed = `${describe(options)}\n\n${show(columns)}\n`;
  process.stdout.write(`\n${printed}`);
  if (options.isRecorded) await recordResults('npm run bench:scale', printed);
  return 0;
}

interface Columns {
  readonly starts: number[];
  readonly startCpu: number[];
  readonly first: number[];
  readonly cpu: number[];
  readonly resident: number[];
}

function show(columns: ReadonlyMap<number, Columns>): string {
  const [smallest] = columns.values();
  const titles: readonly (readonly [keyof Columns, string])[] = [
    ['starts', 'start to first answer, ms'],
    ['startCpu', 'CPU of it, ms'],
    ['first', 'RSS then, MB'],
    ['cpu', 'CPU µs a request'],
    ['resident', 'RSS after load, MB'],
  ];
  const rows = Array.from(columns, ([size, own]) => {
    const cells = titles.map(([of]) => showBeside(own[of], smallest?.[of] ?? []));
    return [String(size), ...cells];
  });
  return table(['operations', ...titles.map(([, title]) => title)], rows);
}

interface Options {
  readonly sizes: readonly number[];
  readonly rounds: number;
  readonly requests: number;
  readonly isRecorded: boolean;
}

function describe({ rounds, requests }: Options): string {
  return `${new Date().toISOString().slice(0, 10)}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, Linux, Node.js ${process.versions.node}. ${rounds} starts and ${rounds} rounds of ${requests} requests (read, list 20, create; no database) over ${CONNECTIONS} connections.\nLeast / middle / greatest, × how much that is of the smallest project.`;
}

function readOptions(args: readonly string[]): Options | undefined {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        operations: { type: 'string', default: '3,30,300,999' },
        rounds: { type: 'string', default: '5' },
        requests: { type: 'string', default: '3000' },
        record: { type: 'boolean', default: false },
      },
    });
    const sizes = values.operations.split(',').map(Number);
    const [rounds, requests] = [Number(values.rounds), Number(values.requests)];
    const isUsable =
      [...sizes, rounds, requests].every((number) => Number.isSafeInteger(number) && number > 0) &&
      sizes.every((size) => size % OPERATIONS_OF_A_RESOURCE === 0);
    return isUsable ? { sizes, rounds, requests, isRecorded: values.record } : undefined;
  } catch {
    return undefined;
  }
}

/** The same three operations of every project. */
function createRequests(identity: Pick<FakeIdentity, 'token'>): readonly LoadRequest[] {
  const headers = { accept: 'application/json', authorization: `Bearer ${identity.token()}` };
  const parts = Array.from({ length: 8 }, (_, index) => ({ name: `part ${index}`, price: '1.50' }));
  return [
    { method: 'GET', path: '/things-1/0198d7a2-8f10-7cc3-9b55-1e3a0c6b7f21', headers, status: 200 },
    { method: 'GET', path: '/things-1?limit=20&label=one', headers, status: 200 },
    {
      method: 'POST',
      path: '/things-1',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify({ title: 'A thing', labels: ['one'], parts }),
      status: 201,
    },
  ];
}

interface Server {
  readonly origin: string;
  readonly pid: number;
  /** Milliseconds from the start of the process to its first answer. */
  readonly startMs: number;
  stop(): Promise<void>;
}

/** @throws {Error} when it ends before it answers, or answers otherwise than expected. */
async function startServer(program: string, identity: FakeIdentity, probe: LoadRequest): Promise<Server> {
  const port = await findFreePort(HOST);
  const startedAt = performance.now();
  const child = spawn(process.execPath, [program], {
    env: {
      PORT: String(port),
      DATABASE_URL: 'postgres://none@127.0.0.1:1/none',
      AUTH_JWKS_URL: identity.jwksUrl,
      AUTH_ISSUER: identity.issuer,
      AUTH_AUDIENCE: identity.audience,
      RATE_LIMIT_REQUESTS: '1000000000',
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = once(child, 'close');
  const origin = `http://${HOST}:${port}`;
  for (;;) {
    const response = await fetch(`${origin}${probe.path}`, { headers: probe.headers }).catch(() => undefined);
    await response?.arrayBuffer();
    if (response?.status === probe.status) break;
    if (response !== undefined) throw new Error(`The first answer was ${response.status}.`);
    if (child.exitCode !== null) throw new Error('The server ended before it answered.');
    await sleep(POLL_MS);
  }
  return {
    origin,
    pid: child.pid ?? 0,
    startMs: performance.now() - startedAt,
    stop: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

if (import.meta.main) process.exitCode = await main(process.argv.slice(2));
