import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { DEFAULT_SETTINGS, readSettings } from './settings.ts';

suite('settings', () => {
  test('come from flags, else from variables, else they are the defaults', () => {
    assert.deepEqual(readSettings({}, {}), { settings: DEFAULT_SETTINGS, problems: [] });
    const flags = { 'lock-timeout': '100', retries: '0' };
    const env = {
      MIGRATION_LOCK_TIMEOUT_MS: '7',
      MIGRATION_STATEMENT_TIMEOUT_MS: '0',
      MIGRATION_WAIT_MS: '',
    };
    assert.deepEqual(readSettings(flags, env).settings, {
      lockTimeoutMs: 100,
      statementTimeoutMs: 0,
      retries: 0,
      waitMs: DEFAULT_SETTINGS.waitMs,
    });
  });

  test('that are no whole numbers in their range are told one by one', () => {
    const { problems } = readSettings(
      { 'lock-timeout': '', retries: '101' },
      { MIGRATION_STATEMENT_TIMEOUT_MS: '1.5', MIGRATION_WAIT_MS: '-1' },
    );
    assert.deepEqual(problems, [
      '--lock-timeout takes a whole number of milliseconds from 0 to 600000.',
      'MIGRATION_STATEMENT_TIMEOUT_MS takes a whole number of milliseconds from 0 to 86400000.',
      '--retries takes a whole number from 0 to 100.',
      'MIGRATION_WAIT_MS takes a whole number of milliseconds from 0 to 86400000.',
    ]);
  });
});
