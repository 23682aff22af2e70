import { parseArgs } from 'node:util';

export const OPERATIONS = ['get', 'list', 'post'] as const;
export type Operation = (typeof OPERATIONS)[number];

export const PEERS = ['fastify', 'express', 'floor'] as const;
export type Peer = (typeof PEERS)[number];

export interface BenchOptions {
  readonly rounds: number;
  /** Requests of one operation to one server in a round. */
  readonly requests: number;
  /** Requests of one operation to one server before the first round. */
  readonly warmUp: number;
  readonly connections: number;
  readonly recipes: number;
  readonly operations: readonly Operation[];
  readonly peers: readonly Peer[];
  /** Whether ours taking more CPU than `gate.ts` allows is a failure. */
  readonly gate: boolean;
  /** Whether the report goes into `bench/RESULTS.md`. */
  readonly record: boolean;
}

/** With fewer some authors or visibilities would be missing. */
const FEWEST_RECIPES = 2000;
/** What is measured when nothing is said about it. */
const WHOLE = { rounds: '5', requests: '2000', warmUp: '4000', recipes: '100000', peers: PEERS.join(',') };
/** As short as a comparison of CPU times can be and still mean something: under a minute. */
const GATE = { rounds: '9', requests: '700', warmUp: '2500', recipes: '10000', peers: 'fastify' };

export const USAGE = `Usage: npm run bench -- [options]
  --rounds <n>        rounds; each measures every operation of every server (${WHOLE.rounds})
  --requests <n>      requests of one operation to one server in a round (${WHOLE.requests})
  --warm-up <n>       requests of one operation to one server before the first round (${WHOLE.warmUp})
  --connections <n>   connections of the load generator (8)
  --recipes <n>       recipes in the database (${WHOLE.recipes}; at least ${FEWEST_RECIPES})
  --only <list>       of ${OPERATIONS.join(',')}
  --peers <list>      of ${PEERS.join(',')}
  --gate              a short run, which ends with 1 when ours takes more CPU than gate.ts allows
  --record            put what is printed into bench/RESULTS.md
`;

/** The arguments are wrong; `message` says how. */
export class UsageError extends Error {}

/** @throws {UsageError} */
export function readOptions(args: readonly string[]): BenchOptions {
  const { values } = parse(args);
  const defaults = values.gate ? GATE : WHOLE;
  return {
    rounds: count('--rounds', values.rounds ?? defaults.rounds),
    requests: count('--requests', values.requests ?? defaults.requests),
    warmUp: count('--warm-up', values['warm-up'] ?? defaults.warmUp),
    connections: count('--connections', values.connections),
    recipes: count('--recipes', values.recipes ?? defaults.recipes, FEWEST_RECIPES),
    operations: choose('--only', values.only, OPERATIONS),
    peers: choose('--peers', values.peers ?? defaults.peers, PEERS),
    gate: values.gate,
    record: values.record,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        rounds: { type: 'string' },
        requests: { type: 'string' },
        'warm-up': { type: 'string' },
        connections: { type: 'string', default: '8' },
        recipes: { type: 'string' },
        only: { type: 'string', default: OPERATIONS.join(',') },
        peers: { type: 'string' },
        gate: { type: 'boolean', default: false },
        record: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

function count(name: string, value: string, least = 1): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number) || number < least)
    throw new UsageError(`${name} takes a whole number from ${least}.`);
  return number;
}

function choose<const T extends string>(name: string, value: string, choices: readonly T[]): readonly T[] {
  const wanted = value.split(',');
  const unknown = wanted.find((each) => !choices.some((choice) => choice === each));
  if (unknown !== undefined)
    throw new UsageError(`${name} takes ${choices.join(', ')}; "${unknown}" is none of them.`);
  return choices.filter((choice) => wanted.includes(choice));
}
