import { hash } from 'node:crypto';

import type { User } from '#kernel/contract/ports.ts';

import type { VerificationKey } from './jwks-document.ts';

/** What a verified token said, and what it rests on. */
export interface VerifiedToken {
  readonly user: User;
  /** From then on the token is refused. */
  readonly endsAtMs: number;
  readonly keyId: string;
  readonly key: VerificationKey;
}

/**
 * Tokens verified before, the least recently used dropped first: verification costs more than the rest of a request.
 * Kept under a hash of the whole token, signature included, so that memory dumps hold no usable token. Its
 * user checks the end and the key of an entry.
 */
export class TokenCache {
  readonly #entries = new Map<string, VerifiedToken>();
  readonly #capacity: number;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get size(): number {
    return this.#entries.size;
  }

  get(token: string): VerifiedToken | undefined {
    if (this.#capacity === 0) return undefined;
    const id = tokenId(token);
    const entry = this.#entries.get(id);
    if (entry === undefined) return undefined;
    this.#entries.delete(id);
    this.#entries.set(id, entry);
    return entry;
  }

  set(token: string, entry: VerifiedToken): void {
    if (this.#capacity === 0) return;
    const id = tokenId(token);
    this.#entries.delete(id);
    this.#entries.set(id, entry);
    if (this.#entries.size > this.#capacity) {
      const [oldest] = this.#entries.keys();
      if (oldest !== undefined) this.#entries.delete(oldest);
    }
  }

  delete(token: string): void {
    this.#entries.delete(tokenId(token));
  }
}

function tokenId(token: string): string {
  return hash('sha256', token, 'base64');
}
