import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { compileCache } from '#tests/kit/compile-cache.ts';
import { PROJECT, REDOCLY_CONFIG } from './check-types.ts';

/** Runs Redocly's command line in a folder, with the rules of the project, and gives what it printed on standard output. */
export function runRedocly(cwd: string, args: readonly string[]): Promise<string> {
  const cli = path.join(PROJECT, 'node_modules', '.bin', 'redocly');
  const env = {
    ...compileCache,
    HOME: tmpdir(),
    REDOCLY_TELEMETRY: 'off',
    REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true',
  };
  return new Promise((resolve) => {
    // It fails when it finds something; what it printed is what counts.
    execFile(
      process.execPath,
      [cli, ...args, '--config', REDOCLY_CONFIG],
      { cwd, env, maxBuffer: 64 * 1024 * 1024 },
      (_error, stdout) => resolve(stdout),
    );
  });
}
