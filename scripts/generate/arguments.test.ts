import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { parseArguments } from './arguments.ts';

suite('parseArguments', () => {
  test('writes with the cache, quietly, unless told otherwise', () => {
    assert.deepEqual(parseArguments([]), { mode: 'write', isVerbose: false, useCache: true });
    assert.deepEqual(parseArguments(['--check', '--verbose', '--no-cache']), {
      mode: 'check',
      isVerbose: true,
      useCache: false,
    });
  });

  test('knows its modes', () => {
    for (const mode of ['check', 'watch', 'help'] as const) {
      assert.deepEqual(parseArguments([`--${mode}`]), { mode, isVerbose: false, useCache: true });
    }
  });

  test('answers an unknown flag with one sentence', () => {
    assert.equal(parseArguments(['--chekc']), 'Unknown argument "--chekc"; --help lists the known ones.');
    assert.equal(parseArguments(['--check', '--watch']), '--check and --watch exclude each other.');
  });
});
