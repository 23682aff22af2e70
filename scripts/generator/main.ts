import path from 'node:path';

import { HELP, parseArguments } from './arguments.ts';
import { type Output, runCheck, runWrite } from './run.ts';

/** `npm run generate`: 0 done or fresh, 1 the work found something wrong, 2 it could not be done. */
export async function main(flags: readonly string[], root: string, output: Output): Promise<0 | 1 | 2> {
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

async function runWatch(options: Parameters<typeof runWrite>[0]): Promise<0> {
  const { watchSources } = await import('./watch.ts');
  const stop = new AbortController();
  const onSignal = (): void => stop.abort();
  process.once('SIGINT', onSignal).once('SIGTERM', onSignal);
  await watchSources(options, stop.signal);
  return 0;
}

if (import.meta.main) {
  // Whoever reads the output may stop reading: `| head`.
  process.stdout.on('error', () => {});
  process.stderr.on('error', () => {});
  const output: Output = {
    out: (line) => process.stdout.write(`${line}\n`),
    err: (line) => process.stderr.write(`${line}\n`),
  };
  process.exitCode = await main(process.argv.slice(2), path.resolve(import.meta.dirname, '..', '..'), output);
}
