/**
 * `npm start`: the API alone, as production runs it, from the environment and a `.env` file when there is one. Builds
 * when there is no build or sources changed since; starts no database and no Identity service, and migrates nothing.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { canBuild } from '../build/build.ts';
import { isBuildFresh } from '../build/freshness.ts';
import { main as build } from '../build/main.ts';
import { whenOrphaned } from '../process/when-orphaned.ts';

/** Exit codes are the API's, or the build's when that fails. */
export async function main(root: string): Promise<void> {
  if (!(await isBuildFresh(root)) && !isOnlyRun(root)) {
    const exitCode = await build(root);
    if (exitCode !== 0) {
      process.exitCode = exitCode;
      return;
    }
  }
  const envFile = join(root, '.env');
  // What is set already counts more than the file.
  if (existsSync(envFile)) process.loadEnvFile(envFile);
  // In this process, so that signals and exit code are the API's without anyone between.
  await import(pathToFileURL(join(root, 'dist', 'src', 'main.js')).href);
}

/** A build that was shipped without its compiler: times of files say nothing there, and nothing could be built. */
function isOnlyRun(root: string): boolean {
  if (canBuild(root) || !existsSync(join(root, 'dist', 'package.json'))) return false;
  process.stderr.write(
    'dist/ may be older than the sources, and the compiler is not installed: dist/ is run as it is.\n',
  );
  return true;
}

if (import.meta.main) {
  whenOrphaned(process.env, () => process.kill(process.pid, 'SIGTERM'));
  await main(join(import.meta.dirname, '..', '..'));
}
