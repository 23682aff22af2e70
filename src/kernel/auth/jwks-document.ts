import { importJWK, type CryptoKey } from 'jose';

import { isJsonObject } from '#kernel/contract/validation/json-document.ts';

/** A public key that tokens may be signed with. */
export interface VerificationKey {
  /** The raw Ed25519 point, base64url: two keys are the same key when it is the same. */
  readonly point: string;
  readonly cryptoKey: CryptoKey;
}

/** Keys by key id. */
export type KeySet = ReadonlyMap<string, VerificationKey>;

/** An answer of the Identity service that holds no usable keys. The message says what it is, never its text. */
export class UnusableKeysError extends Error {
  override readonly name = 'UnusableKeysError';
}

/** Past this number a key set is a fault, or an attack on memory. */
const MAX_KEYS = 50;

/** 32 octets in base64url. */
const ED25519_POINT = /^[A-Za-z0-9_-]{43}$/;

/**
 * The usable keys of a JWK set: Ed25519, for signatures, with a key id. Others are left out, as RFC 7517 section 5
 * asks; of two keys with one id the first counts. Keys that `previous` already holds are taken over as they are.
 *
 * @throws {UnusableKeysError} when it is no JWK set or nothing in it is usable.
 */
export async function parseKeySet(text: string, previous: KeySet): Promise<KeySet> {
  const keys = new Map<string, VerificationKey>();
  for (const { kid, x } of usableJwks(text)) {
    const known = previous.get(kid);
    if (keys.has(kid)) continue;
    if (known?.point === x) {
      keys.set(kid, known);
      continue;
    }
    const cryptoKey = await importPoint(x);
    if (cryptoKey !== undefined) keys.set(kid, { point: x, cryptoKey });
  }
  if (keys.size === 0) throw new UnusableKeysError('it holds no Ed25519 key with a key id');
  return keys;
}

function usableJwks(text: string): readonly { readonly kid: string; readonly x: string }[] {
  const document = parseJson(text);
  if (!isJsonObject(document) || !Array.isArray(document['keys'])) {
    throw new UnusableKeysError('it is not a JWK set ({"keys": […]})');
  }
  if (document['keys'].length > MAX_KEYS) {
    throw new UnusableKeysError(`it holds more than ${MAX_KEYS} keys`);
  }
  return document['keys'].filter(isUsableJwk);
}

/** Sources: RFC 8037 section 2 (OKP keys), RFC 7517 section 4 (use, key_ops, alg, kid). */
function isUsableJwk(jwk: unknown): jwk is { readonly kid: string; readonly x: string } {
  if (!isJsonObject(jwk)) return false;
  const { kty, crv, x, kid, use, alg, key_ops: operations } = jwk;
  return (
    kty === 'OKP' &&
    crv === 'Ed25519' &&
    typeof x === 'string' &&
    ED25519_POINT.test(x) &&
    typeof kid === 'string' &&
    kid !== '' &&
    (use === undefined || use === 'sig') &&
    (alg === undefined || alg === 'EdDSA' || alg === 'Ed25519') &&
    (operations === undefined || (Array.isArray(operations) && operations.includes('verify')))
  );
}

/** Only the public point is taken from a key, whatever else it carries. */
async function importPoint(x: string): Promise<CryptoKey | undefined> {
  try {
    const key = await importJWK({ kty: 'OKP', crv: 'Ed25519', x }, 'EdDSA');
    return key instanceof Uint8Array ? undefined : key;
  } catch {
    return undefined;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new UnusableKeysError('it is not JSON', { cause });
  }
}
