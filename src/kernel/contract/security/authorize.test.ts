import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { DomainError, type ErrorKind } from '#kernel/domain/domain-error.ts';
import type { Operation, SecurityRequirement } from '../operation.ts';
import type { Authenticator, Credentials, User } from '../ports.ts';
import { accessOf, authorize } from './authorize.ts';

class Refused extends DomainError {
  readonly kind: ErrorKind;
  readonly code: string;
  constructor(kind: ErrorKind, code: string) {
    super(code);
    this.kind = kind;
    this.code = code;
  }
}

/** Takes the header `name`: `bad` is refused, `down` cannot be checked, anything else is `subject:scope,scope`. */
function fake(name: string): Authenticator & { calls: number } {
  return {
    calls: 0,
    scheme: { type: 'http', scheme: 'bearer' },
    authenticate(credentials: Credentials): Promise<User | undefined> {
      this.calls += 1;
      const [line] = credentials.headerLines(name);
      if (line === undefined) return Promise.resolve(undefined);
      if (line === 'bad') return Promise.reject(new Refused('unauthenticated', 'bad-token'));
      if (line === 'twice') return Promise.reject(new Refused('malformed', 'two-tokens'));
      if (line === 'down') return Promise.reject(new Refused('unavailable', 'no-keys'));
      const [subject = '', scopes = ''] = line.split(':');
      return Promise.resolve({ subject, scopes: scopes.split(',') });
    },
    missingCredentials: () => new Refused('unauthenticated', `no-${name}`),
    insufficientScope: () => new Refused('forbidden', 'insufficient-scope'),
  };
}

function operation(...security: SecurityRequirement[]): Operation {
  return {
    id: 'probe',
    method: 'get',
    path: '/',
    security,
    parameters: [],
    body: null,
    responses: [],
    deprecated: false,
    extensions: {},
  };
}

async function run(security: SecurityRequirement[], headers: Record<string, string>): Promise<string> {
  const authenticators = { bearer: fake('bearer'), key: fake('key') };
  const credentials: Credentials = {
    query: '',
    headerLines: (name) => (headers[name] === undefined ? [] : [headers[name]]),
  };
  try {
    return (await authorize(operation(...security), authenticators, credentials))?.subject ?? 'nobody';
  } catch (error) {
    assert.ok(error instanceof Refused, String(error));
    return error.code;
  }
}

suite('authorize', () => {
  const either = [{ bearer: ['read'] }, { key: [] }];
  const both = [{ bearer: [], key: [] }];
  const optional = [{}, { bearer: [] }];
  const cases: readonly (readonly [string, SecurityRequirement[], Record<string, string>, string])[] = [
    ['lets everybody into a public operation', [], { bearer: 'bad' }, 'nobody'],
    ['takes a good credential', [{ bearer: [] }], { bearer: 'ann' }, 'ann'],
    ['refuses a request without one', [{ bearer: [] }], {}, 'no-bearer'],
    ['refuses a bad one', [{ bearer: [] }], { bearer: 'bad' }, 'bad-token'],
    ['refuses a lacking scope', [{ bearer: ['write'] }], { bearer: 'ann:read' }, 'insufficient-scope'],
    ['takes any of several alternatives', either, { key: 'bob' }, 'bob'],
    ['takes the first alternative that holds', either, { bearer: 'ann:read', key: 'bob' }, 'ann'],
    ['falls back to the second alternative', either, { bearer: 'ann:other', key: 'bob' }, 'bob'],
    ['tells of a bad credential rather than of a missing one', either, { bearer: 'bad' }, 'bad-token'],
    [
      'tells of a lacking scope rather than of a missing credential',
      either,
      { bearer: 'ann:x' },
      'insufficient-scope',
    ],
    ['needs every scheme of an alternative', both, { bearer: 'ann' }, 'no-key'],
    ['takes the first scheme for the user', both, { bearer: 'ann', key: 'bob' }, 'ann'],
    ['knows the user where authentication is optional', optional, { bearer: 'ann' }, 'ann'],
    ['lets everybody through where it is optional', optional, {}, 'nobody'],
    ['takes a bad credential for none where it is optional', optional, { bearer: 'bad' }, 'nobody'],
    ['refuses a malformed request even where it is optional', optional, { bearer: 'twice' }, 'two-tokens'],
    ['does not take an outage for a missing credential', optional, { bearer: 'down' }, 'no-keys'],
  ];
  for (const [what, security, headers, expected] of cases) {
    test(what, async () => assert.equal(await run(security, headers), expected));
  }

  test('checks a scheme once however many alternatives name it', async () => {
    const bearer = fake('bearer');
    const credentials: Credentials = { query: '', headerLines: () => ['ann:b'] };
    const user = await authorize(operation({ bearer: ['a'] }, { bearer: ['b'] }), { bearer }, credentials);
    assert.equal(user?.subject, 'ann');
    assert.equal(bearer.calls, 1);
  });

  test('denies when a scheme has no authenticator', async () => {
    const credentials: Credentials = { query: '', headerLines: () => [] };
    await assert.rejects(authorize(operation({ other: [] }), {}, credentials), /no authenticator/);
  });

  test('reads the access off the security', () => {
    assert.equal(accessOf(operation()), 'public');
    assert.equal(accessOf(operation({})), 'optional');
    assert.equal(accessOf(operation({ bearer: [] }, {})), 'optional');
    assert.equal(accessOf(operation({ bearer: [] })), 'required');
  });
});
