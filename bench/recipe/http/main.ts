import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { startFakeIdentity } from '#tests/kit/identity.ts';
import { main as build } from '../../../scripts/build/main.ts';
import { isBuildFresh } from '../../../scripts/build/freshness.ts';
import { readPostmasterFile } from '../../../scripts/postgres/postmaster-file.ts';
import { startThrowawayPostgres } from '../../../scripts/postgres/throwaway.ts';
import { installPeers } from '../../kit/install.ts';
import { startLoadClient } from '../../kit/load-client.ts';
import { recordResults } from '../../kit/results.ts';
import { fill } from './fill.ts';
import { findExcesses, LIMITS } from './gate.ts';
import { measure, type Samples } from './measure.ts';
import { OPERATIONS, readOptions, USAGE, UsageError, type BenchOptions } from './options.ts';
import { cpuRatio, report } from './report.ts';
import { createRequests } from './requests.ts';
import { assertSameAnswers } from './same-answers.ts';
import { DESCRIPTIONS, LOGGING, startServer, type RunningServer } from './servers.ts';

const ROOT = join(import.meta.dirname, '../../..');

/**
 * `npm run bench`: this API beside other ways to serve the same recipes, on one database, in turns.
 *
 * @returns 0; 1 when the build fails or, with `--gate`, ours takes more CPU than allowed; 2 when the arguments are wrong.
 */
export async function main(args: readonly string[]): Promise<0 | 1 | 2> {
  let options: BenchOptions;
  try {
    options = readOptions(args);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${error.message}\n${USAGE}`);
    return 2;
  }
  await installPeers();
  if (!(await isBuildFresh(ROOT)) && (await build(ROOT)) !== 0) return 1;
  const samples = await runAll(options);
  const printed = `${describeRun(options)}\n\n${report(samples)}\n`;
  process.stdout.write(`\n${printed}`);
  if (options.record) await recordResults('npm run bench', printed);
  return options.gate ? judge(samples) : 0;
}

async function runAll(options: BenchOptions): Promise<Samples> {
  await using cleanup = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'bench-'));
  cleanup.defer(() => rm(folder, { recursive: true, force: true }));
  const postgres = await startThrowawayPostgres();
  cleanup.defer(() => postgres.stop());
  const startedAt = performance.now();
  const ids = await fill(postgres, options.recipes);
  tell(`stored ${options.recipes} recipes of eight ingredients`, startedAt);
  const identity = cleanup.use(await startFakeIdentity());
  const requests = createRequests(identity, ids);
  const servers: RunningServer[] = [];
  for (const name of ['ours', ...options.peers] as const) {
    const server = await startServer(name, { databaseUrl: postgres.url, identity, folder });
    cleanup.defer(() => server.stop());
    servers.push(server);
  }
  await assertSameAnswers(servers, requests);
  tell('all give the same answers');
  const client = startLoadClient();
  cleanup.defer(() => client[Symbol.dispose]());
  const postgresPid = (await readPostmasterFile(postgres.dataDir))?.pid ?? 0;
  const measuredAt = performance.now();
  const samples = await measure(servers, { client, requests, postgresPid, options });
  tell('measured', measuredAt);
  await assertLogged(servers, options);
  return samples;
}

/** A log that was not written would make a server look faster than it is. */
async function assertLogged(servers: readonly RunningServer[], options: BenchOptions): Promise<void> {
  const least = options.operations.length * (options.warmUp + options.rounds * options.requests);
  for (const { name, logPath } of servers) {
    if (!LOGGING.has(name)) continue;
    const lines = (await readFile(logPath, 'utf8')).split('\n').length;
    // What is in the buffers still is less than one round.
    if (lines < least - options.requests)
      throw new Error(`${name} logged ${lines} lines of ${least} requests.`);
  }
}

function describeRun({ rounds, requests, warmUp, connections, recipes, peers }: BenchOptions): string {
  const [cpu] = cpus();
  const lines = [
    `${new Date().toISOString().slice(0, 10)}, ${cpus().length} × ${cpu?.model ?? 'unknown'}, Linux, Node.js ${process.versions.node}. ${recipes} recipes; ${rounds} rounds of ${requests} requests over ${connections} connections, after ${warmUp}.`,
    'Least / middle / greatest of the rounds, × how much that is of ours (the middle of the ratios of each round).',
    '',
    ...(['ours', ...peers] as const).map((name) => `- ${name}: ${DESCRIPTIONS[name]}`),
  ];
  return lines.join('\n');
}

function judge(samples: Samples): 0 | 1 {
  const ratios = {
    get: cpuRatio(samples, 'get', 'fastify'),
    list: cpuRatio(samples, 'list', 'fastify'),
    post: cpuRatio(samples, 'post', 'fastify'),
  };
  const excesses = findExcesses(ratios);
  const shown = OPERATIONS.map((each) => `${each} ${ratios[each]?.toFixed(2)} (at most ${LIMITS[each]})`);
  process.stdout.write(`\nCPU of ours as a multiple of Fastify's: ${shown.join(', ')}\n`);
  for (const excess of excesses) process.stderr.write(`${excess}\n`);
  return excesses.length === 0 ? 0 : 1;
}

function tell(what: string, since?: number): void {
  const time = since === undefined ? '' : ` (${((performance.now() - since) / 1000).toFixed(1)} s)`;
  process.stdout.write(`${what}${time}\n`);
}

if (import.meta.main) process.exitCode = await main(process.argv.slice(2));
