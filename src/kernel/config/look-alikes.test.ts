import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { configVariables } from './load-config.ts';
import { findLookAlikes } from './look-alikes.ts';

const known = configVariables();

suite('findLookAlikes', () => {
  for (const [variable, meant] of [
    ['AUTH_JWKS_URI', 'AUTH_JWKS_URL'],
    ['DATABSE_URL', 'DATABASE_URL'],
    ['DATABASE_URl', 'DATABASE_URL'],
    ['auth_audience', 'AUTH_AUDIENCE'],
    ['port', 'PORT'],
  ] as const) {
    test(`takes ${variable} for ${meant}`, () => {
      assert.deepEqual(findLookAlikes({ [variable]: 'x' }, known), [{ variable, meant }]);
    });
  }

  test('points unknown AUTH_, DATABASE_ and CORS_ variables at their family', () => {
    const found = findLookAlikes({ AUTH_SECRET_KEY: 'x', DATABASE_PASSWORD: 'x', CORS_ORIGIN: 'x' }, known);
    assert.equal(found.length, 3);
  });

  test('is quiet about what is known, empty, or not ours', () => {
    const variables = {
      PORT: '1',
      AUTH_JWKS_URI: '',
      PATH: '/bin',
      HOSTNAME: 'x',
      NODE_OPTIONS: 'x',
      HOME: '/',
      LOGNAME: 'x',
    };
    assert.deepEqual(findLookAlikes(variables, known), []);
  });
});
