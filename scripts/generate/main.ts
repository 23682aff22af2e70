import { enableCompileCache } from 'node:module';
import path from 'node:path';

import type { Output, RunOptions } from './run.ts';

const OWN_ROOT = path.resolve(import.meta.dirname, '..', '..');

/** `npm run generate`: 0 done or fresh, 1 the work found something wrong, 2 it could not be done. */
export async function main(flags: readonly string[], root: string, output: Output): Promise<0 | 1 | 2> {
  // What is imported below is compiled once, not in every run.
  enableCompileCache(path.join(OWN_ROOT, '.cache', 'compiled'));
  const { HELP, parseArguments } = await import('./arguments.ts');
  const { runCheck, runWrite } = await import('./run.ts');
  const parsed = parseArguments(flags);
  if (typeof parsed === 'string') {
    output.err(parsed);
    return 2;
  }
  const { mode, isVerbose, useCache } = parsed;
  const options = { root, isVerbose, useCache, output };
  try {
    switch (mode) {
      case 'help':
        output.out(HELP.trimEnd());
        return 0;
      case 'check':
        return await runCheck(options);
      case 'watch':
        return await runWatch(options);
      case 'write':
        break;
    }
    return await runWrite(options);
  } catch (error) {
    output.err(`generate could not be done: ${error instanceof Error ? error.message : String(error)}`);
    return 2;
  }
}

async function runWatch(options: RunOptions): Promise<0> {
  const { watchSources } = await import('./watch.ts');
  const stop = new AbortController();
  const onSignal = (): void => stop.abort();
  process.once('SIGINT', onSignal).once('SIGTERM', onSignal);
  await watchSources(options, stop.signal);
  return 0;
}

if (import.meta.main) {
  // The reader of the output may stop reading: `| head`.
  process.stdout.on('error', () => {});
  process.stderr.on('error', () => {});
  const output: Output = {
    out: (line) => process.stdout.write(`${line}\n`),
    err: (line) => process.stderr.write(`${line}\n`),
  };
  process.exitCode = await main(process.argv.slice(2), OWN_ROOT, output);
}
