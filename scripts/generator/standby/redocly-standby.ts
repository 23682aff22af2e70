import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** What a run of the tool printed. */
export interface RedoclyRun {
  readonly stdout: string;
  readonly stderr: string;
}

const CHILD = fileURLToPath(new URL('redocly-child.ts', import.meta.url));
/** Each run leaves a little behind in its process, which is replaced now and then. */
const MAX_RUNS = 200;

interface Standby {
  readonly child: ChildProcess;
  runs: number;
  /** Settles when the run that was ordered last is over: one at a time. */
  idle: Promise<unknown>;
}

/** The process that waits for each of the tool's commands. Only `--watch` has any. */
const standbys = new Map<string, Standby>();

/** Starts a process for each command that has none. */
export function prepareRedocly(
  commands: readonly string[],
  environment: Readonly<Record<string, string>>,
): void {
  for (const command of commands) {
    if (standbys.has(command)) continue;
    const child = fork(CHILD, { env: { ...environment }, execArgv: [], stdio: 'ignore' });
    child.once('exit', () => forget(command, child)).on('error', () => forget(command, child));
    standbys.set(command, { child, runs: 0, idle: Promise.resolve() });
  }
}

/** Ends the waiting processes. */
export function dismissRedocly(): void {
  for (const { child } of standbys.values()) child.kill();
  standbys.clear();
}

/**
 * Runs Redocly in the process that waits for the command, the first of `args`, and gives what it printed; undefined when
 * there is none, or it ends or takes longer than `timeoutMs` instead of answering: a process of its own then says what
 * there is to say.
 */
export async function runInStandby(
  root: string,
  args: readonly string[],
  timeoutMs: number,
): Promise<RedoclyRun | undefined> {
  const command = args[0] ?? '';
  const standby = standbys.get(command);
  if (standby === undefined) return undefined;
  const run = standby.idle.then(() => order(standby.child, { root, args }, timeoutMs));
  standby.idle = run.catch(() => {});
  standby.runs += 1;
  const isLast = standby.runs >= MAX_RUNS;
  if (isLast) standbys.delete(command);
  try {
    return await run;
  } catch {
    forget(command, standby.child);
    return undefined;
  } finally {
    if (isLast) standby.child.kill();
  }
}

async function order(
  child: ChildProcess,
  message: { readonly root: string; readonly args: readonly string[] },
  timeoutMs: number,
): Promise<RedoclyRun> {
  const stop = new AbortController();
  const signal = AbortSignal.any([stop.signal, AbortSignal.timeout(timeoutMs)]);
  const ended = once(child, 'exit', { signal });
  const answered = once(child, 'message', { signal });
  try {
    child.send(message);
    const [answer] = await Promise.race([answered, ended]);
    return readRun(answer);
  } finally {
    stop.abort();
  }
}

function forget(command: string, child: ChildProcess): void {
  if (standbys.get(command)?.child === child) standbys.delete(command);
  child.kill();
}

/** @throws {TypeError} when the process ended instead of answering */
function readRun(message: unknown): RedoclyRun {
  if (typeof message === 'object' && message !== null && 'stdout' in message && 'stderr' in message) {
    const { stdout, stderr } = message;
    if (typeof stdout === 'string' && typeof stderr === 'string') return { stdout, stderr };
  }
  throw new TypeError('expected { stdout, stderr }');
}
