import { join } from 'node:path';

import { build, CompileError } from './build.ts';

/** `npm run build:dist`: 0 built, 1 the sources do not compile, 2 it could not be done. */
export async function main(root: string): Promise<0 | 1 | 2> {
  const startedAtMs = performance.now();
  try {
    await build(root);
  } catch (error) {
    if (error instanceof CompileError) {
      process.stderr.write(`${error.message}\nNothing was built.\n`);
      return 1;
    }
    process.stderr.write(
      `dist/ could not be built: ${error instanceof Error ? error.message : String(error)}\n`,
    );
    return 2;
  }
  process.stdout.write(`built dist/ (${((performance.now() - startedAtMs) / 1000).toFixed(1)} s)\n`);
  return 0;
}

if (import.meta.main) process.exitCode = await main(join(import.meta.dirname, '..', '..'));
