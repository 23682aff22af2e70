import { enableCompileCache } from 'node:module';
import { join, resolve } from 'node:path';
import type { Output } from '../generate/run.ts';

const ROOT = resolve(import.meta.dirname, '../..');

/** What shells say of a program that a signal ended: 128 and its number. */
const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/**
 * `npm run new`: writes a module, an operation, a query or a migration. Exit codes: 0 done, 1 it cannot be made as asked, 2 it could
 * not be tried.
 *
 * @param onWritten as in `MakeOptions`.
 */
export async function main(
  args: readonly string[],
  root: string,
  output: Output,
  onWritten?: (undo: (() => void) | undefined) => void,
): Promise<0 | 1 | 2> {
  // What is imported below is compiled once, not in every run.
  enableCompileCache(join(ROOT, '.cache', 'compiled'));
  const { HELP, parseArguments } = await import('./arguments.ts');
  const parsed = parseArguments(args);
  if (typeof parsed === 'string') {
    output.err(`${parsed}\nnpm run new -- --help says more.`);
    return 1;
  }
  if (parsed.help) {
    output.out(HELP.trimEnd());
    return 0;
  }
  const { make } = await import('./make.ts');
  try {
    const { request, isDryRun } = parsed;
    return await make(request, { root, isDryRun, output, ...(onWritten === undefined ? {} : { onWritten }) });
  } catch (error) {
    output.err(`This could not be tried: ${error instanceof Error ? error.message : String(error)}`);
    return 2;
  }
}

/** Takes back what was written when the run is interrupted before it is done. */
function undoWhenInterrupted(output: Output): (undo: (() => void) | undefined) => void {
  let undoNow: (() => void) | undefined;
  for (const [signal, code] of Object.entries(SIGNALS)) {
    process.once(signal, () => {
      undoNow?.();
      if (undoNow !== undefined)
        output.err('Interrupted: what was written has been taken back. npm run generate');
      process.exit(code);
    });
  }
  return (undo) => void (undoNow = undo);
}

if (import.meta.main) {
  const output: Output = {
    out: (line) => process.stdout.write(`${line}\n`),
    err: (line) => process.stderr.write(`${line}\n`),
  };
  process.exitCode = await main(process.argv.slice(2), ROOT, output, undoWhenInterrupted(output));
}
