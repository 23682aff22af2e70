import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { separate } from './separate.ts';

const ROOT = resolve(import.meta.dirname, '../..');

/** The module that the copy gets instead, of several words so that each form of its names is told from the others. */
const MODULE = 'cold-room';

/** The tests that the copy runs besides its unit tests: the new module's, contracts served, and this API as a process with a database. */
const TESTS = [
  `src/modules/${MODULE}`,
  'tests/every-operation',
  'tests/contracts/crud',
  'tests/contracts/guards/guards',
  'tests/contracts/kitchen-sink/protocol',
  'src/main.http.test.ts',
];

/** The tasks of `npm run check`, but for the documents: they show recipes. */
function checksOf(root: string): readonly string[] {
  const { scripts }: { readonly scripts: { readonly check: string } } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  );
  return scripts.check.split(' ').filter((word) => word.includes(':') && word !== 'check:documents');
}

/** Each step's words, and what runs in the copy. What `npm run new` writes is checked as it is: no step edits it. */
const STEPS: readonly (readonly [what: string, ...args: string[]])[] = [
  ['gets a module', 'scripts/new/main.ts', 'module', MODULE, '--resource', 'egg-box'],
  ['gets an operation', 'scripts/new/main.ts', 'operation', MODULE, 'listEggShells'],
  ['gets an operation that does something', 'scripts/new/main.ts', 'operation', MODULE, 'sealEggBox'],
  ['gets a query', 'scripts/new/main.ts', 'query', MODULE, 'ListEggBoxesByOwner'],
  ['prints its requirements', 'scripts/requirements/main.ts'],
  ['passes its checks', 'scripts/check/main.ts', ...checksOf(ROOT)],
  ['passes the tests of the module and of the platform', 'scripts/test/main.ts', ...TESTS],
];

/**
 * `npm run test:separable`: in a copy of this project without the recipe module, its SDK and the web app, and with a module that
 * `npm run new` writes, everything must be green. Exit codes: 0 it is, 1 a step failed.
 */
export async function main(root: string = ROOT): Promise<0 | 1> {
  const target = await mkdtemp(join(tmpdir(), 'separable-'));
  try {
    const gone = separate({ root, target, module: 'recipe', app: 'examples/web' });
    console.log(`A copy without ${gone.length} files`);
    for (const [what, ...args] of STEPS) {
      const startedAt = performance.now();
      const { code, output } = await run(target, args);
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
      console.log(`${code === 0 ? '✔' : '✖'} ${what} (${seconds} s)`);
      if (code !== 0) {
        console.error(output);
        return 1;
      }
    }
    return 0;
  } finally {
    await rm(target, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function run(cwd: string, args: readonly string[]): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, [...args], { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  }
  await once(child, 'close');
  return { code: child.exitCode, output };
}

if (import.meta.main) process.exitCode = await main();
