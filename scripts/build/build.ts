import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, glob, mkdir, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import type { OperationTable } from '../../src/kernel/contract/operation.ts';
import { errorCode } from '../diagnostics/error-code.ts';

/** The sources do not compile; `message` holds the compiler's own lines. */
export class CompileError extends Error {
  override readonly name = 'CompileError';
}

/** Whether the compiler is there; `npm ci --omit=dev` leaves it out. */
export function canBuild(root: string): boolean {
  return existsSync(compilerOf(root));
}

/** Not code, but read by it; of migrations the names, to tell which ones a database lacks. */
const DATA_FILES = ['generated/**/*.{json,yaml}', 'migrations/*/*.sql'];

/** The compiler rewrites relative imports to `.js`; package imports keep the ending that this maps. */
const DIST_IMPORTS = {
  '#kernel/*.ts': './src/kernel/*.js',
  '#modules/*.ts': './src/modules/*.js',
  '#generated/*.ts': './generated/*.js',
  '#generated/*.json': './generated/*.json',
};

/**
 * Builds `dist/`: what production runs, as JavaScript. It is made beside and then put in place, so that it is never half
 * a build.
 *
 * @throws {CompileError} when the sources do not compile; `dist/` is then as it was.
 */
export async function build(root: string, dist: string = join(root, 'dist')): Promise<void> {
  if (!canBuild(root))
    throw new Error('the compiler is not installed: npm ci installs it, npm ci --omit=dev does not.');
  const startedAt = new Date();
  const draft = join(root, '.cache', `build-${process.pid}`);
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { recursive: true });
  try {
    // Both are waited for: one that still writes would bring the removed draft back.
    const runs = await Promise.allSettled([
      compile(root, ['--noEmit', '--noCheck', 'false', '--rewriteRelativeImportExtensions', 'false']),
      compile(root, ['--outDir', draft]),
    ]);
    for (const run of runs) if (run.status === 'rejected') throw run.reason;
    await copyData(root, draft);
    await writeChecks(root, draft);
    const manifest = await writeManifest(root, draft);
    // The time that sources are compared with: what changed during the build is not in it.
    await utimes(manifest, startedAt, startedAt);
    await putInPlace(draft, dist);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

async function compile(root: string, flags: readonly string[]): Promise<void> {
  try {
    await promisify(execFile)(process.execPath, [compilerOf(root), '-p', 'tsconfig.build.json', ...flags], {
      cwd: root,
    });
  } catch (error) {
    if (
      error instanceof Error &&
      'stdout' in error &&
      typeof error.stdout === 'string' &&
      error.stdout !== ''
    ) {
      throw new CompileError(error.stdout.trimEnd(), { cause: error });
    }
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr) : '';
    // The compiler could not run: of what Node.js prints then, the line that says why.
    const why = /^(?:\w*Error): (.+)$/m.exec(said)?.[1];
    throw why === undefined ? error : new Error(`the compiler cannot run: ${why}`, { cause: error });
  }
}

function compilerOf(root: string): string {
  return join(root, 'node_modules', 'typescript', 'bin', 'tsc');
}

async function copyData(root: string, draft: string): Promise<void> {
  for await (const path of glob(DATA_FILES, { cwd: root })) {
    await mkdir(dirname(join(draft, path)), { recursive: true });
    await cp(join(root, path), join(draft, path));
  }
}

/**
 * Compiles the checks of each module's contract into a file beside it.
 *
 * @throws {CompileError} naming the contract with a schema that cannot be compiled.
 */
async function writeChecks(root: string, draft: string): Promise<void> {
  for await (const path of glob('generated/*/contract.json', { cwd: root })) {
    const folder = dirname(path);
    // Loaded here: a start that builds nothing loads no compiler.
    const { CHECKS_FILE, printChecks } = await import('../../src/kernel/contract/validation/print-checks.ts');
    const document: object = parseManifest(await readFile(join(root, path), 'utf8'));
    try {
      const checks = printChecks({ document, operations: await operationsOf(join(root, folder)) });
      await writeFile(join(draft, folder, CHECKS_FILE), checks);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new CompileError(`${path}: ${why}`, { cause: error });
    }
  }
}

/** The one table of a module's `operations.ts`. */
async function operationsOf(folder: string): Promise<OperationTable> {
  const tables: Readonly<Record<string, OperationTable>> = await import(
    pathToFileURL(join(folder, 'operations.ts')).href
  );
  const [table] = Object.values(tables);
  if (table === undefined) throw new Error('operations.ts exports no table');
  return table;
}

async function writeManifest(root: string, draft: string): Promise<string> {
  const { name, version } = parseManifest(await readFile(join(root, 'package.json'), 'utf8'));
  const manifest = { name, version, private: true, type: 'module', imports: DIST_IMPORTS };
  const path = join(draft, 'package.json');
  await writeFile(path, `${JSON.stringify(manifest, null, 2)}\n`);
  return path;
}

function parseManifest(text: string): { readonly name?: unknown; readonly version?: unknown } {
  const value: unknown = JSON.parse(text);
  return typeof value === 'object' && value !== null ? value : {};
}

async function putInPlace(draft: string, dist: string): Promise<void> {
  const old = `${draft}-old`;
  await rename(dist, old).catch((error: unknown) => {
    if (errorCode(error) !== 'ENOENT') throw error;
  });
  await rename(draft, dist);
  await rm(old, { recursive: true, force: true });
}
