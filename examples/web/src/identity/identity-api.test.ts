import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { refusalOf } from './identity-api.ts';

suite('what the Identity service refuses is said in words for people', () => {
  for (const [name, answer, message, field] of [
    [
      'an address',
      { code: 'VALIDATION_ERROR', message: '[body.email] Invalid email address' },
      /no e-mail address/,
      'email',
    ],
    [
      'an address, by its code',
      { code: 'INVALID_EMAIL', message: 'Invalid email' },
      /no e-mail address/,
      'email',
    ],
    [
      'an address that is taken',
      { code: 'USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL', message: 'User exists' },
      /There is an account/,
      'email',
    ],
    [
      'a short password',
      { code: 'PASSWORD_TOO_SHORT', message: 'Password too short' },
      /at least 8/,
      'password',
    ],
    [
      'a long password',
      { code: 'PASSWORD_TOO_LONG', message: 'Password too long' },
      /at most 128/,
      'password',
    ],
    ['a name', { code: 'VALIDATION_ERROR', message: '[body.name] Invalid input' }, /This name/, 'name'],
    [
      'a sign-in',
      { code: 'INVALID_EMAIL_OR_PASSWORD', message: 'Invalid email or password' },
      /do not go together/,
      undefined,
    ],
    ['something new', { code: 'NEW', message: '[body.x] Strange' }, /That did not work/, undefined],
    ['nothing that can be read', undefined, /That did not work/, undefined],
  ] as const) {
    test(name, () => {
      const refusal = refusalOf(answer);
      assert.match(refusal.message, message);
      assert.doesNotMatch(refusal.message, /\[body|_/);
      assert.equal(refusal.field, field);
    });
  }
});
