import type { Ids } from '#kernel/domain/ids.ts';

/** Ids that count up, in the form of UUIDs of version 7. */
export class CountingIds implements Ids {
  #last = 0;

  next(): string {
    this.#last += 1;
    return `01900000-0000-7000-8000-${this.#last.toString(16).padStart(12, '0')}`;
  }
}
