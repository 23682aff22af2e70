import { once } from 'node:events';
import { MessageChannel, Worker } from 'node:worker_threads';

import type { JsonObject } from '../../contract/contract.ts';

/** Documents for the tools; a tool without one is not run. */
export interface ForeignQuestion {
  /** For orval: the enumerations. */
  readonly enumerations: JsonObject | undefined;
  /** For openapi-typescript-codegen: the components of forms. */
  readonly forms: JsonObject | undefined;
}

/** The constants of what the tools wrote, by name and by component. */
export interface ForeignData {
  readonly enumerations: JsonObject;
  readonly forms: JsonObject;
}

/** What comes back from the tools: data, or why there is none. */
export type ForeignAnswer =
  | ({ readonly ok: true } & ForeignData)
  | { readonly ok: false; readonly message: string };

/** The tools take well below a second, a few when the machine is busy. */
const TIMEOUT_MS = 60_000;

let loaded: Worker | undefined;

/** Starts to load the tools, so that `askForeign` finds them loaded. They keep no process alive. */
export function prepareForeign(): void {
  loaded ??= start();
}

/** Ends the thread that has the tools loaded. */
export function dismissForeign(): void {
  void loaded?.terminate();
  loaded = undefined;
}

/**
 * Runs the tools and reads what they wrote. They stay loaded afterwards.
 *
 * @throws when a tool cannot be run, gives no text that can be read, or takes longer than a minute.
 */
export async function askForeign(question: ForeignQuestion): Promise<ForeignData> {
  const worker = (loaded ??= start());
  const { port1: here, port2: there } = new MessageChannel();
  const isOver = new AbortController();
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  try {
    worker.postMessage({ question, port: there }, [there]);
    // An open port keeps the process alive until the answer is there; the thread does not.
    const [answer] = await Promise.race([
      once(here, 'message', { signal: timeout }),
      once(worker, 'exit', { signal: isOver.signal }).then(() => [ENDED]),
    ]);
    return dataOf(answer);
  } catch (error) {
    // Whatever state the tools are in, the next question gets others.
    if (loaded === worker) dismissForeign();
    throw timeout.aborted ? new Error('orval and openapi-typescript-codegen take too long') : error;
  } finally {
    isOver.abort();
    here.close();
  }
}

const ENDED: ForeignAnswer = {
  ok: false,
  message: 'the thread of orval and openapi-typescript-codegen ended without an answer',
};

function dataOf(answer: ForeignAnswer): ForeignData {
  if (!answer.ok) throw new Error(answer.message);
  return answer;
}

function start(): Worker {
  const worker = new Worker(new URL('foreign-worker.ts', import.meta.url));
  worker.unref();
  return worker;
}
