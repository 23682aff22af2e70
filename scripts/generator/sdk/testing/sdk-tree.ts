import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { JsonObject } from '../../contract/contract.ts';
import { type Compiled, compileContract, compileDocument } from '../../contract/compile-contract.ts';
import { PROJECT, REDOCLY_CONFIG } from '../../testing/check-types.ts';
import { compileCase, corpusCase } from '../../testing/corpus.ts';
import type { GeneratedFile } from '../../write/generated-file.ts';
import { emitSdk } from '../emit-sdk.ts';
import type { Modules } from '../exported-names.ts';
import { readSdkSources } from '../read-sdk-sources.ts';
import { SDK_ROOT } from '../sdk-types.ts';

/** Cases whose modules and shared schemas must stay apart; they take a compile of the whole specs, which is slow. */
const WHOLE = new Set([
  'crud',
  'kitchen-sink',
  'names-of-the-sdk',
  'paging',
  'several-modules',
  'shared-problem',
]);

/** The generated files of the SDK for a case: from its specs, or from the document that is joined from them. */
export async function sdkOfCase(name: string): Promise<readonly GeneratedFile[]> {
  const contract = corpusCase(name);
  if (WHOLE.has(name)) return emit(await compileCase(contract));
  const file = path.join(contract.expected, 'generated', 'openapi.json');
  return emit(await compileDocument({ file, text: await readFile(file, 'utf8'), moduleName: 'joined' }));
}

/** The generated files of the SDK for the specs below `root`. */
export async function sdkOf(root: string): Promise<readonly GeneratedFile[]> {
  return emit(await compileContract({ root, redoclyConfig: REDOCLY_CONFIG }));
}

function emit(compiled: Compiled): readonly GeneratedFile[] {
  if (!compiled.ok) throw new Error(compiled.diagnostics.map(({ message }) => message).join('\n'));
  return emitSdk(compiled.contract, compiled.joined);
}

/** SDKs of several cases in a temporary folder, over one runtime; removed at the end of its scope. */
export interface SdkTree extends AsyncDisposable {
  readonly root: string;
  /** Absolute path of a generated file: `kitchen/operations.ts`. */
  generated(caseName: string, file: string): string;
  /** Absolute path of a file of the runtime: `client.ts`. */
  runtime(file: string): string;
}

/** Folders with what the generated files of further entries are made with. */
const ENTRIES = ['client', 'forms', 'mcp', 'msw', 'orval', 'react', 'services', 'zod'];

/**
 * Writes the SDKs of `cases`, with what `print` makes of the published document of each. The tree has a `tsconfig.json` with the
 * flags that the SDK itself is compiled with, and a `tsconfig.mcp.json` for the MCP server, as the SDK has.
 */
export async function createSdkTree(
  cases: readonly string[],
  print: (published: JsonObject) => Promise<readonly GeneratedFile[]> = () => Promise.resolve([]),
): Promise<SdkTree> {
  const root = await mkdtemp(path.join(os.tmpdir(), 'sdk-tree-'));
  const tree: SdkTree = {
    root,
    // Generated files find the runtime two folders up.
    generated: (caseName, file) => path.join(root, 'src', caseName, file),
    runtime: (file) => path.join(root, 'src', 'runtime', file),
    [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }),
  };
  await writeJson(path.join(root, 'package.json'), { type: 'module' });
  await writeJson(path.join(root, 'tsconfig.json'), {
    extends: path.join(PROJECT, 'sdk', 'tsconfig.json'),
    compilerOptions: { types: [] },
    include: ['src'],
    exclude: ['src/*/orval/mcp'],
  });
  await writeJson(path.join(root, 'tsconfig.mcp.json'), {
    extends: path.join(PROJECT, 'sdk', 'tsconfig.mcp.json'),
    compilerOptions: { types: [] },
    include: ['src/*/orval/mcp'],
  });
  await symlink(path.join(PROJECT, 'node_modules'), path.join(root, 'node_modules'));
  for (const folder of ['runtime', ...ENTRIES]) {
    await cp(path.join(PROJECT, 'sdk', 'src', folder), path.join(root, 'src', folder), {
      recursive: true,
      // An entry's index, and a program, is that of the SDK's own operations.
      filter: (source) => !/\.(test|types)\.ts$|[/\\](?!runtime)[^/\\]+[/\\](index|main)\.ts$/.test(source),
    });
  }
  const sources = await readSdkSources(path.join(PROJECT, 'sdk', 'src'));
  const entries = new Map(
    [...sources].filter(([file, text]) => file.endsWith('/index.ts') && text.includes('generated/')),
  );
  for (const name of cases) {
    const published: JsonObject = JSON.parse(
      await readFile(path.join(corpusCase(name).expected, 'generated', 'openapi.json'), 'utf8'),
    );
    for (const file of [...(await sdkOfCase(name)), ...(await print(published))]) {
      const target = tree.generated(name, path.posix.relative(SDK_ROOT, file.path));
      await mkdir(path.dirname(target), { recursive: true });
      await writeFile(target, file.text);
    }
    await writeEntries(root, name, entries);
  }
  return tree;
}

/** The entries of the SDK over the files of a case: there the names that are emitted meet those that are written by hand. */
async function writeEntries(root: string, name: string, entries: Modules): Promise<void> {
  for (const [file, text] of entries) {
    const entry = path.posix.relative('sdk/src', path.posix.dirname(file));
    const made = [...text.matchAll(/'(?:\.\.?\/)+generated\/([^']+)'/g)].map(([, target = '']) => target);
    if (!made.every((target) => existsSync(path.join(root, 'src', name, target)))) continue;
    const at = path.join(root, 'src', 'entries', name, `${entry === '' ? 'main' : entry}.ts`);
    await mkdir(path.dirname(at), { recursive: true });
    const moved = text.replaceAll(/'(\.\.?\/[^']+)'/g, (_whole, specifier: string) => {
      const target = path.posix.join(entry, specifier).replace(/^generated\//, `${name}/`);
      return `'../../${target}'`;
    });
    await writeFile(at, moved);
  }
}

function writeJson(file: string, value: object): Promise<void> {
  return writeFile(file, JSON.stringify(value));
}
