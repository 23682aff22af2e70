import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { suite, test } from 'node:test';

const MAIN = join(import.meta.dirname, 'main.ts');

suite('npm run fuzz', () => {
  for (const args of [
    ['--minutes', '0'],
    ['--minutes', 'soon'],
    ['--minutes', '1441'],
    ['--seed', '1.5'],
    ['--seed', '-1'],
    ['--only', 'nothing'],
    ['--hours', '1'],
    ['all'],
  ]) {
    test(`says how it is used when it is told ${args.join(' ')}`, () => {
      const { status, stderr, stdout } = spawnSync(process.execPath, [MAIN, ...args], { encoding: 'utf8' });
      assert.equal(status, 1);
      assert.match(stderr, /^Usage: npm run fuzz/);
      assert.equal(stdout, '');
    });
  }
});
