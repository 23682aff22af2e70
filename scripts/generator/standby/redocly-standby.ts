import { type ChildProcess, fork } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const CHILD = fileURLToPath(new URL('redocly-child.ts', import.meta.url));

/** Processes that wait; each runs once. Only `--watch` has any. */
const waiting: ChildProcess[] = [];

/** Brings the number of waiting processes up to `count`. They take their time; whoever takes one early waits for it. */
export function prepareRedocly(count: number, environment: Readonly<Record<string, string>>): void {
  while (waiting.length < count) {
    const child = fork(CHILD, {
      env: { ...environment },
      execArgv: [],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    const forget = (): void => {
      const index = waiting.indexOf(child);
      if (index >= 0) waiting.splice(index, 1);
    };
    child.once('exit', forget).once('error', forget);
    waiting.push(child);
  }
}

/** Ends the waiting processes. */
export function dismissRedocly(): void {
  for (const child of waiting.splice(0)) child.kill();
}

/**
 * Runs Redocly in a waiting process and gives what it printed; undefined when none waits.
 *
 * @throws when the process cannot be told what to run, or takes longer than `timeoutMs`.
 */
export function runInStandby(
  root: string,
  args: readonly string[],
  timeoutMs: number,
): Promise<{ readonly stdout: string; readonly stderr: string }> | undefined {
  const child = waiting.shift();
  return child && order(child, { root, args }, timeoutMs);
}

async function order(
  child: ChildProcess,
  message: { readonly root: string; readonly args: readonly string[] },
  timeoutMs: number,
): Promise<{ readonly stdout: string; readonly stderr: string }> {
  const { stdout, stderr } = child;
  if (stdout === null || stderr === null) throw new Error('Redocly was started without pipes');
  const signal = AbortSignal.timeout(timeoutMs);
  const onTimeout = (): void => void child.kill();
  signal.addEventListener('abort', onTimeout, { once: true });
  try {
    child.send(message);
    const [out, err] = await Promise.all([text(stdout), text(stderr)]);
    signal.throwIfAborted();
    return { stdout: out, stderr: err };
  } finally {
    signal.removeEventListener('abort', onTimeout);
  }
}
