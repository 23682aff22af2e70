import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { DomainError, type ErrorKind } from '#kernel/domain/domain-error.ts';
import { ContractError, ProtocolError } from './protocol-error.ts';
import { toProblem } from './to-problem.ts';

class KindError extends DomainError {
  readonly kind: ErrorKind;
  readonly code = 'some-code';
  constructor(kind: ErrorKind, options: ConstructorParameters<typeof DomainError>[1] = {}) {
    super('Safe to show.', options);
    this.kind = kind;
  }
}

const AT = { requestId: 'r1', instance: '/tickets/5' };

suite('toProblem', () => {
  const statuses: readonly (readonly [ErrorKind, number])[] = [
    ['malformed', 400],
    ['unauthenticated', 401],
    ['forbidden', 403],
    ['not-found', 404],
    ['conflict', 409],
    ['precondition-failed', 412],
    ['invalid', 422],
    ['rate-limited', 429],
    ['not-implemented', 501],
    ['unavailable', 503],
  ];
  for (const [kind, status] of statuses) {
    test(`answers ${status} for a domain error of kind ${kind}`, () => {
      const { problem } = toProblem(new KindError(kind), AT);
      assert.equal(problem.status, status);
      assert.equal(problem.type, '/problems/some-code');
      assert.equal(problem.detail, 'Safe to show.');
      assert.equal(problem.requestId, 'r1');
      assert.equal(problem.instance, '/tickets/5');
    });
  }

  test('finds a domain error that was wrapped on its way up', () => {
    const wrapped = new Error('while saving', {
      cause: new Error('again', { cause: new KindError('conflict') }),
    });
    assert.equal(toProblem(wrapped, AT).problem.status, 409);
  });

  test('says nothing about an unexpected error', () => {
    const { problem } = toProblem(new Error('connect ECONNREFUSED postgres://api:secret@db'), AT);
    assert.equal(problem.status, 500);
    assert.doesNotMatch(JSON.stringify(problem), /secret|ECONNREFUSED/);
  });

  test('ends on a cycle of causes', () => {
    const a = new Error('a');
    a.cause = new Error('b', { cause: a });
    assert.equal(toProblem(a, AT).problem.status, 500);
    for (const thrown of [undefined, null, 'text', 5, {}])
      assert.equal(toProblem(thrown, AT).problem.status, 500);
  });

  test('never sends the cause of a domain error', () => {
    const error = new KindError('unavailable', { cause: new Error('internal secret') });
    const { problem, headers } = toProblem(error, AT);
    assert.doesNotMatch(JSON.stringify(problem), /secret/);
    assert.equal(headers['retry-after'], '2');
  });

  // @requirement 52
  test('turns details into items and stops at twenty', () => {
    const details = Array.from({ length: 100 }, (_, index) => ({
      code: 'maxLength' as const,
      limit: 5,
      pointer: `/items/${index}`,
      message: 'is wrong',
    }));
    const { problem } = toProblem(new KindError('invalid', { details }), AT);
    assert.equal(problem.errors?.length, 20);
    assert.deepEqual(problem.errors[0], {
      code: 'maxLength',
      limit: 5,
      detail: 'is wrong',
      pointer: '/items/0',
    });
    const ofParameter = new KindError('malformed', {
      details: [{ code: 'cursor', parameter: 'cursor', message: 'is old' }],
    });
    assert.deepEqual(toProblem(ofParameter, AT).problem.errors, [
      { code: 'cursor', detail: 'is old', parameter: 'cursor' },
    ]);
  });

  // @requirement 52
  test('keeps status, headers and items of a protocol error', () => {
    const refused = toProblem(
      new ProtocolError(405, 'method-not-allowed', 'No.', { headers: { allow: 'GET' } }),
      AT,
    );
    assert.deepEqual(refused.headers, { allow: 'GET' });
    assert.equal(refused.problem.title, 'Method Not Allowed');
    const invalid = toProblem(
      new ContractError([{ code: 'required', detail: 'is required', parameter: 'q' }]),
      AT,
    );
    assert.equal(invalid.problem.status, 400);
    assert.deepEqual(invalid.problem.errors, [{ code: 'required', detail: 'is required', parameter: 'q' }]);
  });
});
