import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, test } from 'node:test';

import { ConfigError } from './config-error.ts';
import { configVariables, loadConfig } from './load-config.ts';

const MINIMUM = {
  DATABASE_URL: 'postgres://api:canary-7f3a@127.0.0.1:5432/api',
  AUTH_JWKS_URL: 'http://127.0.0.1:4001/api/auth/jwks',
  AUTH_ISSUER: 'http://127.0.0.1:4001',
  AUTH_AUDIENCE: 'http://127.0.0.1:4000',
};

/** The problems of an environment, as `NAME: expectation`. */
function problemsOf(variables: Record<string, string | undefined>): string[] {
  try {
    loadConfig(variables);
  } catch (error) {
    assert.ok(error instanceof ConfigError, String(error));
    return error.problems.map(({ variable, expected }) => `${variable}: ${expected}`);
  }
  return [];
}

suite('loadConfig', () => {
  test('needs four variables and takes defaults for the rest', () => {
    const config = loadConfig(MINIMUM);
    assert.equal(config.environment, 'production');
    assert.equal(config.server.host, '127.0.0.1');
    assert.equal(config.server.port, 4000);
    assert.equal(config.responseValidation, 'off');
    assert.equal(config.requestReferee, 'off');
    assert.equal(config.metrics.port, undefined);
    assert.deepEqual(config.auth.algorithms, ['EdDSA']);
    assert.deepEqual(config.cors.allowedOrigins, []);
  });

  test('names every missing variable at once', () => {
    assert.deepEqual(problemsOf({}), [
      'DATABASE_URL: is missing',
      'AUTH_JWKS_URL: is missing',
      'AUTH_ISSUER: is missing',
      'AUTH_AUDIENCE: is missing',
    ]);
  });

  test('names what depends on another variable beside the rest', () => {
    const variables = { ...MINIMUM, AUTH_ISSUER: undefined, METRICS_PORT: '9000', PORT: '9000' };
    assert.deepEqual(problemsOf(variables), [
      'METRICS_PORT: must differ from PORT',
      'AUTH_ISSUER: is missing',
    ]);
  });

  test('takes an empty variable for a missing one', () => {
    assert.deepEqual(problemsOf({ ...MINIMUM, AUTH_ISSUER: '', AUTH_AUDIENCE: '' }), [
      'AUTH_ISSUER: is missing',
      'AUTH_AUDIENCE: is missing',
    ]);
    assert.equal(loadConfig({ ...MINIMUM, PORT: '' }).server.port, 4000);
  });

  test('never shows a value', () => {
    const canary = 'canary-91bd';
    const all = Object.fromEntries(configVariables().map((name) => [name, ` ${canary}\u0000`]));
    assert.throws(
      () => loadConfig({ ...all, DATABASE_URL: undefined }),
      (error: unknown) => {
        assert.ok(error instanceof ConfigError);
        assert.ok(error.problems.length > 25, `${error.problems.length} problems`);
        return !`${error.message}${JSON.stringify(error)}`.includes(canary);
      },
    );
  });

  test('is frozen at every depth', () => {
    const config = loadConfig(MINIMUM);
    assert.ok(Object.isFrozen(config));
    assert.ok(Object.isFrozen(config.auth.jwks));
    assert.ok(Object.isFrozen(config.auth.algorithms));
  });

  for (const [name, refused, accepted] of [
    ['PORT', ['-1', '65536', '4e3', '0x10', ' 80', '80.0', 'http'], ['0', '65535']],
    ['WORKERS', ['0', '-1', 'auto'], ['1']],
    ['METRICS_PORT', ['-1', '65536', '4000', 'on'], ['0', '9464', '65535']],
    ['HOST', ['http://x', 'a b', 'x/y'], ['::', '0.0.0.0', 'localhost']],
    ['NODE_ENV', ['prod', 'Production'], ['development', 'test', 'production']],
    ['LOG_LEVEL', ['verbose', 'INFO'], ['debug', 'silent']],
    [
      'DATABASE_URL',
      ['mysql://a@b/c', 'postgres://host:5432', 'api'],
      ['postgresql://h/d', 'postgres:///d?host=/run'],
    ],
    [
      'AUTH_JWKS_URL',
      ['jwks', 'ftp://x/y', 'https://u:p@x/y', 'http://id.example/jwks'],
      ['https://id.example/jwks', 'http://localhost:1/j', 'http://[::1]:1/j'],
    ],
    ['AUTH_ISSUER', [' https://id', 'a\nb'], ['https://id/', 'chompardo']],
    ['AUTH_ALGORITHMS', ['RS256', 'none', 'EdDSA,HS256', ','], ['Ed25519', 'EdDSA, Ed25519']],
    [
      'CORS_ALLOWED_ORIGINS',
      ['*', 'null', 'https://a.example/', 'https://a.example/x', 'https://a.example,'],
      ['https://a.example, http://localhost:3000'],
    ],
    ['DATABASE_POOLED', ['yes', '1', 'TRUE'], ['true', 'false']],
    ['AUTH_JWKS_TIMEOUT_MS', ['3001', '0'], ['3000']],
  ] as const) {
    test(`checks ${name}`, () => {
      for (const value of refused) {
        const problems = problemsOf({ ...MINIMUM, [name]: value });
        assert.equal(problems.length, 1, `${name}=${value} should be refused`);
        assert.match(problems[0]!, new RegExp(`^${name}: must `));
      }
      for (const value of accepted) assert.deepEqual(problemsOf({ ...MINIMUM, [name]: value }), [], value);
    });
  }

  test('asks how callers are counted when there are several workers', () => {
    const two = { ...MINIMUM, WORKERS: '2' };
    assert.deepEqual(problemsOf(two), [
      'RATE_LIMIT_STORE: must be set when WORKERS is more than 1: memory (each worker counts for itself, so a caller may send as many requests to each) or postgres (all count together)',
    ]);
    for (const store of ['memory', 'postgres'] as const) {
      const config = loadConfig({ ...two, RATE_LIMIT_STORE: store });
      assert.deepEqual([config.workers, config.rateLimit.store], [2, store]);
    }
    assert.equal(loadConfig(MINIMUM).rateLimit.store, 'memory');
  });

  // @requirement 29
  test('wants https for keys from other machines, unless told otherwise or not in production', () => {
    const plain = { ...MINIMUM, AUTH_JWKS_URL: 'http://identity:4001/jwks' };
    assert.match(problemsOf(plain).join(), /^AUTH_JWKS_URL: must be https/);
    assert.deepEqual(problemsOf({ ...plain, AUTH_JWKS_ALLOW_HTTP: 'true' }), []);
    assert.deepEqual(problemsOf({ ...plain, NODE_ENV: 'development' }), []);
  });

  test('checks responses outside production, and where it is told to', () => {
    assert.equal(loadConfig({ ...MINIMUM, NODE_ENV: 'test' }).responseValidation, 'enforce');
    assert.equal(loadConfig({ ...MINIMUM, RESPONSE_VALIDATION: 'log' }).responseValidation, 'log');
    for (const [environment, referee] of [
      ['development', 'log'],
      ['test', 'enforce'],
    ] as const) {
      assert.equal(loadConfig({ ...MINIMUM, NODE_ENV: environment }).requestReferee, referee);
      assert.equal(
        loadConfig({ ...MINIMUM, NODE_ENV: environment, REQUEST_REFEREE: 'off' }).requestReferee,
        'off',
      );
    }
  });
});

