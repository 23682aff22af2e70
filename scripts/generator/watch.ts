import { type FSWatcher, watch } from 'node:fs';
import path from 'node:path';

import { errorCode } from './error-code.ts';
import { type RunOptions, runWrite } from './run.ts';

/** What is watched, below the root. A folder that appears later is seen by the watch on the root itself. */
const WATCHED = ['specs', 'sql', 'migrations'] as const;

/** Editors write a file in several steps; a run starts when nothing has happened for this long. */
const QUIET_MS = 40;

/**
 * Generates, then again after each change of a source, until the signal aborts. Errors, of the sources or of a run,
 * are printed and waited out. Resolves when the last run is over.
 */
export async function watchSources(options: RunOptions, signal: AbortSignal): Promise<void> {
  const changes = new ChangeQueue(options.root, signal);
  try {
    await runOnce(options);
    options.output.out(`watching ${WATCHED.map((folder) => `${folder}/`).join(', ')}; Ctrl-C ends it`);
    for await (const changed of changes) {
      const startedAt = performance.now();
      options.output.out(`changed: ${changed.join(', ')}`);
      await runOnce(options);
      options.output.out(`done in ${(performance.now() - startedAt).toFixed(0)} ms`);
    }
  } finally {
    changes.close();
  }
}

async function runOnce(options: RunOptions): Promise<void> {
  try {
    await runWrite(options);
  } catch (error) {
    options.output.err(error instanceof Error ? error.message : String(error));
  }
}

/** Batches of changed paths, each given once nothing changed for a moment. */
class ChangeQueue implements AsyncIterable<readonly string[]> {
  readonly #root: string;
  readonly #signal: AbortSignal;
  readonly #watchers = new Map<string, FSWatcher>();
  readonly #pending = new Set<string>();
  #wake: () => void = () => {};

  constructor(root: string, signal: AbortSignal) {
    this.#root = root;
    this.#signal = signal;
    signal.addEventListener('abort', () => this.#wake(), { once: true });
    this.#watchers.set(
      '',
      watch(root, (_event, name) => this.#noteTopLevel(name)),
    );
    for (const folder of WATCHED) this.#watchFolder(folder);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<readonly string[]> {
    while (!this.#signal.aborted) {
      if (this.#pending.size === 0) await this.#untilWoken();
      let seen = -1;
      while (seen !== this.#pending.size && !this.#signal.aborted) {
        seen = this.#pending.size;
        await this.#untilWoken(QUIET_MS);
      }
      if (this.#signal.aborted) return;
      const batch = [...this.#pending].toSorted();
      this.#pending.clear();
      if (batch.length > 0) yield batch;
    }
  }

  close(): void {
    for (const watcher of this.#watchers.values()) watcher.close();
  }

  /** A watched folder came or went. */
  #noteTopLevel(name: string | null): void {
    const folder = WATCHED.find((watched) => watched === name);
    if (folder === undefined) return;
    this.#watchers.get(folder)?.close();
    this.#watchers.delete(folder);
    this.#watchFolder(folder);
    this.#note(folder);
  }

  #watchFolder(folder: string): void {
    try {
      const watcher = watch(path.join(this.#root, folder), { recursive: true }, (_event, name) =>
        this.#note(name === null ? folder : `${folder}/${name.split(path.sep).join('/')}`),
      );
      // A folder that goes away ends its watch; the watch on the root sees it come back.
      watcher.on('error', () => watcher.close());
      this.#watchers.set(folder, watcher);
    } catch (error) {
      if (errorCode(error) !== 'ENOENT') throw error;
    }
  }

  #note(changed: string): void {
    this.#pending.add(changed);
    this.#wake();
  }

  #untilWoken(atMostMs?: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = atMostMs === undefined ? undefined : setTimeout(resolve, atMostMs);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
