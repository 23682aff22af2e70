import assert from 'node:assert/strict';
import { afterEach, suite, test } from 'node:test';

import { PROJECT } from '../testing/check-types.ts';
import { dismissRedocly, prepareRedocly, runInStandby } from './redocly-standby.ts';

const QUIET = { REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true', NO_COLOR: '1' };

suite('runInStandby', () => {
  afterEach(dismissRedocly);

  test('runs the tool in a waiting process, each once', async () => {
    prepareRedocly(1, QUIET);
    const run = runInStandby(PROJECT, ['--version'], 60_000);
    assert.equal(runInStandby(PROJECT, ['--version'], 60_000), undefined);
    assert.match((await run)?.stdout ?? '', /^\d+\.\d+\.\d+\n$/);
  });

  test('gives what the tool printed when it refuses', async () => {
    prepareRedocly(1, QUIET);
    const run = await runInStandby(PROJECT, ['join', 'specs/no-such-file.yaml'], 60_000);
    assert.match(`${run?.stdout ?? ''}${run?.stderr ?? ''}`, /no-such-file|at least 2/);
  });

  test('has none to offer once they are dismissed', () => {
    prepareRedocly(2, QUIET);
    dismissRedocly();
    assert.equal(runInStandby(PROJECT, ['--version'], 60_000), undefined);
  });
});
