import { constants, createHmac, generateKeyPairSync, sign, type SignKeyObjectInput } from 'node:crypto';
import type { TokenFault } from '#kernel/auth/errors.ts';
import { createSigningKey, mintToken, signToken, toPublicJwk, TEST_AUDIENCE, TEST_ISSUER } from './tokens.ts';
import type { SigningKey } from './tokens.ts';

/** A token that must be refused: what is wrong with it, the token, and the fault that the verifier finds. */
export type BadToken = readonly [what: string, token: string, fault: TokenFault];

/**
 * Every kind of bad token, for a verifier that trusts `key`. Sources: RFC 8725, the test suites of jose, Envoy, Kong, PostgREST,
 * Ory Oathkeeper and Supabase.
 *
 * @param now the verifier's time.
 * @param elsewhere a URL that nobody may ask, whatever a token says.
 */
export function createBadTokens(
  key: SigningKey,
  now: Date,
  elsewhere = 'http://127.0.0.1:9/',
): readonly BadToken[] {
  const nowSeconds = Math.floor(now.getTime() / 1000);
  const stranger = createSigningKey(key.kid);
  const mint = (ownClaims: Record<string, unknown>, ownHeader: Record<string, unknown> = {}): string =>
    mintToken(key, { claims: ownClaims, header: ownHeader, now });
  const rawClaims = (text: string): string =>
    signToken(key, JSON.stringify({ alg: 'EdDSA', kid: key.kid }), text);
  const tampered = mint({}).split('.');
  const [header = '', claims = '', signature = ''] = tampered;
  /** The last character of a 64-octet signature carries four bits that decoders drop. */
  const respelled = signature.slice(0, -1) + String.fromCodePoint(signature.charCodeAt(85) + 1);

  const hmacWithThePublicKey = (): string => {
    const input = `${encode({ alg: 'HS256', kid: key.kid })}.${claims}`;
    const { x } = toPublicJwk(key);
    return `${input}.${createHmac('sha256', Buffer.from(x ?? '', 'base64url'))
      .update(input)
      .digest('base64url')}`;
  };

  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
  const signedWith = (alg: string, options: SignKeyObjectInput): string => {
    const input = `${encode({ alg, kid: key.kid })}.${claims}`;
    return `${input}.${sign('sha256', Buffer.from(input), options).toString('base64url')}`;
  };

  return [
    ['the empty token', '', 'malformed'],
    ['a word', 'token', 'malformed'],
    ['two parts', `${header}.${claims}`, 'malformed'],
    ['four parts', `${tampered.join('.')}.x`, 'malformed'],
    ['five parts (JWE)', 'a.b.c.d.e', 'malformed'],
    ['an empty signature', `${header}.${claims}.`, 'malformed'],
    ['padding', `${tampered.join('.')}==`, 'malformed'],
    ['standard base64', `${header}.${claims}.${'+/'.repeat(43)}`, 'malformed'],
    ['a space at the end', `${tampered.join('.')} `, 'malformed'],
    ['a signature spelled in another way', `${header}.${claims}.${respelled}`, 'malformed'],
    ['a header that is no JSON', signToken(key, 'x', '{}'), 'malformed'],
    ['a header that is an array', signToken(key, '[]', '{}'), 'malformed'],
    ['claims that are no object', rawClaims('"x"'), 'malformed'],
    ['claims that are null', rawClaims('null'), 'malformed'],
    [
      'claims that are not UTF-8',
      `${header}.${Buffer.from([0x22, 0xff, 0x22]).toString('base64url')}.${signature}`,
      'malformed',
    ],
    ['alg none', `${encode({ alg: 'none', kid: key.kid })}.${claims}.AA`, 'algorithm'],
    ['alg None', mint({}, { alg: 'None' }), 'algorithm'],
    ['alg nOnE', mint({}, { alg: 'nOnE' }), 'algorithm'],
    ['no alg', mint({}, { alg: undefined }), 'algorithm'],
    ['an HMAC keyed with the public key', hmacWithThePublicKey(), 'algorithm'],
    ['an RSA signature', signedWith('RS256', { key: rsa }), 'algorithm'],
    [
      'an RSA-PSS signature',
      signedWith('PS256', { key: rsa, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }),
      'algorithm',
    ],
    ['an ECDSA signature', signedWith('ES256', { key: ec, dsaEncoding: 'ieee-p1363' }), 'algorithm'],
    ['alg ES256 over a good signature', mint({}, { alg: 'ES256' }), 'algorithm'],
    ['a critical extension', mint({}, { crit: ['exp'], exp: 1 }), 'critical-header'],
    ['an unencoded payload', mint({}, { b64: false, crit: ['b64'] }), 'critical-header'],
    ['a logout token', mint({}, { typ: 'logout+jwt' }), 'type'],
    ['a DPoP proof', mint({}, { typ: 'dpop+jwt' }), 'type'],
    ['an id token', mint({}, { typ: 'id_token' }), 'type'],
    ['a typ that is a number', mint({}, { typ: 1 }), 'type'],
    ['no kid', mint({}, { kid: undefined }), 'key-id'],
    ['an empty kid', mint({}, { kid: '' }), 'key-id'],
    ['a kid that is null', mint({}, { kid: null }), 'key-id'],
    ['a kid that is a number', mint({}, { kid: 1 }), 'key-id'],
    ['a long kid', mint({}, { kid: 'k'.repeat(256) }), 'key-id'],
    ['a kid that is a path', mint({}, { kid: '../../dev/null' }), 'unknown-key'],
    ['a kid that is SQL', mint({}, { kid: "' OR 1=1 --" }), 'unknown-key'],
    ['a kid that is a member of every object', mint({}, { kid: '__proto__' }), 'unknown-key'],
    ['no iss', mint({ iss: undefined }), 'issuer'],
    ['another iss', mint({ iss: `${TEST_ISSUER}/` }), 'issuer'],
    ['a list of iss', mint({ iss: [TEST_ISSUER] }), 'issuer'],
    ['no aud', mint({ aud: undefined }), 'audience'],
    ['another aud', mint({ aud: 'http://other.test' }), 'audience'],
    ['an empty aud', mint({ aud: [] }), 'audience'],
    ['an aud that is an object', mint({ aud: { [TEST_AUDIENCE]: 1 } }), 'audience'],
    ['an aud list that holds a number', mint({ aud: [TEST_AUDIENCE, 1] }), 'audience'],
    ['no exp', mint({ exp: undefined }), 'expiry'],
    ['a past exp', mint({ exp: nowSeconds - 5 }), 'expired'],
    ['an exp that is text', mint({ exp: String(nowSeconds + 60) }), 'expiry'],
    ['an exp that is null', mint({ exp: null }), 'expiry'],
    ['an infinite exp', rawClaims(claimsText('"sub":"u","exp":1e400')), 'expiry'],
    ['an exp beyond the longest lifetime', mint({ exp: nowSeconds + 86_406 }), 'lifetime'],
    ['an nbf in the future', mint({ nbf: nowSeconds + 6 }), 'not-before'],
    ['an nbf that is text', mint({ nbf: 'now' }), 'not-before'],
    ['an iat in the future', mint({ iat: nowSeconds + 6 }), 'issued-at'],
    ['an iat that is text', mint({ iat: 'now' }), 'issued-at'],
    ['no sub', mint({ sub: undefined }), 'subject'],
    ['an empty sub', mint({ sub: '' }), 'subject'],
    ['a sub that is null', mint({ sub: null }), 'subject'],
    ['a sub that is a number', mint({ sub: 5 }), 'subject'],
    ['a sub that is an object', mint({ sub: {} }), 'subject'],
    ['a sub that is a list', mint({ sub: ['u'] }), 'subject'],
    ['a long sub', mint({ sub: 's'.repeat(256) }), 'subject'],
    ['a sub with a NUL', mint({ sub: 'a\u0000b' }), 'subject'],
    ['a sub with a line feed', mint({ sub: 'a\nb' }), 'subject'],
    [
      'a sub with half of a character',
      rawClaims(claimsText(`"sub":"\\ud800","exp":${nowSeconds + 60}`)),
      'subject',
    ],
    ['a key that nobody published', mintToken(createSigningKey('unknown'), { now }), 'unknown-key'],
    ['a signature by another key of the same id', mintToken(stranger, { now }), 'signature'],
    [
      'other claims under the signature',
      `${header}.${mint({ sub: 'admin' }).split('.')[1]}.${signature}`,
      'signature',
    ],
    [
      'another header under the signature',
      `${encode({ alg: 'EdDSA', kid: key.kid, x: 1 })}.${claims}.${signature}`,
      'signature',
    ],
    ['a signature of zeros', `${header}.${claims}.${Buffer.alloc(64).toString('base64url')}`, 'signature'],
    [
      'a signature that is too short',
      `${header}.${claims}.${Buffer.alloc(63).toString('base64url')}`,
      'signature',
    ],
    ['an embedded key', mintToken(stranger, { now, header: { jwk: toPublicJwk(stranger) } }), 'signature'],
    ['an embedded certificate', mintToken(stranger, { now, header: { x5c: ['MIIB'] } }), 'signature'],
    ['keys elsewhere', mintToken(stranger, { now, header: { jku: elsewhere } }), 'signature'],
    ['a certificate elsewhere', mintToken(stranger, { now, header: { x5u: elsewhere } }), 'signature'],
  ];
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function claimsText(members: string): string {
  return `{"iss":"${TEST_ISSUER}","aud":"${TEST_AUDIENCE}",${members}}`;
}
