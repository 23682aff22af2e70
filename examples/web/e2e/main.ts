/** `npm run test:web`: builds the app and tests it, on a PostgreSQL of its own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, glob, mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { argv, env, execPath, getuid } from 'node:process';

import { build } from 'vite';

import { startTestServer, TEMPLATE } from '../../../scripts/test/test-database.ts';
import { reasonToSkip } from './browser.ts';

const WEB = resolve(import.meta.dirname, '..');
const ROOT = resolve(WEB, '../..');
const INTERRUPTED = 130;

const USAGE = `Usage: npm run test:web [-- [--screenshots] [part of a file's path] ...]

  --screenshots   leaves pictures of all states in examples/web/screenshots
`;

/** The unit tests share a process. Each file with a browser has one of its own, and as many run at once as there are processors. */
const UNIT = ['--test-isolation=none'];
const IN_BROWSER = [`--test-concurrency=${String(availableParallelism())}`];

/**
 * Runs the tests of the app.
 * Exit codes: the tests' own, 2 when they could not be run, 130 when interrupted.
 */
export async function main(args: readonly string[]): Promise<number> {
  const parts = args.filter((arg) => arg !== '--screenshots');
  if (parts.some((part) => part.startsWith('-'))) {
    process.stderr.write(USAGE);
    return 2;
  }
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
      .filter((file) => parts.length === 0 || parts.some((part) => file.includes(part)))
      .toSorted();
    if (wanted.length === 0) {
      process.stderr.write(`No test file matches ${parts.join(' ')}.\n`);
      return 2;
    }
    if (reason !== undefined) process.stdout.write(`${reason}\n`);
    const [units, inBrowser] = [wanted.filter((file) => !isInBrowser(file)), wanted.filter(isInBrowser)];
    const unitCode = await runTests(UNIT, units, env, stop.signal);
    if (inBrowser.length === 0 || stop.signal.aborted) return stop.signal.aborted ? INTERRUPTED : unitCode;
    const dist = join(scratch, 'dist');
    const needsServer = reason === undefined;
    if (needsServer) await build({ root: WEB, logLevel: 'warn', build: { outDir: dist, emptyOutDir: true } });
    const server = needsServer ? await startTestServer(ROOT) : undefined;
    cleanup.defer(async () => server?.stop());
    const browserCode = await runTests(
      IN_BROWSER,
      inBrowser,
      {
        ...env,
        TMPDIR: scratch,
        NODE_COMPILE_CACHE: env['NODE_COMPILE_CACHE'] ?? join(ROOT, '.cache/tests'),
        WEB_DIST: dist,
        WEB_SCREENSHOTS: String(args.includes('--screenshots')),
        TEST_DATABASE_URL: server?.adminUrl,
        TEST_DATABASE_TEMPLATE: server === undefined ? undefined : TEMPLATE,
      },
      stop.signal,
    );
    return stop.signal.aborted ? INTERRUPTED : unitCode || browserCode;
  } catch (error) {
    process.stderr.write(
      `The web app could not be tested: ${error instanceof Error ? error.message : String(error)}\n`,
    );
    return 2;
  }
}

function isInBrowser(file: string): boolean {
  return file.startsWith('e2e');
}

/** Runs test files; the exit code is not 0 when a test failed. */
async function runTests(
  flags: readonly string[],
  files: readonly string[],
  environment: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<number> {
  if (files.length === 0 || signal.aborted) return 0;
  const child = spawn(execPath, ['--test', ...flags, '--test-reporter=spec', ...files], {
    cwd: WEB,
    stdio: ['ignore', 'inherit', 'inherit'],
    detached: true,
    env: { ...environment, NODE_TEST_CONTEXT: undefined },
  });
  const end = (): void => endGroup(child.pid);
  signal.addEventListener('abort', end, { once: true });
  await once(child, 'exit');
  // Browsers that outlived their test file.
  end();
  return child.exitCode ?? 1;
}

function endGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // The group is already gone.
  }
}

if (import.meta.main) process.exitCode = await main(argv.slice(2));
