import { createPublicKey, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';

/** Claims of a token, or anything that wants to be: `undefined` leaves a claim out. */
export type Claims = Readonly<Record<string, unknown>>;

/** A key pair as an Identity service holds it. */
export interface SigningKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
}

/** A public key as a JWK set shows it. */
export type PublicJwk = Readonly<Record<string, string>>;

/** What the tokens of the tests are issued with and for. */
export const TEST_ISSUER = 'http://identity.test';
export const TEST_AUDIENCE = 'http://api.test';

export function createSigningKey(kid: string = randomBytes(16).toString('hex')): SigningKey {
  return { kid, privateKey: generateKeyPairSync('ed25519').privateKey };
}

/** As better-auth publishes keys: no `use`, no `key_ops`. */
export function toPublicJwk({ kid, privateKey }: SigningKey): PublicJwk {
  const { x } = createPublicKey(privateKey).export({ format: 'jwk' });
  if (x === undefined) throw new TypeError('the key is not an Ed25519 key');
  return { alg: 'EdDSA', crv: 'Ed25519', x, kty: 'OKP', kid };
}

export interface TokenParts {
  readonly claims?: Claims;
  readonly header?: Claims;
  /** Defaults to now. */
  readonly now?: Date;
}

/** A token signed with the key; without more, one that every check passes, with better-auth's header and lifetime. */
export function mintToken(
  key: SigningKey,
  { claims = {}, header = {}, now = new Date() }: TokenParts = {},
): string {
  const iat = Math.floor(now.getTime() / 1000);
  const body = { iat, exp: iat + 900, iss: TEST_ISSUER, aud: TEST_AUDIENCE, sub: 'user-1', ...claims };
  return signToken(key, JSON.stringify({ alg: 'EdDSA', kid: key.kid, ...header }), JSON.stringify(body));
}

/** A token of exactly these texts, be they JSON or not, properly signed. */
export function signToken(key: SigningKey, header: string, claims: string): string {
  const input = `${encode(header)}.${encode(claims)}`;
  return `${input}.${sign(null, Buffer.from(input), key.privateKey).toString('base64url')}`;
}

function encode(text: string): string {
  return Buffer.from(text).toString('base64url');
}
