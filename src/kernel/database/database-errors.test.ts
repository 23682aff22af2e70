import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { DatabaseError } from 'pg';
import { DomainError } from '../domain/domain-error.ts';
import type { ErrorKind } from '../domain/domain-error.ts';
import {
  DatabaseUnavailableError,
  breaksConnection,
  constraintViolation,
  isRetryable,
  toDatabaseError,
} from './database-errors.ts';

function databaseError(code: string, fields: Partial<DatabaseError> = {}): DatabaseError {
  return Object.assign(new DatabaseError('secret of the server', 0, 'error'), {
    code,
    severity: 'ERROR',
    ...fields,
  });
}

class TakenError extends DomainError {
  readonly kind: ErrorKind = 'conflict';
  readonly code = 'taken';
}

suite('errors of the database', () => {
  for (const code of ['08006', '53300', '57P01', '57P03', '57014', '55P03', '25P03', '40001', '40P01']) {
    test(`SQLSTATE ${code} is an outage that says nothing of the server`, () => {
      const error = toDatabaseError(databaseError(code));
      assert.ok(error instanceof DatabaseUnavailableError);
      assert.doesNotMatch(error.message, /secret/);
    });
  }

  for (const code of ['23505', '22P02', '42P01', '42501']) {
    test(`SQLSTATE ${code} is no outage`, () => {
      const error = databaseError(code);
      assert.equal(toDatabaseError(error), error);
    });
  }

  for (const message of [
    'Query read timeout',
    'timeout exceeded when trying to connect',
    'Connection terminated unexpectedly',
    'Connection terminated due to connection timeout',
  ]) {
    test(`"${message}" is an outage, and the connection is lost`, () => {
      assert.ok(toDatabaseError(new Error(message)) instanceof DatabaseUnavailableError);
      assert.equal(breaksConnection(new Error(message)), true);
    });
  }

  test('an error of the domain passes through, whatever caused it', () => {
    const error = new TakenError('It is taken.', { cause: databaseError('57014') });
    assert.equal(toDatabaseError(error), error);
  });

  test('a violation is found through the chain of causes', () => {
    const error = new Error('while saving', {
      cause: databaseError('23505', { constraint: 'pages_title_key' }),
    });
    assert.deepEqual(constraintViolation(error), {
      kind: 'unique',
      sqlState: '23505',
      constraint: 'pages_title_key',
    });
  });

  test('a violated not-null names its column', () => {
    assert.equal(constraintViolation(databaseError('23502', { column: 'title' }))?.constraint, 'title');
  });

  test('only conflicts between transactions are worth another try', () => {
    assert.equal(isRetryable(databaseError('40001')), true);
    assert.equal(isRetryable(databaseError('40P01')), true);
    assert.equal(isRetryable(databaseError('23505')), false);
    assert.equal(isRetryable(new Error('40001')), false);
  });
});
