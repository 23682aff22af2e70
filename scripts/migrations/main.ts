import { enableCompileCache } from 'node:module';
import { resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');

/** `npm run migrate`. Exit codes: 0 done, 1 a migration is wrong or pending, 2 it could not be tried. */
export async function main(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  // Stripping types takes longer than most runs have to do; what is imported below is stripped once.
  enableCompileCache(resolve(ROOT, '.cache/migrate'));
  const { runCommand } = await import('./command.ts');
  return runCommand(args, env, {
    root: ROOT,
    stdout: (text) => process.stdout.write(text),
    stderr: (text) => process.stderr.write(text),
  });
}

if (import.meta.main) {
  process.exitCode = await main(process.argv.slice(2), process.env);
}
