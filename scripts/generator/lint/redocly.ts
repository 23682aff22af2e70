import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { prepareRedocly, type RedoclyRun, runInStandby } from '../standby/redocly-standby.ts';

const CLI = fileURLToPath(new URL('../../../node_modules/@redocly/cli/bin/cli.js', import.meta.url));
const CONFIG = fileURLToPath(new URL('../../../redocly.yaml', import.meta.url));
/** Milliseconds; a run takes well under one second. */
const TIMEOUT = 120_000;

/**
 * All that the tool is told beside its arguments: no telemetry, no look for a newer version, no colours. It asks for a
 * home at its start, and a user without one (any uid, in a container) must not end it.
 */
const ENVIRONMENT = {
  HOME: tmpdir(),
  REDOCLY_TELEMETRY: 'off',
  REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true',
  NO_COLOR: '1',
};

/** The outcome of `redocly join`: the joined document as JSON text, or what it printed instead. */
export type RedoclyJoin =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly printed: string };

/** Starts what makes the runs to come fast, for whoever has many of them; `dismissRedocly` ends it. */
export function keepRedoclyWarm(): void {
  prepareRedocly(['lint', 'join'], ENVIRONMENT);
}

/** `redocly lint` of files relative to `root`. Findings are not an error: they are in the output. */
export async function redoclyLint(root: string, files: readonly string[]): Promise<RedoclyRun> {
  return run(root, ['lint', ...files, '--format=json', '--max-problems=100000', '--config', CONFIG]);
}

/** `redocly join` of files relative to `root`. */
export async function redoclyJoin(root: string, files: readonly string[]): Promise<RedoclyJoin> {
  const folder = await mkdtemp(join(tmpdir(), 'chompardo-join-'));
  try {
    const output = join(folder, 'joined.json');
    const { stdout, stderr } = await run(root, ['join', ...files, '--output', output, '--config', CONFIG]);
    try {
      return { ok: true, text: await readFile(output, 'utf8') };
    } catch {
      return { ok: false, printed: `${stderr}\n${stdout}` };
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The tool's exit code says little, so it is not read: what came out is checked instead. */
async function run(root: string, args: readonly string[]): Promise<RedoclyRun> {
  try {
    const standby = await runInStandby(root, args, TIMEOUT);
    if (standby !== undefined) return standby;
    const options = { cwd: root, env: ENVIRONMENT, maxBuffer: 256 * 1024 * 1024, timeout: TIMEOUT };
    return await promisify(execFile)(process.execPath, [CLI, ...args], options);
  } catch (error) {
    // A run that found something fails, with its output on the error.
    if (!(error instanceof Error) || !('stdout' in error) || !('stderr' in error)) throw error;
    return { stdout: String(error.stdout), stderr: String(error.stderr) };
  }
}