suite('secrets in files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'config-'));
  const path = join(folder, 'url');
  const withoutUrl = { ...MINIMUM, DATABASE_URL: undefined };
  test.after(() => {
    rmSync(folder, { recursive: true });
  });

  test('are read without their last line feed', () => {
    writeFileSync(path, `${MINIMUM.DATABASE_URL}\n`);
    assert.equal(loadConfig({ ...withoutUrl, DATABASE_URL_FILE: path }).database.url, MINIMUM.DATABASE_URL);
  });

  test('are not read beside the variable itself', () => {
    assert.match(
      problemsOf({ ...MINIMUM, DATABASE_URL_FILE: path }).join(),
      /set together with DATABASE_URL_FILE/,
    );
  });

  test('must be there and hold something usable', () => {
    assert.match(
      problemsOf({ ...withoutUrl, DATABASE_URL_FILE: join(folder, 'no') }).join(),
      /cannot be read/,
    );
    writeFileSync(path, '\n');
    assert.match(problemsOf({ ...withoutUrl, DATABASE_URL_FILE: path }).join(), /names an empty file/);
    writeFileSync(path, 'canary');
    assert.match(
      problemsOf({ ...withoutUrl, DATABASE_URL_FILE: path }).join(),
      /^DATABASE_URL_FILE: must be a URL/,
    );
  });
});

suite('.env.example', () => {
  const text = readFileSync(new URL('../../../.env.example', import.meta.url), 'utf8');
  const documented = [...text.matchAll(/^([A-Z_]+)=(.*)$/gm)].map(([, name, value]) => ({
    name: name!,
    value: value!,
  }));

  test('documents exactly the variables that are read', () => {
    assert.deepEqual(documented.map(({ name }) => name).toSorted(), configVariables().toSorted());
  });

  test('shows the defaults', () => {
    const required = new Set(['DATABASE_URL', 'AUTH_JWKS_URL', 'AUTH_ISSUER', 'AUTH_AUDIENCE']);
    const shown = Object.fromEntries(documented.map(({ name, value }) => [name, value]));
    const minimum = Object.fromEntries(Object.entries(shown).filter(([name]) => required.has(name)));
    assert.deepEqual(loadConfig(shown), loadConfig(minimum));
  });
});
