import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { parseDevOptions } from './options.ts';

const parse = (args: readonly string[], variables: Record<string, string> = {}) =>
  parseDevOptions(args, variables, '/project');

suite('parseDevOptions', () => {
  test('has the ports and the folder that the documentation names', () => {
    assert.deepEqual(parse([]), {
      root: '/project',
      dataDir: '/project/.data',
      host: '127.0.0.1',
      port: 4000,
      identityPort: 4001,
      postgresPort: 5432,
      webPort: 5173,
      databaseUrl: undefined,
      isReset: false,
      isWatching: true,
    });
  });

  test("takes the API's own variables, and arguments before them", () => {
    const variables = { PORT: '4100', HOST: '0.0.0.0', DATABASE_URL: 'postgres://a@b/c' };
    assert.partialDeepStrictEqual(parse([], variables), {
      port: 4100,
      host: '0.0.0.0',
      databaseUrl: 'postgres://a@b/c',
    });
    assert.partialDeepStrictEqual(parse(['--port', '4200', '--no-watch', '--data', '/d'], variables), {
      port: 4200,
      isWatching: false,
      dataDir: '/d',
    });
  });

  test('serves the web app where it is told, or not at all', () => {
    assert.partialDeepStrictEqual(parse(['--web-port', '5180']), { webPort: 5180 });
    assert.partialDeepStrictEqual(parse(['--no-web']), { webPort: undefined });
  });

  test('takes an empty variable for a missing one', () => {
    assert.partialDeepStrictEqual(parse([], { PORT: '', DATABASE_URL: '' }), {
      port: 4000,
      databaseUrl: undefined,
    });
  });

  test('begins with a new database when it is asked to, and never with a database that is not its own', () => {
    assert.partialDeepStrictEqual(parse(['--reset']), { isReset: true });
    assert.match(
      String(Object(parse(['--reset'], { DATABASE_URL: 'postgres://a@b/c' })).problem),
      /DATABASE_URL names another: unset it/,
    );
  });

  test('gives help', () => {
    assert.equal(parse(['--help']), 'help');
  });

  for (const args of [
    ['--port', '0'],
    ['--port', '65536'],
    ['--port', 'x'],
    ['--identity-port', '-1'],
    ['--web-port', 'x'],
    ['--prot', '1'],
    ['up'],
  ]) {
    test(`refuses ${args.join(' ')} with a sentence`, () => {
      const parsed = parse(args);
      assert.ok(typeof parsed === 'object' && 'problem' in parsed);
      assert.match(parsed.problem, /npm run dev -- --help/);
    });
  }
});
