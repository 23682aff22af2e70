/** `npm run test:web`: builds the app and tests it, on a PostgreSQL of its own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, glob, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { argv, env, execPath, getuid } from 'node:process';

import { build } from 'vite';

import { startTestServer, TEMPLATE } from '../../../scripts/test/test-database.ts';
import { reasonToSkip } from './browser.ts';

const WEB = resolve(import.meta.dirname, '..');
const ROOT = resolve(WEB, '../..');
const INTERRUPTED = 130;

/**
 * Runs the tests of the app; arguments are parts of file names.
 * Exit codes: the tests' own, 2 when they could not be run, 130 when interrupted.
 */
export async function main(args: readonly string[]): Promise<number> {
  const reason = reasonToSkip();
  await using cleanup = new AsyncDisposableStack();
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    const abort = (): void => stop.abort();
    process.on(signal, abort);
    cleanup.defer(() => void process.off(signal, abort));
  }
  try {
    const scratch = await mkdtemp(join(tmpdir(), 'chompardo-web-'));
    cleanup.defer(() => rm(scratch, { recursive: true, force: true, maxRetries: 5 }));
    // Like /tmp itself: PostgreSQL, which does not run as root, removes its folder there.
    if (getuid?.() === 0) await chmod(scratch, 0o1777);
    const files: string[] = [];
    for await (const file of glob(['src/**/*.test.ts', 'e2e/**/*.test.ts'], { cwd: WEB })) files.push(file);
    const wanted = files
      .filter((file) => args.length === 0 || args.some((part) => file.includes(part)))
      .toSorted();
    if (wanted.length === 0) {
      process.stderr.write(`No test file matches ${args.join(' ')}.\n`);
      return 2;
    }
    if (reason !== undefined) process.stdout.write(`${reason}\n`);
    const needsServer = reason === undefined && wanted.some((file) => file.startsWith('e2e'));
    const dist = join(scratch, 'dist');
    if (needsServer) await build({ root: WEB, logLevel: 'warn', build: { outDir: dist, emptyOutDir: true } });
    const server = needsServer ? await startTestServer(ROOT) : undefined;
    cleanup.defer(async () => server?.stop());
    if (stop.signal.aborted) return INTERRUPTED;
    const child = spawn(execPath, ['--test', '--test-concurrency=1', '--test-reporter=spec', ...wanted], {
      cwd: WEB,
      stdio: ['ignore', 'inherit', 'inherit'],
      detached: true,
      env: {
        ...env,
        NODE_TEST_CONTEXT: undefined,
        TMPDIR: scratch,
        WEB_DIST: dist,
        TEST_DATABASE_URL: server?.adminUrl,
        TEST_DATABASE_TEMPLATE: server === undefined ? undefined : TEMPLATE,
      },
    });
    const end = (): void => endGroup(child.pid);
    stop.signal.addEventListener('abort', end, { once: true });
    await once(child, 'exit');
    // Browsers that outlived their test file.
    end();
    return stop.signal.aborted ? INTERRUPTED : (child.exitCode ?? 1);
  } catch (error) {
    process.stderr.write(
      `The web app could not be tested: ${error instanceof Error ? error.message : String(error)}\n`,
    );
    return 2;
  }
}

function endGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // The group is already gone.
  }
}

if (import.meta.main) process.exitCode = await main(argv.slice(2));
