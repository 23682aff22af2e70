import { readdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { main as runTests } from '../test/main.ts';

const USAGE = `Usage: npm run fuzz -- [--minutes <n>] [--seed <n>] [--only <contract>]

  --minutes <n>       how long to fuzz, in all, up to 1440 (default 5)
  --seed <n>          repeats the run with this seed
  --only <contract>   a module of this API, crud, kitchen-sink or guards, for the whole time
`;

/** Modules by the names of their folders, and contracts of `tests/contracts`. */
const CONTRACTS = [...moduleFolders(), 'crud', 'kitchen-sink', 'guards'];
const MAX_MINUTES = 1440;

function moduleFolders(): readonly string[] {
  return readdirSync(new URL('../../specs/', import.meta.url), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'common')
    .map(({ name }) => name);
}

/** What a run is told; `only` undefined is every contract. */
interface FuzzArguments {
  readonly minutes: number;
  readonly seed: number | undefined;
  readonly only: string | undefined;
}

/**
 * Sends requests made from the contracts to every operation for a while, on a PostgreSQL of its own, and tells what breaks.
 *
 * @returns 0 when every answer kept its contract, 1 when one did not or it could not be run.
 */
export async function main(args: readonly string[], variables: NodeJS.ProcessEnv): Promise<number> {
  const options = parseArguments(args);
  if (options === undefined) {
    process.stderr.write(USAGE);
    return 1;
  }
  const { minutes, seed, only } = options;
  const share = only === undefined ? 1 : CONTRACTS.length;
  const code = await runTests(
    ['tests/fuzz/fuzz.http.test.ts', ...(only === undefined ? [] : ['--name', `\\(${only}\\)`])],
    {
      ...variables,
      FUZZ_SECONDS: String(minutes * 60 * share),
      FUZZ_SEED: seed === undefined ? undefined : String(seed),
    },
  );
  return code === 2 ? 1 : code;
}

function parseArguments(args: readonly string[]): FuzzArguments | undefined {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        minutes: { type: 'string', default: '5' },
        seed: { type: 'string' },
        only: { type: 'string' },
      },
    });
    const minutes = Number(values.minutes);
    const seed = values.seed === undefined ? undefined : Number(values.seed);
    const { only } = values;
    const isUsable =
      minutes > 0 &&
      minutes <= MAX_MINUTES &&
      (seed === undefined || (Number.isSafeInteger(seed) && seed >= 0)) &&
      (only === undefined || CONTRACTS.includes(only));
    return isUsable ? { minutes, seed, only } : undefined;
  } catch {
    return undefined;
  }
}

if (import.meta.main) process.exitCode = await main(process.argv.slice(2), process.env);
