import { fork } from 'node:child_process';
import { join } from 'node:path';
import { PEERS_FOLDER } from './install.ts';

/** A request, and the status that it must be answered with. */
export interface LoadRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly status: number;
}

/** A run: so many requests in all, each connection sends its next when the answer before is there. */
export interface LoadRun {
  readonly origin: string;
  /** Sent in turn. */
  readonly requests: readonly LoadRequest[];
  readonly amount: number;
  readonly connections: number;
}

export interface LoadResult {
  readonly elapsedMs: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** A load generator in a process of its own. */
export interface LoadClient extends Disposable {
  /** @throws {Error} when an answer has another status than expected, or does not come. */
  run(run: LoadRun): Promise<LoadResult>;
}

export function startLoadClient(): LoadClient {
  const child = fork(join(PEERS_FOLDER, 'load.mjs'));
  let settle: ((answer: Answer) => void) | undefined;
  child.on('message', (answer: Answer) => settle?.(answer));
  child.on('exit', () => settle?.({ failure: 'The load generator ended.' }));
  return {
    async run(run) {
      const { promise, resolve } = Promise.withResolvers<Answer>();
      settle = resolve;
      child.send(run);
      const { result, failure } = await promise;
      if (result === undefined) throw new Error(failure);
      return result;
    },
    [Symbol.dispose]: () => void child.kill(),
  };
}

interface Answer {
  readonly result?: LoadResult;
  readonly failure?: string;
}
