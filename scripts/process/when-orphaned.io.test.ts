import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { suite, test } from 'node:test';

import { compileCache } from '#tests/kit/compile-cache.ts';
import { whenOrphaned } from './when-orphaned.ts';

const SCRIPT = `
import { whenOrphaned } from ${JSON.stringify(new URL('when-orphaned.ts', import.meta.url).href)};
const life = setInterval(() => {}, 1000);
whenOrphaned(process.env, () => { clearInterval(life); console.log('orphaned'); });
console.log('running');
`;

suite('whenOrphaned', () => {
  test('notices that the shell which npm started is gone', async () => {
    // A second command keeps the shell from becoming the program.
    const shell = spawn(
      '/bin/sh',
      ['-c', '"$0" --input-type=module -e "$1"; exit 1', process.execPath, SCRIPT],
      {
        env: { ...compileCache, npm_lifecycle_event: 'dev' },
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    let said = '';
    shell.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
    while (!said.includes('running')) await once(shell.stdout, 'data');
    shell.kill('SIGTERM');
    // The pipe ends when the program does, not when the shell does.
    await once(shell, 'close');
    assert.equal(said, 'running\norphaned\n');
  });

  test('leaves alone what npm did not start', (context) => {
    context.mock.timers.enable({ apis: ['setInterval'] });
    let calls = 0;
    whenOrphaned({}, () => (calls += 1));
    context.mock.timers.tick(10_000);
    assert.equal(calls, 0);
  });
});
