import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { MigrationError, formatMigrationError } from '../migrations/migration-error.ts';
import { findTests, needsDatabase } from './find-tests.ts';
import { describeSlowest, type RunRecord } from './run-reporter.ts';
import { TEMPLATE, startTestServer } from './test-database.ts';

const ROOT = resolve(import.meta.dirname, '../..');

/** No test takes nearly as long: one that hangs fails, instead of keeping the run from ending. */
const TEST_TIMEOUT_MS = 600_000;

/** What shells say of a program that Ctrl-C ended. */
const INTERRUPTED = 130;

const USAGE = `Usage: npm test [-- [--unit] [--name <pattern>] [file, folder or part of a path] ...]

  --unit             only x.test.ts: no PostgreSQL, no ports
  --name <pattern>   only tests whose name matches
`;

/**
 * Runs the tests below `root` on a PostgreSQL of their own.
 * Exit codes: the tests' own, 1 when none ran, 2 when they could not be run, 130 when interrupted.
 */
export async function main(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  root: string = ROOT,
): Promise<number> {
  const options = parseArguments(args);
  if (options === undefined) {
    process.stderr.write(USAGE);
    return 2;
  }
  const files = await findTests({ root, ...options });
  if (files.length === 0) {
    process.stderr.write(
      `No test file matches ${options.patterns.join(' ') || 'src, scripts, sdk or tests'}.\n`,
    );
    return 1;
  }
  await using cleanup = new AsyncDisposableStack();
  // First in, last out: while this is registered Ctrl-C ends the tests, and everything below is undone afterwards.
  const interruption = listenForSignals(cleanup);
  try {
    // One folder for all temporary files of all tests, so that not one stays behind.
    const scratch = await mkdtemp(join(tmpdir(), 'chompardo-test-'));
    cleanup.defer(() => rm(scratch, { recursive: true, force: true, maxRetries: 5 }));
    if (process.getuid?.() === 0) {
      // Like /tmp itself: a server that a test starts runs as another account, and removes its folder there.
      await chmod(scratch, 0o1777);
    }
    const server = needsDatabase(files) ? await startTestServer(root) : undefined;
    cleanup.defer(async () => server?.stop());
    return await runNodeTest({
      root,
      files,
      names: options.names,
      interruption,
      scratch,
      env: {
        ...env,
        NODE_TEST_CONTEXT: undefined, // set when a test runs this; the runner would then do nothing
        TMPDIR: scratch,
        TEST_DATABASE_URL: server?.adminUrl,
        TEST_DATABASE_TEMPLATE: server === undefined ? undefined : TEMPLATE,
      },
    });
  } catch (error) {
    if (error instanceof MigrationError) {
      process.stderr.write(`${formatMigrationError(error)}\n`);
      return 1;
    }
    process.stderr.write(
      `The tests could not be run: ${error instanceof Error ? error.message : String(error)}\n`,
    );
    return 2;
  }
}

interface Interruption {
  /** Aborted by Ctrl-C or `kill`. */
  readonly signal: AbortSignal;
}

function listenForSignals(cleanup: AsyncDisposableStack): Interruption {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    const abort = (): void => {
      controller.abort(signal);
    };
    process.on(signal, abort);
    cleanup.defer(() => {
      process.off(signal, abort);
    });
  }
  return { signal: controller.signal };
}

async function runNodeTest(run: {
  readonly root: string;
  readonly files: readonly string[];
  readonly names: readonly string[];
  readonly interruption: Interruption;
  readonly scratch: string;
  readonly env: NodeJS.ProcessEnv;
}): Promise<number> {
  const { signal } = run.interruption;
  if (signal.aborted) {
    return INTERRUPTED;
  }
  const recordFile = join(run.scratch, 'run.json');
  const reporters = [
    ['spec', 'stdout'],
    [join(import.meta.dirname, 'run-reporter.ts'), recordFile],
  ].flatMap(([reporter, destination]) => [
    `--test-reporter=${reporter}`,
    `--test-reporter-destination=${destination}`,
  ]);
  const patterns = run.names.map((name) => `--test-name-pattern=${name}`);
  // A file for each processor: Node leaves one free, which on two is half of the machine.
  const limits = [`--test-concurrency=${availableParallelism()}`, `--test-timeout=${TEST_TIMEOUT_MS}`];
  const child = spawn(process.execPath, ['--test', ...limits, ...reporters, ...patterns, ...run.files], {
    cwd: run.root,
    env: run.env,
    stdio: ['ignore', 'inherit', 'inherit'],
    // A group of its own: Ctrl-C in a terminal reaches this process, which passes it on once.
    detached: true,
  });
  let impatience: NodeJS.Timeout | undefined;
  const stop = (): void => {
    endGroup(child.pid, 'SIGTERM');
    impatience = setTimeout(() => {
      endGroup(child.pid, 'SIGKILL');
    }, 5_000);
  };
  signal.addEventListener('abort', stop, { once: true });
  await once(child, 'exit');
  signal.removeEventListener('abort', stop);
  clearTimeout(impatience);
  endGroup(child.pid, 'SIGKILL'); // test files that did not go when their runner went
  if (signal.aborted) {
    return INTERRUPTED;
  }
  const record = await readRecord(recordFile);
  for (const line of describeSlowest(record?.files ?? [])) process.stdout.write(`${line}\n`);
  if (child.exitCode === 0 && (record?.count ?? 0) === 0) {
    process.stderr.write('No test ran: every one was skipped, or none has such a name.\n');
    return 1;
  }
  return child.exitCode ?? 1;
}

/** Undefined when the runner ended before it could write one. */
async function readRecord(path: string): Promise<RunRecord | undefined> {
  try {
    const record: RunRecord = JSON.parse(await readFile(path, 'utf8'));
    return record;
  } catch {
    return undefined;
  }
}

function endGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) {
    return;
  }
  try {
    process.kill(-pid, signal);
  } catch {
    // nobody is left in the group
  }
}

function parseArguments(
  args: readonly string[],
): { patterns: readonly string[]; names: readonly string[]; unitOnly: boolean } | undefined {
  const patterns: string[] = [];
  const names: string[] = [];
  let unitOnly = false;
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index] ?? '';
    if (arg === '--unit') {
      unitOnly = true;
    } else if (arg === '--name' && args[index + 1] !== undefined) {
      index += 1;
      names.push(args[index] ?? '');
    } else if (arg.startsWith('-')) {
      return undefined;
    } else {
      patterns.push(arg);
    }
  }
  return { patterns, names, unitOnly };
}

if (import.meta.main) {
  process.exitCode = await main(process.argv.slice(2), process.env);
}
