import type { AuthConfig } from '#kernel/config/config.ts';
import type { Authenticators } from '#kernel/contract/ports.ts';
import type { Clock } from '#kernel/domain/clock.ts';

import { createBearerAuthenticator } from './bearer-authenticator.ts';
import { createFetchKeys } from './fetch-keys.ts';
import { KeyCache, type KeyCacheLog, type KeyCacheStatus } from './key-cache.ts';
import { loadFirstKeys } from './start-keys.ts';
import { createVerifyToken } from './verify-token.ts';

/** Authentication, ready: the first keys are there and are kept fresh. */
export interface Auth {
  /** By the names that the contract gives its security schemes. */
  readonly authenticators: Authenticators;
  keysStatus(): KeyCacheStatus;
  /** Ends the refreshing of keys. */
  stop(): void;
}

/**
 * Starts authentication.
 * @throws {KeysNotLoadedError} when the Identity service gives no usable keys in the time that the start allows.
 */
export async function startAuth(options: {
  readonly config: AuthConfig;
  readonly clock: Clock;
  readonly log: KeyCacheLog;
}): Promise<Auth> {
  const { config, clock, log } = options;
  const fetchKeys = createFetchKeys({ url: config.jwksUrl, timeoutMs: config.jwks.timeoutMs });
  const keys = new KeyCache({ fetchKeys, policy: config.jwks, log, clock });
  try {
    await loadFirstKeys(keys, { url: config.jwksUrl, timeoutSeconds: config.jwks.startTimeoutSeconds });
  } catch (error) {
    keys.stop();
    throw error;
  }
  const verifyToken = createVerifyToken({ keys, policy: config, clock });
  return {
    authenticators: { bearerAuth: createBearerAuthenticator(verifyToken) },
    keysStatus: () => keys.status(),
    stop: () => keys.stop(),
  };
}
