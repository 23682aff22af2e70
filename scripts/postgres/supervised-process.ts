import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Socket } from 'node:net';
import { commandAs, spawnIdentity } from './server-account.ts';
import type { ServerAccount } from './server-account.ts';

/** A child process that does not outlive this one, however this one ends. */
export interface SupervisedProcess {
  readonly pid: number;
  /** Settles with the exit code, or null when a signal ended it. */
  readonly exited: Promise<number | null>;
  hasExited(): boolean;
  signal(signal: NodeJS.Signals): void;
  /** Lets this process end while the program runs. */
  unref(): void;
}

/**
 * Starts a pipe's reading end beside the program: it sees the end of the pipe when this process is gone, kill -9
 * included, and then stops the program and removes `$1`. The program replaces the shell, so that its process id,
 * exit code and signals are those of our child. The watcher gets another parent, so that the server does not find
 * a process among its children that it does not know.
 */
const SUPERVISE = `
folder=$1; shift
( (
  trap '' INT HUP TERM
  read -r word <&3
  [ "$word" = ended ] && exit 0
  if [ -n "$folder" ]; then kill -QUIT $$; else kill -INT $$; fi
  tries=0
  while kill -0 $$ && ! grep -q '^State:[[:space:]]*Z' /proc/$$/status && [ $tries -lt 150 ]; do
    sleep 0.1; tries=$((tries + 1))
  done
  kill -KILL $$
  [ -n "$folder" ] && sleep 0.2 && rm -rf -- "$folder"
) >/dev/null 2>&1 & )
exec 3<&-
exec "$@"
`;

/**
 * Runs `command` as `account` in a process group of its own, so that Ctrl-C in a terminal reaches only this process.
 *
 * @throws when the program cannot be started.
 */
export async function spawnSupervised(options: {
  readonly account: ServerAccount;
  readonly command: readonly string[];
  /** Where the program's standard output and error go. */
  readonly logFd: number;
  /** What the program reads; nothing when absent. */
  readonly inputFd?: number;
  /** Removed when this process dies before the program ends. */
  readonly removeWhenOrphaned?: string;
}): Promise<SupervisedProcess> {
  const shell = ['/bin/sh', '-c', SUPERVISE, 'sh', options.removeWhenOrphaned ?? '', ...options.command];
  const [program = '', ...rest] = commandAs(options.account, shell);
  const child = spawn(program, rest, {
    ...spawnIdentity(options.account),
    cwd: '/',
    detached: true,
    // A fixed environment: PGDATA, PGPORT or a locale of the user's must not reach the server.
    env: { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
    stdio: [options.inputFd ?? 'ignore', options.logFd, options.logFd, 'pipe'],
  });
  const lifeline = child.stdio[3];
  if (!(lifeline instanceof Socket)) {
    throw new TypeError('A child process has no pipe to be watched by.');
  }
  lifeline.on('error', () => {}); // the watcher went first: nothing is left to tell it
  await once(child, 'spawn');
  const { promise: exited, resolve } = Promise.withResolvers<number | null>();
  child.once('exit', (code) => {
    lifeline.end('ended\n');
    resolve(code);
  });
  return {
    pid: child.pid ?? 0,
    exited,
    hasExited: () => child.exitCode !== null || child.signalCode !== null,
    signal(signal) {
      child.kill(signal);
    },
    unref() {
      lifeline.unref();
      child.unref();
    },
  };
}
