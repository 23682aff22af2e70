import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { readOutputLine, readSummary } from './turbo-output.ts';

const line = (source: string, text: string): string =>
  JSON.stringify({ source, level: 'stdout', timestamp: 1, text });

suite('what turbo says of the checks', () => {
  test('is what a task printed, without the headers of npm and turbo', () => {
    const lines = [
      line('turbo', '   • turbo 2.11.9'),
      line('//#check:format', 'cache miss, executing f32065f7816d433a'),
      line('//#check:format', '> oxfmt --check .'),
      line('//#check:format', 'bench/zz.ts (0ms)'),
      line('turbo', 'command (/project/) npm run check:format exited (1)'),
      ' ERROR  run failed: command  exited (1)',
    ];
    assert.deepEqual(
      lines.map(readOutputLine).filter((each) => each !== undefined),
      [{ task: 'check:format', text: 'bench/zz.ts (0ms)' }],
    );
  });

  test('is of each task whether it passed, failed, or had passed before', () => {
    const execution = { startTime: 1000, endTime: 3500, exitCode: 0 };
    const summary = {
      tasks: [
        { taskId: '//#test:unit', cache: { status: 'MISS' } },
        { taskId: '//#check:types', cache: { status: 'MISS' }, execution: { ...execution, exitCode: 2 } },
        { taskId: '//#check:lint', cache: { status: 'HIT' }, execution },
        { taskId: '//#check:law', cache: { status: 'MISS' }, execution },
      ],
    };
    assert.deepEqual(readSummary(JSON.stringify(summary)), [
      { task: 'check:law', state: 'passed', durationMs: 2500 },
      { task: 'check:lint', state: 'cached', durationMs: 2500 },
      { task: 'check:types', state: 'failed', durationMs: 2500 },
      { task: 'test:unit', state: 'failed', durationMs: 0 },
    ]);
  });
});
