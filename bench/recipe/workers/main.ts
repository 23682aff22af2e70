import { mkdtemp, mkdir, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { startFakeIdentity } from '#tests/kit/identity.ts';
import { isBuildFresh } from '../../../scripts/build/freshness.ts';
import { main as build } from '../../../scripts/build/main.ts';
import { startThrowawayPostgres } from '../../../scripts/postgres/throwaway.ts';
import { cpuTimeNs, processTree, residentBytes } from '../../kit/cpu-time.ts';
import { installPeers } from '../../kit/install.ts';
import { startLoadClient } from '../../kit/load-client.ts';
import { recordResults } from '../../kit/results.ts';
import { showBeside } from '../../kit/spread.ts';
import { table } from '../../kit/table.ts';
import { fill } from '../http/fill.ts';
import { CONTENT } from '../http/requests.ts';
import { startServer, type RunningServer } from '../http/servers.ts';

const ROOT = join(import.meta.dirname, '../../..');
const COMMAND = 'node bench/recipe/workers/main.ts';
const WORKERS = [1, 2] as const;
const ROUNDS = 7;
const REQUESTS = 3000;
const CONNECTIONS = 16;
const RECIPES = 1000;
const NS_PER_MICROSECOND = 1000;
const MEGABYTE = 1_000_000;

/**
 * What a second worker brings: `node bench/recipe/workers/main.ts`. The requests are long recipes with a mistake in the last step, so
 * that reading and checking them is all the work: no database, and little for the load generator, which has the same cores.
 *
 * @param isRecorded whether the report goes into `bench/RESULTS.md`: `--record`.
 * @returns 0, or 1 when the build fails.
 */
export async function main(isRecorded: boolean): Promise<0 | 1> {
  await installPeers();
  if (!(await isBuildFresh(ROOT)) && (await build(ROOT)) !== 0) return 1;
  await using cleanup = new AsyncDisposableStack();
  const root = await mkdtemp(join(tmpdir(), 'bench-'));
  cleanup.defer(() => rm(root, { recursive: true, force: true }));
  const postgres = await startThrowawayPostgres();
  cleanup.defer(() => postgres.stop());
  await fill(postgres, RECIPES);
  const identity = cleanup.use(await startFakeIdentity());
  const servers: RunningServer[] = [];
  for (const workers of WORKERS) {
    const folder = join(root, String(workers));
    await mkdir(folder);
    const variables = { WORKERS: String(workers), RATE_LIMIT_STORE: 'memory', LOG_LEVEL: 'warn' };
    const server = await startServer('ours', { databaseUrl: postgres.url, identity, folder, variables });
    cleanup.defer(() => server.stop());
    servers.push(server);
  }
  const client = startLoadClient();
  cleanup.defer(() => client[Symbol.dispose]());
  const steps = [...Array.from({ length: 99 }, (_, index) => `Step ${index} of a long recipe.`), ''];
  const ingredients = Array.from({ length: 12 }, () => CONTENT.ingredients).flat();
  const request = {
    method: 'POST' as const,
    path: '/recipes',
    headers: {
      accept: 'application/json',
      authorization: `Bearer ${identity.token()}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ ...CONTENT, ingredients, steps }),
    status: 400,
  };
  const run = async ({ origin }: RunningServer) =>
    client.run({ origin, requests: [request], amount: REQUESTS, connections: CONNECTIONS });
  const perSecond: number[][] = WORKERS.map(() => []);
  const cpu: number[][] = WORKERS.map(() => []);
  const resident: number[][] = WORKERS.map(() => []);
  for (const server of servers) await run(server);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const offset of servers.keys()) {
      const index = (offset + round) % servers.length;
      const server = servers[index];
      if (server === undefined) continue;
      const pids = await processTree(server.pid);
      const before = await cpuTimeNs(pids);
      const { elapsedMs } = await run(server);
      cpu[index]?.push(Number((await cpuTimeNs(pids)) - before) / NS_PER_MICROSECOND / REQUESTS);
      perSecond[index]?.push((REQUESTS / elapsedMs) * 1000);
      resident[index]?.push((await residentBytes(pids)) / MEGABYTE);
    }
  }
  const columns = [perSecond, cpu, resident];
  const rows = Array.from(WORKERS, (workers, index) => {
    const cells = columns.map((values) => showBeside(values[index] ?? [], values[0] ?? []));
    return [String(workers), ...cells];
  });
  const printed = `${new Date().toISOString().slice(0, 10)}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, Linux, Node.js ${process.versions.node}. ${ROUNDS} rounds of ${REQUESTS} refused recipes of ${request.body.length} bytes over ${CONNECTIONS} connections.\n\n${table(['WORKERS', 'requests/s', 'CPU µs a request', 'RSS MB'], rows)}\n`;
  process.stdout.write(printed);
  if (isRecorded) await recordResults(COMMAND, printed);
  return 0;
}

if (import.meta.main) process.exitCode = await main(process.argv.includes('--record'));
