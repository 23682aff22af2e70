import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { MigrationError, formatMigrationError } from '../migrations/migration-error.ts';
import { memoryFolder } from '../process/memory-folder.ts';
import { findTests, needsDatabase } from './find-tests.ts';
import { runNodeTest } from './run-node-test.ts';
import { addRecords, describeRun } from './run-record.ts';
import { TEMPLATE, startTestServer } from './test-database.ts';

const ROOT = resolve(import.meta.dirname, '../..');

/** Several times what all tests together have there at one moment. */
export const ROOM_BYTES = 4 * 1024 ** 3;
/** What shells say of a program that Ctrl-C ended. */
const INTERRUPTED = 130;

const USAGE = `Usage: npm test [-- [--unit] [--verbose] [--name <pattern>] [file, folder or part of a path] ...]

  --unit             only x.test.ts, which do no I/O
  --verbose          names each test; without it each file, and each failure
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
  if (files.unit.length + files.isolated.length === 0) {
    process.stderr.write(
      `No test file matches ${options.patterns.join(' ') || 'src, scripts, sdk or tests'}.\n`,
    );
    return 1;
  }
  await using cleanup = new AsyncDisposableStack();
  // First in, last out: while this is registered Ctrl-C ends the tests, and everything below is undone afterwards.
  const signal = listenForSignals(cleanup);
  try {
    // One folder for all temporary files of all tests, so that not one stays behind.
    const scratch = await mkdtemp(join(await temporaryFolder(env), 'chompardo-test-'));
    cleanup.defer(() => rm(scratch, { recursive: true, force: true, maxRetries: 5 }));
    if (process.getuid?.() === 0) {
      // Like /tmp itself: a server that a test starts runs as another account, and removes its folder there.
      await chmod(scratch, 0o1777);
    }
    // NODE_TEST_CONTEXT is set when a test runs this; the runner would then do nothing.
    const base = { ...env, NODE_TEST_CONTEXT: undefined, TMPDIR: scratch };
    const shared = { root, names: options.names, isVerbose: options.isVerbose, signal };
    const unit = await runNodeTest({ ...shared, kind: 'unit', files: files.unit, env: base });
    const server = needsDatabase(files) && !signal.aborted ? await startTestServer(root, scratch) : undefined;
    cleanup.defer(async () => server?.stop());
    const isolated = await runNodeTest({
      ...shared,
      kind: 'isolated',
      files: files.isolated,
      env: {
        ...base,
        // Hundreds of processes load the same files: half of what each start costs is compiling them.
        NODE_COMPILE_CACHE: env['NODE_COMPILE_CACHE'] ?? resolve(root, '.cache/tests'),
        TEST_DATABASE_URL: server?.adminUrl,
        TEST_DATABASE_TEMPLATE: server === undefined ? undefined : TEMPLATE,
      },
    });
    if (signal.aborted) return INTERRUPTED;
    const record = addRecords([unit.record, isolated.record]);
    for (const line of describeRun(record)) process.stdout.write(`${line}\n`);
    const exitCode = unit.exitCode || isolated.exitCode;
    if (exitCode === 0 && record.passed === 0) {
      process.stderr.write('No test ran: every one was skipped, or none has such a name.\n');
      return 1;
    }
    return exitCode;
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

/** In memory where there is room, unless the caller has a wish: tests make many thousand small files that live for a second. */
async function temporaryFolder(env: NodeJS.ProcessEnv): Promise<string> {
  if (env['TMPDIR'] !== undefined) return tmpdir();
  return (await memoryFolder({ roomBytes: ROOM_BYTES, programs: true })) ?? tmpdir();
}

function listenForSignals(cleanup: AsyncDisposableStack): AbortSignal {
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
  return controller.signal;
}

function parseArguments(
  args: readonly string[],
):
  | { patterns: readonly string[]; names: readonly string[]; unitOnly: boolean; isVerbose: boolean }
  | undefined {
  const patterns: string[] = [];
  const names: string[] = [];
  let unitOnly = false;
  let isVerbose = false;
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index] ?? '';
    if (arg === '--unit') {
      unitOnly = true;
    } else if (arg === '--verbose') {
      isVerbose = true;
    } else if (arg === '--name' && args[index + 1] !== undefined) {
      index += 1;
      names.push(args[index] ?? '');
    } else if (arg.startsWith('-')) {
      return undefined;
    } else {
      patterns.push(arg);
    }
  }
  return { patterns, names, unitOnly, isVerbose };
}

if (import.meta.main) {
  process.exitCode = await main(process.argv.slice(2), process.env);
}
