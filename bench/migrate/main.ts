import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { migrateUp } from '../../scripts/migrations/migrate.ts';
import { startThrowawayPostgres } from '../../scripts/postgres/throwaway.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const COMMAND = fileURLToPath(new URL('../../scripts/migrations/main.ts', import.meta.url));
const RUNS = 15;

/** What a command may take, in milliseconds, as a whole process on a migrated database. */
const TARGETS = { status: 300, up: 400, plan: 400 } as const;

/**
 * Prints how long the migration commands that find nothing to do take, as whole processes: the median and the slowest of 15
 * runs each. `node bench/migrate/main.ts`
 *
 * @returns 0 when every median is below its target, else 1.
 */
export async function main(): Promise<number> {
  const postgres = await startThrowawayPostgres();
  try {
    await migrateUp({ url: postgres.url, root: ROOT, log: () => {} });
    let isFast = true;
    for (const [name, target] of Object.entries(TARGETS)) {
      const times: number[] = [];
      for (let run = 0; run < RUNS; run += 1) {
        times.push(await measure(name, postgres.url));
      }
      times.sort((left, right) => left - right);
      const median = times[Math.floor(RUNS / 2)] ?? 0;
      isFast &&= median < target;
      console.log(
        `${name.padEnd(8)} median ${median.toFixed(0)} ms, slowest ${(times.at(-1) ?? 0).toFixed(0)} ms (target ${target} ms)`,
      );
    }
    return isFast ? 0 : 1;
  } finally {
    await postgres.stop();
  }
}

async function measure(command: string, url: string): Promise<number> {
  const started = performance.now();
  const child = spawn(process.execPath, [COMMAND, command], {
    env: { DATABASE_URL: url },
    stdio: 'ignore',
  });
  await once(child, 'exit');
  if (child.exitCode !== 0) {
    throw new Error(`migrate ${command} ended with ${child.exitCode}`);
  }
  return performance.now() - started;
}

if (import.meta.main) {
  process.exitCode = await main();
}
