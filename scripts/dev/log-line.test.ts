import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { formatLogLine } from './log-line.ts';

const TIME = '"time":"2026-11-22T12:00:01.500Z"';

suite('formatLogLine', () => {
  for (const [what, line, shown] of [
    [
      'a request',
      `{"level":"info",${TIME},"requestId":"r","method":"GET","route":"/tickets","status":200,"durationMs":3,"msg":"request"}`,
      '12:00:01 GET /tickets 200 3 ms',
    ],
    [
      'an unknown path',
      `{"level":"info",${TIME},"method":"GET","status":404,"durationMs":3,"msg":"request"}`,
      '12:00:01 GET (no route) 404 3 ms',
    ],
    [
      'a request whose client left before an answer',
      `{"level":"info",${TIME},"method":"POST","route":"/tickets","durationMs":3,"aborted":true,"msg":"request"}`,
      '12:00:01 POST /tickets aborted 3 ms',
    ],
    [
      'a probe',
      `{"level":"info",${TIME},"method":"GET","status":200,"durationMs":3,"msg":"request"}`,
      undefined,
    ],
    [
      'an event',
      `{"level":"info",${TIME},"host":"127.0.0.1","port":4000,"msg":"Serving"}`,
      '12:00:01 Serving host=127.0.0.1 port=4000',
    ],
    ['a warning', `{"level":"warn",${TIME},"keys":1,"msg":"No keys"}`, '12:00:01 warn: No keys keys=1'],
    [
      'an error with its stack',
      `{"level":"error",${TIME},"err":{"message":"m","stack":"Error: m\\n    at x"},"msg":"Failed"}`,
      '12:00:01 error: Failed\n  Error: m\n      at x',
    ],
    ['text', 'The API cannot start.', 'The API cannot start.'],
    ['broken JSON', '{"level":', '{"level":'],
    ['JSON of something else', '{"a":1}', '{"a":1}'],
  ] as const) {
    test(`shows ${what}`, () => {
      assert.equal(formatLogLine(line), shown);
    });
  }
});
