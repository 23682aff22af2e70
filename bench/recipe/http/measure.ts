import { cpuSpentNs, cpuTimeNs, cpuTimesNs, processTree, residentBytes } from '../../kit/cpu-time.ts';
import type { LoadClient, LoadRequest } from '../../kit/load-client.ts';
import type { BenchOptions, Operation } from './options.ts';
import type { RunningServer, ServerName } from './servers.ts';

/** One operation of one server in one round. */
export interface Sample {
  readonly requestsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Microseconds of CPU that the server took for a request. */
  readonly serverMicroseconds: number;
  /** And PostgreSQL. */
  readonly databaseMicroseconds: number;
  /** Of the server, after the load. */
  readonly residentMegabytes: number;
}

/** Samples of each operation and server, by round. */
export type Samples = Readonly<Record<Operation, Partial<Record<ServerName, readonly Sample[]>>>>;

const MEGABYTE = 1_000_000;
const NS_PER_MICROSECOND = 1000;
const MS_PER_SECOND = 1000;

/**
 * Measures in rounds. In each round the servers take turns with the same requests, one right after the other and each time another
 * one first, so that what else the machine does weighs on all alike.
 */
export async function measure(
  servers: readonly RunningServer[],
  surroundings: {
    readonly client: LoadClient;
    readonly requests: Readonly<Record<Operation, readonly LoadRequest[]>>;
    readonly postgresPid: number;
    readonly options: BenchOptions;
  },
): Promise<Samples> {
  const { client, requests, options, postgresPid } = surroundings;
  const { rounds, operations, warmUp, connections } = options;
  const load = (server: RunningServer, operation: Operation, amount: number) =>
    client.run({ origin: server.origin, requests: requests[operation], amount, connections });
  for (const server of servers) {
    for (const operation of operations) await load(server, operation, warmUp);
  }
  const samples: Record<Operation, Partial<Record<ServerName, Sample[]>>> = { get: {}, list: {}, post: {} };
  for (let round = 0; round < rounds; round += 1) {
    for (const operation of operations) {
      for (const index of servers.keys()) {
        const server = servers[(index + round) % servers.length];
        if (server === undefined) continue;
        const own = await processTree(server.pid);
        const ownBefore = await cpuTimeNs(own);
        const databaseBefore = await cpuTimesNs(await processTree(postgresPid));
        const { elapsedMs, p50Ms, p99Ms } = await load(server, operation, options.requests);
        const ownAfter = await cpuTimeNs(own);
        // Connections come and go, those of the servers that wait for their turn too.
        const databaseAfter = await cpuTimesNs(await processTree(postgresPid));
        const perRequest = (ns: bigint): number => Number(ns) / NS_PER_MICROSECOND / options.requests;
        (samples[operation][server.name] ??= []).push({
          requestsPerSecond: (options.requests / elapsedMs) * MS_PER_SECOND,
          p50Ms,
          p99Ms,
          serverMicroseconds: perRequest(ownAfter - ownBefore),
          databaseMicroseconds: perRequest(cpuSpentNs(databaseBefore, databaseAfter)),
          residentMegabytes: (await residentBytes(own)) / MEGABYTE,
        });
      }
    }
  }
  return samples;
}
