import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';

import { createSigningKey, mintToken, toPublicJwk, TEST_AUDIENCE, TEST_ISSUER } from './tokens.ts';
import type { PublicJwk, SigningKey, TokenParts } from './tokens.ts';

/** How the fake answers a request for keys. */
export type Behaviour =
  | 'good'
  | 'error'
  | 'hang'
  /** Sends headers and half of the body, then nothing. */
  | 'stall'
  | 'empty'
  | 'html'
  | 'not-json'
  | 'redirect'
  | 'no-usable-key'
  /** Many good keys: more than a key set may hold. */
  | 'flood'
  /** A megabyte, and no end. */
  | 'endless';

/** An Identity service of the tests: signs tokens, publishes keys, and misbehaves on command. */
export interface FakeIdentity extends AsyncDisposable {
  readonly jwksUrl: string;
  readonly issuer: string;
  readonly audience: string;
  /** The key that signs; rotated keys come before it in `published`. */
  key: SigningKey;
  /** What a good answer holds. */
  published: PublicJwk[];
  behaviour: Behaviour;
  /** Requests for keys so far, good or bad. */
  readonly hits: number;
  /** Requests for anything else: nobody should be asking. */
  readonly strayHits: number;
  token(parts?: TokenParts): string;
  /** Signs with a new key from now on and publishes it; `keepOld: false` also withdraws the old ones. */
  rotate(options?: { readonly publish?: boolean; readonly keepOld?: boolean }): SigningKey;
  /** Stops answering at all; `AsyncDisposable` does it too. */
  close(): Promise<void>;
}

/** Starts the fake on a free port of this machine. */
export async function startFakeIdentity(): Promise<FakeIdentity> {
  let hits = 0;
  let strayHits = 0;
  const server = createServer((request, response) => {
    if (request.url === '/api/auth/jwks') {
      hits += 1;
      answer(identity, response);
      return;
    }
    strayHits += 1;
    // What a redirect leads to: good keys, so that following it would be noticed as success.
    sendKeys(response, identity.published);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('the server has no port');

  const firstKey = createSigningKey();
  const identity: FakeIdentity = {
    jwksUrl: `http://127.0.0.1:${address.port}/api/auth/jwks`,
    issuer: TEST_ISSUER,
    audience: TEST_AUDIENCE,
    key: firstKey,
    published: [toPublicJwk(firstKey)],
    behaviour: 'good',
    get hits() {
      return hits;
    },
    get strayHits() {
      return strayHits;
    },
    token: (parts) => mintToken(identity.key, parts),
    rotate({ publish = true, keepOld = true } = {}) {
      identity.key = createSigningKey();
      const old = keepOld ? identity.published : [];
      identity.published = publish ? [...old, toPublicJwk(identity.key)] : old;
      return identity.key;
    },
    async close() {
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
    [Symbol.asyncDispose]: () => identity.close(),
  };
  return identity;
}

function answer(identity: FakeIdentity, response: ServerResponse): void {
  switch (identity.behaviour) {
    case 'good':
      return sendKeys(response, identity.published);
    case 'error':
      return send(response, 500, 'application/json', '{"message":"secret-of-the-service"}');
    case 'hang':
      return;
    case 'stall':
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write('{"keys":[');
      return;
    case 'empty':
      return sendKeys(response, []);
    case 'html':
      return send(response, 200, 'text/html', '<!doctype html><title>Sign in</title>');
    case 'not-json':
      return send(response, 200, 'application/json', '{"keys":');
    case 'redirect':
      response.writeHead(302, { location: '/elsewhere' }).end();
      return;
    case 'no-usable-key':
      return sendKeys(response, [
        { kty: 'RSA', kid: 'rsa', alg: 'RS256', n: 'AQAB', e: 'AQAB' },
        { kty: 'OKP', crv: 'X25519', kid: 'x', x: 'A'.repeat(43) },
      ]);
    case 'flood':
      return sendKeys(
        response,
        Array.from({ length: 60 }, () => toPublicJwk(createSigningKey())),
      );
    case 'endless':
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write(Buffer.alloc(1_000_000, ' '));
  }
}

function sendKeys(response: ServerResponse, keys: readonly PublicJwk[]): void {
  send(response, 200, 'application/json', JSON.stringify({ keys }));
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { 'content-type': type }).end(body);
}
