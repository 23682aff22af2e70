import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { NOTHING, readRecord, type RunRecord } from './run-record.ts';

/** No test takes nearly as long: one that hangs fails, instead of keeping the run from ending. */
const TEST_TIMEOUT_MS = 600_000;

/** One process for all files, in which nothing can be written and no process or thread be started. */
const UNIT = ['--test-isolation=none', '--permission', '--allow-fs-read=*'] as const;

export interface NodeTestRun {
  readonly root: string;
  readonly kind: 'unit' | 'isolated';
  readonly files: readonly string[];
  /** Only tests whose name matches one of these. */
  readonly names: readonly string[];
  /** Whether each test is named, or each file and each failure. */
  readonly isVerbose: boolean;
  readonly env: NodeJS.ProcessEnv;
  /** Aborted by Ctrl-C or `kill`. */
  readonly signal: AbortSignal;
}

/** What Node's test runner came to with the files; its exit code is not 0 when a test failed or a file could not be run. */
export async function runNodeTest(
  run: NodeTestRun,
): Promise<{ readonly exitCode: number; readonly record: RunRecord }> {
  if (run.files.length === 0 || run.signal.aborted) return { exitCode: 0, record: NOTHING };
  const shown = run.isVerbose ? 'spec' : join(import.meta.dirname, 'progress-reporter.ts');
  const child = spawn(
    process.execPath,
    [
      '--test',
      // A file for each processor: Node leaves one free, which on two is half of the machine.
      ...(run.kind === 'unit' ? UNIT : [`--test-concurrency=${String(availableParallelism())}`]),
      `--test-timeout=${String(TEST_TIMEOUT_MS)}`,
      `--test-reporter=${shown}`,
      '--test-reporter-destination=stdout',
      `--test-reporter=${join(import.meta.dirname, 'run-record.ts')}`,
      '--test-reporter-destination=stdout',
      ...run.names.map((name) => `--test-name-pattern=${name}`),
      ...run.files,
    ],
    {
      cwd: run.root,
      env: { ...run.env, TEST_FILES: String(run.files.length) },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      // A group of its own: Ctrl-C in a terminal reaches this process, which passes it on once.
      detached: true,
    },
  );
  let record = NOTHING;
  child.on('message', (message) => {
    record = readRecord(message);
  });
  let impatience: NodeJS.Timeout | undefined;
  const stop = (): void => {
    endGroup(child.pid, 'SIGTERM');
    impatience = setTimeout(() => {
      endGroup(child.pid, 'SIGKILL');
    }, 5_000);
  };
  run.signal.addEventListener('abort', stop, { once: true });
  await once(child, 'close');
  run.signal.removeEventListener('abort', stop);
  clearTimeout(impatience);
  endGroup(child.pid, 'SIGKILL'); // test files that did not go when their runner went
  return { exitCode: child.exitCode ?? 1, record };
}

function endGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // The group is empty.
  }
}
