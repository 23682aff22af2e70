import { env } from 'node:process';
import { parseArgs } from 'node:util';
import { main as runTests } from '../test/main.ts';

const USAGE = `Usage: npm run fuzz -- [--minutes <n>] [--seed <n>]

  --minutes <n>   how long to fuzz, in all (default 5)
  --seed <n>      repeats the run with this seed
`;

/**
 * Sends requests made from the contract to every operation for a while, on a PostgreSQL of its own, and tells what breaks.
 *
 * @returns 0 when every answer kept the contract, 1 when one did not, 2 when it could not be run.
 */
export async function main(args: readonly string[], variables: NodeJS.ProcessEnv): Promise<number> {
  const options = parseOptions(args);
  if (options === undefined) {
    process.stderr.write(USAGE);
    return 2;
  }
  const { minutes, seed } = options;
  return runTests(['src/testing/fuzz/fuzz.http.test.ts'], {
    ...variables,
    FUZZ_SECONDS: String(minutes * 60),
    ...(seed === undefined ? {} : { FUZZ_SEED: String(seed) }),
  });
}

function parseOptions(args: readonly string[]): { minutes: number; seed: number | undefined } | undefined {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { minutes: { type: 'string', default: '5' }, seed: { type: 'string' } },
    });
    const minutes = Number(values.minutes);
    const seed = values.seed === undefined ? undefined : Number(values.seed);
    const isUsable = minutes > 0 && minutes <= 1440 && (seed === undefined || Number.isSafeInteger(seed));
    return isUsable ? { minutes, seed } : undefined;
  } catch {
    return undefined;
  }
}

if (import.meta.main) process.exitCode = await main(process.argv.slice(2), env);
