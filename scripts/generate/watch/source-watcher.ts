import { type FSWatcher, watch } from 'node:fs';
import path from 'node:path';

import { type TreeWatcher, watchTree } from '../../process/watch-tree.ts';
import { errorCode } from '../../diagnostics/error-code.ts';

/** Notices that something happened in some folders below a root, also when a folder comes or goes. */
export class SourceWatcher {
  readonly #root: string;
  readonly #folders: readonly string[];
  readonly #watchers = new Map<string, FSWatcher | TreeWatcher>();
  #hasEvents = false;
  #wake: () => void = () => {};

  constructor(root: string, folders: readonly string[]) {
    this.#root = root;
    this.#folders = folders;
    this.#watchers.set(
      '',
      watch(root, (_event, name) => this.#onTopLevel(name)),
    );
    for (const folder of folders) this.#watchFolder(folder);
  }

  /** True when something happened since `forgetEvents`. */
  get hasEvents(): boolean {
    return this.#hasEvents;
  }

  forgetEvents(): void {
    this.#hasEvents = false;
  }

  /** Waits until something happened; false when the signal aborts first. */
  async nextEvent(signal: AbortSignal): Promise<boolean> {
    if (!this.#hasEvents && !signal.aborted) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
        signal.addEventListener('abort', () => resolve(), { once: true });
      });
    }
    return !signal.aborted;
  }

  close(): void {
    for (const watcher of this.#watchers.values()) watcher.close();
    this.#watchers.clear();
  }

  /** A watched folder came, went or was replaced. */
  #onTopLevel(name: string | null): void {
    const folder = this.#folders.find((watched) => watched === name);
    if (folder === undefined) return;
    this.#watchers.get(folder)?.close();
    this.#watchers.delete(folder);
    this.#watchFolder(folder);
    this.#note();
  }

  #watchFolder(folder: string): void {
    try {
      // A folder that goes away ends its watch; the watch on the root sees it come back.
      this.#watchers.set(
        folder,
        watchTree(path.join(this.#root, folder), () => this.#note()),
      );
    } catch (error) {
      if (errorCode(error) !== 'ENOENT') throw error;
    }
  }

  #note(): void {
    this.#hasEvents = true;
    this.#wake();
  }
}
