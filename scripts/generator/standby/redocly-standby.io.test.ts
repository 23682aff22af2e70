import assert from 'node:assert/strict';
import { afterEach, suite, test } from 'node:test';

import { redoclyLint } from '../lint/redocly.ts';
import { PROJECT } from '../testing/check-types.ts';
import { dismissRedocly, prepareRedocly, runInStandby } from './redocly-standby.ts';

const QUIET = { REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true', NO_COLOR: '1' };
const LINT = ['lint', 'specs/openapi.yaml', '--format=json', '--extends=recommended'];
const TIMEOUT_MS = 60_000;

suite('runInStandby', () => {
  afterEach(dismissRedocly);

  test('gives what a process of its own prints, run after run, orders at once included', async () => {
    const alone = await redoclyLint(PROJECT, ['specs/openapi.yaml']);
    assert.match(alone.stdout, /"problems"/);
    prepareRedocly(['lint'], QUIET);
    const args = ['lint', 'specs/openapi.yaml', '--format=json', '--max-problems=100000', '--config'];
    const runs = await Promise.all(
      Array.from({ length: 3 }, () => runInStandby(PROJECT, [...args, 'redocly.yaml'], TIMEOUT_MS)),
    );
    assert.deepEqual(
      runs.map((run) => run?.stdout),
      [alone.stdout, alone.stdout, alone.stdout],
    );
  });

  test('gives what the tool printed when it refuses, and goes on', async () => {
    prepareRedocly(['join'], QUIET);
    for (let run = 0; run < 2; run += 1) {
      const refused = await runInStandby(PROJECT, ['join', 'specs/no-such-file.yaml'], TIMEOUT_MS);
      assert.match(refused?.stderr ?? '', /no-such-file|at least 2/i);
    }
  });

  test('has none to offer for another command, nor once they are dismissed', async () => {
    prepareRedocly(['lint'], QUIET);
    assert.equal(await runInStandby(PROJECT, ['join'], TIMEOUT_MS), undefined);
    dismissRedocly();
    assert.equal(await runInStandby(PROJECT, LINT, TIMEOUT_MS), undefined);
  });

  test('gives nothing instead of waiting for ever, and is replaced after that', async () => {
    prepareRedocly(['lint'], QUIET);
    assert.equal(await runInStandby(PROJECT, LINT, 1), undefined);
    prepareRedocly(['lint'], QUIET);
    assert.match((await runInStandby(PROJECT, LINT, TIMEOUT_MS))?.stdout ?? '', /"problems"/);
  });
});
