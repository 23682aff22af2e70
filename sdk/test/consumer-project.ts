import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

import { NODE_MODULES, SDK } from './packed.ts';

const TSC = path.join(NODE_MODULES, 'typescript', 'bin', 'tsc');
const run = promisify(execFile);

/** A project of somebody who installed the package, in a temporary folder that is removed at the end of its scope. */
export interface ConsumerProject extends AsyncDisposable {
  readonly folder: string;
  /** Where the package is in it. */
  readonly installed: string;
}

/** Compiles the package into a new project, beside the optional peers as the consumer has them. */
export async function createConsumer(): Promise<ConsumerProject> {
  const folder = await mkdtemp(path.join(tmpdir(), 'sdk-consumer-'));
  const installed = path.join(folder, 'node_modules', '@chompardo', 'sdk');
  await mkdir(installed, { recursive: true });
  for (const peer of ['@tanstack', '@types', 'csstype', 'msw', 'react', 'svelte', 'swr', 'vue', 'zod']) {
    await symlink(path.join(NODE_MODULES, peer), path.join(folder, 'node_modules', peer));
  }
  await tsc('-p', path.join(SDK, 'tsconfig.build.json'), '--outDir', path.join(installed, 'dist'));
  await cp(path.join(SDK, 'package.json'), path.join(installed, 'package.json'));
  await writeFile(path.join(folder, 'package.json'), '{ "type": "module" }');
  return { folder, installed, [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) };
}

/** Runs the compiler; gives what it says, empty when all is well. */
export async function tsc(...options: readonly string[]): Promise<string> {
  try {
    await run(process.execPath, [TSC, ...options]);
    return '';
  } catch (error) {
    return error instanceof Error && 'stdout' in error ? String(error.stdout) : String(error);
  }
}
