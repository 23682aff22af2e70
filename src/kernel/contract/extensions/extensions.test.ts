import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { ProtocolError } from '#kernel/http/problems/protocol-error.ts';
import type { Operation } from '../operation.ts';
import { deprecationHeaders } from './deprecation.ts';
import { idempotencyOf, checkIfMatch, ifMatchOf, type IfMatchUse } from './guard-headers.ts';
import { ownQuota } from './rate-limit.ts';
import { securityWithScopes } from './required-scopes.ts';

const BASE: Operation = {
  id: 'doIt',
  method: 'post',
  path: '/it',
  security: [{ bearerAuth: [] }],
  parameters: [],
  body: null,
  responses: [{ status: 200, content: [{ mediaType: 'application/json', kind: 'json' }], headers: [] }],
  deprecated: false,
  extensions: {},
};

function header(name: string, required: boolean): Operation['parameters'][number] {
  return {
    name,
    key: name.toLowerCase(),
    in: 'header',
    required,
    style: 'simple',
    explode: false,
    allowReserved: false,
    decode: { kind: 'scalar', types: ['string'] },
  };
}

/** The status that a request with these lines of `If-Match` is refused with. */
function status(use: IfMatchUse, ...lines: string[]): number | undefined {
  try {
    checkIfMatch(use, lines);
    return undefined;
  } catch (error) {
    assert.ok(error instanceof ProtocolError);
    return error.status;
  }
}

suite('extensions of operations', () => {
  test('scopes are added to every alternative', () => {
    const security = [{ bearerAuth: [] }, { key: ['a'], other: ['b'] }];
    assert.deepEqual(
      securityWithScopes({ ...BASE, security, extensions: { 'x-required-scopes': ['a', 'c'] } }),
      [{ bearerAuth: ['a', 'c'] }, { key: ['a', 'c'], other: ['b', 'a', 'c'] }],
    );
    assert.equal(securityWithScopes(BASE), BASE.security);
  });

  const broken: readonly [
    what: string,
    operation: Partial<Operation>,
    read: (operation: Operation) => unknown,
  ][] = [
    ['scopes that are no list', { extensions: { 'x-required-scopes': 'a' } }, securityWithScopes],
    ['an empty list of scopes', { extensions: { 'x-required-scopes': [] } }, securityWithScopes],
    ['a scope with a space', { extensions: { 'x-required-scopes': ['a b'] } }, securityWithScopes],
    [
      'scopes of a public operation',
      { security: [], extensions: { 'x-required-scopes': ['a'] } },
      securityWithScopes,
    ],
    [
      'scopes of optional credentials',
      { security: [{ bearerAuth: [] }, {}], extensions: { 'x-required-scopes': ['a'] } },
      securityWithScopes,
    ],
    ['a budget without a window', { extensions: { 'x-rate-limit': { requests: 1 } } }, ownQuota],
    ['a budget of nothing', { extensions: { 'x-rate-limit': { requests: 0, windowSeconds: 1 } } }, ownQuota],
    [
      'a budget for more than a day',
      { extensions: { 'x-rate-limit': { requests: 1, windowSeconds: 86_401 } } },
      ownQuota,
    ],
    ['deprecation without a day', { deprecated: true }, deprecationHeaders],
    [
      'a day that is none',
      { deprecated: true, extensions: { 'x-deprecated-since': '2026-02-30' } },
      deprecationHeaders,
    ],
    [
      'an end before the deprecation',
      { deprecated: true, extensions: { 'x-deprecated-since': '2026-03-01', 'x-sunset': '2026-02-28' } },
      deprecationHeaders,
    ],
    [
      'a link that could end its header',
      {
        deprecated: true,
        extensions: { 'x-deprecated-since': '2026-03-01', 'x-deprecation-link': 'https://x/>; rel=x' },
      },
      deprecationHeaders,
    ],
    ['the end of what is not deprecated', { extensions: { 'x-sunset': '2026-02-28' } }, deprecationHeaders],
    ['a key for PUT', { method: 'put', parameters: [header('Idempotency-Key', true)] }, idempotencyOf],
    ['a key of nobody', { security: [], parameters: [header('Idempotency-Key', true)] }, idempotencyOf],
    [
      'a key for a stream',
      {
        parameters: [header('Idempotency-Key', true)],
        body: { required: true, content: [{ mediaType: 'image/*', kind: 'binary' }] },
      },
      idempotencyOf,
    ],
  ];
  for (const [what, operation, read] of broken) {
    // @requirement 58
    test(`are refused at the start with ${what}`, () => {
      assert.throws(() => read({ ...BASE, ...operation }), /doIt/);
    });
  }

  test('a key is wanted, taken or not known as the contract says', () => {
    assert.equal(idempotencyOf(BASE), 'none');
    assert.equal(idempotencyOf({ ...BASE, parameters: [header('Idempotency-Key', false)] }), 'optional');
    assert.equal(idempotencyOf({ ...BASE, parameters: [header('Idempotency-Key', true)] }), 'required');
  });

  test('a version is needed where it is required, or its lack is declared', () => {
    const optional = { ...BASE, parameters: [header('If-Match', false)] };
    assert.equal(ifMatchOf(BASE), 'none');
    assert.equal(ifMatchOf(optional), 'optional');
    assert.equal(ifMatchOf({ ...BASE, parameters: [header('If-Match', true)] }), 'required');
    assert.equal(
      ifMatchOf({
        ...optional,
        responses: [...BASE.responses, { status: 428, content: [], headers: [] }],
      }),
      'required',
    );
  });

  test('a version that is none is refused wherever versions are taken, a missing one where it is needed', () => {
    assert.deepEqual([status('none'), status('optional'), status('required')], [undefined, undefined, 428]);
    for (const use of ['optional', 'required'] as const) {
      assert.equal(status(use, '"v1"'), undefined);
      assert.equal(status(use, '"a,b"', 'W/"v2"'), undefined);
      assert.deepEqual([status(use, 'v1'), status(use, ''), status(use, '"v1"', 'v2')], [400, 400, 400]);
    }
    assert.equal(status('none', 'v1'), undefined);
  });
});
