import { compactVerify, errors } from 'jose';

import type { User } from '#kernel/contract/ports.ts';
import type { Clock } from '#kernel/domain/clock.ts';

import { InvalidTokenError, KeysUnavailableError } from './errors.ts';
import type { KeyCache } from './key-cache.ts';
import type { VerificationKey } from './jwks-document.ts';
import { TokenCache } from './token-cache.ts';
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
    const known = cache.get(token);
    if (known !== undefined) {
      if (nowMs < known.endsAtMs && keys.current(known.keyId) === known.key) return known.user;
      cache.delete(token);
    }
    const plausible = checkToken(token, policy, nowMs);
    const key = await keys.find(plausible.keyId);
    if (key === undefined) throw new InvalidTokenError('unknown-key');
    await verifySignature(token, plausible, key);
    cache.set(token, { user: plausible.user, endsAtMs: plausible.endsAtMs, keyId: plausible.keyId, key });
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
