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
}

export const USAGE = `Usage: npm run bench -- [options]
  --rounds <n>        rounds; each measures every operation of every server (5)
  --requests <n>      requests of one operation to one server in a round (2000)
  --warm-up <n>       requests of one operation to one server before the first round (4000)
  --connections <n>   connections of the load generator (8)
  --recipes <n>       recipes in the database (100000)
  --only <list>       of ${OPERATIONS.join(',')}
  --peers <list>      of ${PEERS.join(',')}
  --gate              end with 1 when ours takes more CPU than the limits of gate.ts allow
`;

/** The arguments are wrong; `message` says how. */
export class UsageError extends Error {}

/** @throws {UsageError} */
export function readOptions(args: readonly string[]): BenchOptions {
  const { values } = parse(args);
  return {
    rounds: count('--rounds', values.rounds),
    requests: count('--requests', values.requests),
    warmUp: count('--warm-up', values['warm-up']),
    connections: count('--connections', values.connections),
    recipes: count('--recipes', values.recipes),
    operations: choose('--only', values.only, OPERATIONS),
    peers: choose('--peers', values.peers, PEERS),
    gate: values.gate,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        rounds: { type: 'string', default: '5' },
        requests: { type: 'string', default: '2000' },
        'warm-up': { type: 'string', default: '4000' },
        connections: { type: 'string', default: '8' },
        recipes: { type: 'string', default: '100000' },
        only: { type: 'string', default: OPERATIONS.join(',') },
        peers: { type: 'string', default: PEERS.join(',') },
        gate: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

function count(name: string, value: string): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number) || number < 1)
    throw new UsageError(`${name} takes a whole number from 1.`);
  return number;
}

function choose<const T extends string>(name: string, value: string, choices: readonly T[]): readonly T[] {
  const wanted = value.split(',');
  const unknown = wanted.find((each) => !choices.some((choice) => choice === each));
  if (unknown !== undefined)
    throw new UsageError(`${name} takes ${choices.join(', ')}; "${unknown}" is none of them.`);
  return choices.filter((choice) => wanted.includes(choice));
}
