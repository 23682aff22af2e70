import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { MessageChannel, Worker } from 'node:worker_threads';

import type { JsonObject } from '../../contract/contract.ts';
import type { ForeignAnswer, ForeignOrder, ForeignQuestion } from './foreign-question.ts';
import { componentOf } from './form-view.ts';

/** The constants of what the tools wrote, by name and by component. */
export interface ForeignData {
  readonly enumerations: JsonObject;
  readonly forms: JsonObject;
}

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
  // Removed here, where the end of the thread is outlived.
  const folder = await mkdtemp(path.join(os.tmpdir(), 'generate-sdk-'));
  const worker = (loaded ??= start());
  const { port1: here, port2: there } = new MessageChannel();
  const isOver = new AbortController();
  // Loaded while the tools run.
  import('./read-literals.ts').catch(() => {});
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  try {
    const order: ForeignOrder = { question, folder, port: there };
    worker.postMessage(order, [there]);
    // An open port keeps the process alive until the answer is there; the thread does not.
    const [answer] = await Promise.race([
      once(here, 'message', { signal: timeout }),
      once(worker, 'exit', { signal: isOver.signal }).then(() => [ENDED]),
    ]);
    return await dataOf(answer);
  } catch (error) {
    if (!timeout.aborted) throw error;
    // Whatever state the tools are in, the next question gets others.
    if (loaded === worker) dismissForeign();
    throw new Error('orval and openapi-typescript-codegen take too long', { cause: error });
  } finally {
    isOver.abort();
    here.close();
    // A thread that is ended may still be writing.
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 20 });
  }
}

const ENDED: ForeignAnswer = {
  ok: false,
  message: 'the thread of orval and openapi-typescript-codegen ended without an answer',
};

/** Read here and not in the thread: the parser is native code, which does not outlive the end of a thread. */
async function dataOf(answer: ForeignAnswer): Promise<ForeignData> {
  if (!answer.ok) throw new Error(answer.message);
  const { readLiterals } = await import('./read-literals.ts');
  const read = (tool: string, texts: readonly string[]): JsonObject => {
    try {
      return Object.fromEntries(texts.flatMap((text) => Object.entries(readLiterals(text))));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new Error(`what ${tool} wrote is not what it was asked for: ${reason}`, { cause: error });
    }
  };
  const forms = Object.entries(read('openapi-typescript-codegen', answer.forms));
  return {
    enumerations: read('orval', answer.enumerations),
    forms: Object.fromEntries(forms.map(([name, value]) => [componentOf(name.slice(1)) ?? name, value])),
  };
}

function start(): Worker {
  const worker = new Worker(new URL('foreign-worker.ts', import.meta.url));
  // One that ends while nobody asks is replaced when somebody does, who then hears why.
  worker.on('error', () => {});
  worker.once('exit', () => {
    if (loaded === worker) loaded = undefined;
  });
  worker.unref();
  return worker;
}
