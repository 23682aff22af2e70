import type { AuthConfig } from '#kernel/config/config.ts';
import type { User } from '#kernel/contract/ports.ts';
import { isJsonObject, type JsonObject } from '#kernel/contract/validation/json-document.ts';

import { InvalidTokenError } from './errors.ts';

/** What is asked of a token's header and claims, apart from its signature. */
export type TokenPolicy = Pick<
  AuthConfig,
  'issuer' | 'audience' | 'algorithms' | 'tokenType' | 'clockToleranceSeconds' | 'maxTokenLifetimeSeconds'
>;

/** A token whose header and claims are as they must be. Its signature is another matter. */
export interface PlausibleToken {
  readonly algorithm: string;
  readonly keyId: string;
  readonly user: User;
  /** From then on the token is refused: its `exp` and the tolerance. */
  readonly endsAtMs: number;
}

/** Accepted when no type is configured; the media type prefix may be left out. Source: RFC 7515 section 4.1.9. */
const DEFAULT_TYPE = 'jwt';

const MAX_KEY_ID_LENGTH = 255;
const MAX_SUBJECT_LENGTH = 255;

/**
 * Checks the header and the claims of a compact JWS as RFC 8725 and RFC 7519 ask. Done before the key is looked up, so
 * that a token which could never pass makes no one fetch keys.
 *
 * @throws {InvalidTokenError} naming the first thing that is wrong.
 */
export function checkToken(token: string, policy: TokenPolicy, nowMs: number): PlausibleToken {
  const parts = token.split('.');
  const [header, claims, signature] = parts;
  if (parts.length !== 3 || header === undefined || claims === undefined || signature === undefined) {
    throw new InvalidTokenError('malformed');
  }
  decodeOctets(signature);
  const head = checkHeader(decodeJson(header), policy);
  const body = checkClaims(decodeJson(claims), policy, nowMs / 1000);
  return { ...head, ...body };
}

function checkHeader(header: JsonObject, policy: TokenPolicy): { algorithm: string; keyId: string } {
  const { alg, kid, typ, crit, b64 } = header;
  const algorithm = policy.algorithms.find((name) => name === alg);
  if (algorithm === undefined) throw new InvalidTokenError('algorithm');
  if (crit !== undefined || b64 !== undefined) throw new InvalidTokenError('critical-header');
  if (!isExpectedType(typ, policy.tokenType)) throw new InvalidTokenError('type');
  if (!isPlainText(kid, MAX_KEY_ID_LENGTH)) throw new InvalidTokenError('key-id');
  return { algorithm, keyId: kid };
}

function isExpectedType(typ: unknown, required: string | undefined): boolean {
  if (typ === undefined) return required === undefined;
  return typeof typ === 'string' && mediaType(typ) === mediaType(required ?? DEFAULT_TYPE);
}

function mediaType(typ: string): string {
  return typ.toLowerCase().replace(/^application\//, '');
}

function checkClaims(claims: JsonObject, policy: TokenPolicy, now: number): { user: User; endsAtMs: number } {
  const { iss, aud, exp, nbf, iat, sub, scope } = claims;
  const tolerance = policy.clockToleranceSeconds;
  if (iss !== policy.issuer) throw new InvalidTokenError('issuer');
  if (!isAudience(aud, policy.audience)) throw new InvalidTokenError('audience');
  if (!isFiniteNumber(exp)) throw new InvalidTokenError('expiry');
  if (exp + tolerance <= now) throw new InvalidTokenError('expired');
  if (exp > now + policy.maxTokenLifetimeSeconds + tolerance) throw new InvalidTokenError('lifetime');
  if (nbf !== undefined && !(isFiniteNumber(nbf) && nbf <= now + tolerance)) {
    throw new InvalidTokenError('not-before');
  }
  if (iat !== undefined && !(isFiniteNumber(iat) && iat <= now + tolerance)) {
    throw new InvalidTokenError('issued-at');
  }
  if (!isPlainText(sub, MAX_SUBJECT_LENGTH)) throw new InvalidTokenError('subject');
  return { user: { subject: sub, scopes: parseScopes(scope) }, endsAtMs: (exp + tolerance) * 1000 };
}

/** One string or an array of strings that contains ours. Source: RFC 7519 section 4.1.3. */
function isAudience(aud: unknown, expected: string): boolean {
  if (Array.isArray(aud)) return aud.every((item) => typeof item === 'string') && aud.includes(expected);
  return aud === expected;
}

/** Space-separated. Source: RFC 8693 section 4.2. Anything but a string grants nothing. */
function parseScopes(scope: unknown): readonly string[] {
  return typeof scope === 'string' ? scope.split(' ').filter((name) => name !== '') : [];
}

/** JSON.parse reads 1e400 as Infinity. */
function isFiniteNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

/** The subject ends in database columns and logs, the key id in none, but neither has a use for control characters. */
function isPlainText(value: unknown, maxLength: number): value is string {
  return (
    typeof value === 'string' &&
    value.length > 0 &&
    value.length <= maxLength &&
    value.isWellFormed() &&
    !/\p{Cc}/u.test(value)
  );
}

function decodeJson(part: string): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(UTF8.decode(decodeOctets(part)));
  } catch {
    throw new InvalidTokenError('malformed');
  }
  if (!isJsonObject(value)) throw new InvalidTokenError('malformed');
  return value;
}

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Base64url without padding, in its one canonical form (RFC 7515 section 2): decoders skip stray bits and characters,
 * so that one token would have many spellings.
 */
function decodeOctets(part: string): Buffer {
  const octets = Buffer.from(part, 'base64url');
  if (octets.length === 0 || octets.toString('base64url') !== part) throw new InvalidTokenError('malformed');
  return octets;
}
