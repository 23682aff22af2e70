import { join } from 'node:path';

import { whenOrphaned } from '../process/when-orphaned.ts';
import { DEV_HELP, parseDevOptions } from './options.ts';
import type { DevOutput } from './output.ts';

/** `npm run dev`: 0 stopped as asked, 1 a part ended or the sources are wrong, 2 it could not be started. */
export async function main(
  args: readonly string[],
  stopped: AbortSignal,
  output: DevOutput,
): Promise<0 | 1 | 2> {
  const options = parseDevOptions(args, process.env, join(import.meta.dirname, '..', '..'));
  if (options === 'help') {
    output.out(DEV_HELP.trimEnd());
    return 0;
  }
  if ('problem' in options) {
    output.err(options.problem);
    return 2;
  }
  const { runDev } = await import('./run-dev.ts');
  try {
    return await runDev({ ...options, variables: process.env, output, stopped });
  } catch (error) {
    output.err(`npm run dev could not go on: ${error instanceof Error ? error.message : String(error)}`);
    return 2;
  }
}

if (import.meta.main) {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      // The second one insists: children end with this process.
      if (stop.signal.aborted) process.exit(1);
      stop.abort();
    });
  }
  whenOrphaned(process.env, () => stop.abort());
  // A terminal or a pipe that went away.
  process.stdout.on('error', () => stop.abort());
  process.stderr.on('error', () => stop.abort());
  const exitCode = await main(process.argv.slice(2), stop.signal, {
    out: (line) => process.stdout.write(`${line}\n`),
    err: (line) => process.stderr.write(`${line}\n`),
  });
  // Everything is stopped; what may still hold the process open, such as a watcher, holds nothing of value.
  process.exit(exitCode);
}
