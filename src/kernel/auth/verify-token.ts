import { hash } from 'node:crypto';
import { compactVerify, errors } from 'jose';
import type { User } from '#kernel/contract/ports.ts';
import type { Clock } from '#kernel/domain/clock.ts';
import { InvalidTokenError, KeysUnavailableError } from './errors.ts';
import type { VerificationKey } from './jwks-document.ts';
import type { KeyCache } from './key-cache.ts';
import { checkToken, type PlausibleToken, type TokenPolicy } from './token-claims.ts';

/** Whom a token speaks for. */
export type VerifyToken = (token: string) => Promise<User>;

/**
 * Verifies tokens: first what the token says of itself, then its signature with the key that it names. A token that
 * passed is remembered until it ends, or its key is no longer among the Identity service's.
 *
 * The result throws {InvalidTokenError} when the token is not good, {KeysUnavailableError} when that cannot be told.
 */
export function createVerifyToken(options: {
  readonly keys: Pick<KeyCache, 'current' | 'find' | 'isStale'>;
  readonly policy: TokenPolicy & { readonly tokenCacheSize: number };
  readonly clock: Clock;
}): VerifyToken {
  const { keys, policy, clock } = options;
  const cache = new TokenCache(policy.tokenCacheSize);

  return async (token) => {
    const nowMs = clock.now().getTime();
    if (keys.isStale()) throw new KeysUnavailableError();
    const id = tokenId(token);
    const known = cache.get(id);
    if (known !== undefined) {
      if (nowMs < known.endsAtMs && keys.current(known.keyId) === known.key) return known.user;
      cache.delete(id);
    }
    const plausible = checkToken(token, policy, nowMs);
    const key = await keys.find(plausible.keyId);
    if (key === undefined) throw new InvalidTokenError('unknown-key');
    await verifySignature(token, plausible, key);
    cache.set(id, { user: plausible.user, endsAtMs: plausible.endsAtMs, keyId: plausible.keyId, key });
    return plausible.user;
  };
}

async function verifySignature(
  token: string,
  { algorithm }: PlausibleToken,
  key: VerificationKey,
): Promise<void> {
  try {
    await compactVerify(token, key.cryptoKey, { algorithms: [algorithm] });
  } catch (error) {
    if (error instanceof errors.JOSEError) throw new InvalidTokenError('signature');
    throw new KeysUnavailableError({ cause: error });
  }
}

/** What a verified token said, and what it rests on. */
interface VerifiedToken {
  readonly user: User;
  /** From then on the token is refused. */
  readonly endsAtMs: number;
  readonly keyId: string;
  readonly key: VerificationKey;
}

/**
 * Tokens verified before, those that were not used for long dropped: verification costs more than the rest of a request.
 * Kept under a hash of the whole token, signature included, so that memory dumps hold no usable token. Its
 * user checks the end and the key of an entry.
 *
 * Two generations of half the capacity each: when the younger is full the older one goes, with what nobody asked for since. So a token that
 * is known changes nothing in the maps, as it would if they were kept in the order of use.
 */
class TokenCache {
  #younger = new Map<string, VerifiedToken>();
  #older = new Map<string, VerifiedToken>();
  readonly #capacity: number;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get(id: string): VerifiedToken | undefined {
    const young = this.#younger.get(id);
    if (young !== undefined) return young;
    const old = this.#older.get(id);
    if (old !== undefined) this.set(id, old);
    return old;
  }

  set(id: string, entry: VerifiedToken): void {
    if (this.#capacity === 0) return;
    this.delete(id);
    if (this.#younger.size >= this.#capacity / 2) {
      this.#older = this.#younger;
      this.#younger = new Map();
    }
    this.#younger.set(id, entry);
  }

  delete(id: string): void {
    this.#younger.delete(id);
    this.#older.delete(id);
  }
}

function tokenId(token: string): string {
  return hash('sha256', token, 'base64');
}
