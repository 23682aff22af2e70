import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

/** How the API is run. */
export interface ApiProcessOptions {
  readonly root: string;
  /** The API's own address, to see whether it serves. */
  readonly url: string;
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** Its log and its complaints, line by line. */
  readonly onLine: (line: string) => void;
}

const START_TIMEOUT_MS = 30_000;
const STOP_TIMEOUT_MS = 15_000;
const POLL_MS = 25;

/** The API as a child process that ends when this one does. One at a time. */
export class ApiProcess {
  readonly #options: ApiProcessOptions;
  #child: ChildProcess | undefined;

  constructor(options: ApiProcessOptions) {
    this.#options = options;
  }

  /** Starts the API and waits until it serves. False when it ended instead; it has then said why. */
  async start(): Promise<boolean> {
    const child = this.#spawn();
    this.#child = child;
    const deadlineMs = performance.now() + START_TIMEOUT_MS;
    while (isRunning(child) && performance.now() < deadlineMs) {
      if (await answers(`${this.#options.url}/livez`)) return isRunning(child);
      await sleep(POLL_MS);
    }
    await this.stop();
    return false;
  }

  /** Resolves when the API that runs now ends, for whatever reason. */
  async ended(): Promise<void> {
    if (this.#child !== undefined && isRunning(this.#child)) await once(this.#child, 'exit');
  }

  /** Asks the API to end, insists when it takes too long, and waits for it. */
  async stop(): Promise<void> {
    const child = this.#child;
    if (child === undefined || !isRunning(child)) return;
    const exited = once(child, 'exit');
    child.kill('SIGTERM');
    const impatience = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
    await exited;
    clearTimeout(impatience);
  }

  #spawn(): ChildProcess {
    const { root, variables, onLine } = this.#options;
    const child = spawn(
      process.execPath,
      ['--import', join(import.meta.dirname, 'end-with-parent.mjs'), join(root, 'src', 'main.ts')],
      // A process group of its own: Ctrl-C in the terminal reaches this process only, which then stops the API.
      { cwd: root, env: { ...variables }, detached: true, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] },
    );
    for (const stream of [child.stdout, child.stderr]) {
      if (stream !== null) createInterface({ input: stream }).on('line', onLine);
    }
    return child;
  }
}

function isRunning(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null;
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(1000) });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}
