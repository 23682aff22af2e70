import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { compileContract } from '../../contract/compile-contract.ts';
import { PROJECT } from '../../testing/check-types.ts';
import type { GeneratedFile } from '../../write/generated-file.ts';
import { generateSdk } from '../generate-sdk.ts';
import { SDK_ROOT } from '../sdk-types.ts';

/** Cases of the corpus: each is a folder with `specs/`. */
export const CORPUS = path.join(import.meta.dirname, '..', '..', 'testdata', 'accepted');

/** Names of the cases. */
export async function corpusCases(): Promise<readonly string[]> {
  const entries = await readdir(CORPUS, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}

const compiled = new Map<string, Promise<readonly GeneratedFile[]>>();

/** The generated files of the SDK for the specs below `root`; compiled once for all tests of a file. */
export function sdkOf(root: string): Promise<readonly GeneratedFile[]> {
  const known = compiled.get(root) ?? compileSdk(root);
  compiled.set(root, known);
  return known;
}

/** The same, compiled anew. */
export async function compileSdk(root: string): Promise<readonly GeneratedFile[]> {
  const contract = await compileContract({ root });
  if (!contract.ok) throw new Error(contract.diagnostics.map(({ message }) => message).join('\n'));
  return generateSdk({ root, contract: contract.contract, joined: contract.joined });
}

/** SDKs of several cases in a temporary folder, over one runtime; removed at the end of its scope. */
export interface SdkTree extends AsyncDisposable {
  readonly root: string;
  /** Absolute path of a generated file: `kitchen/operations.ts`. */
  generated(caseName: string, file: string): string;
  /** Absolute path of a file of the runtime: `client.ts`. */
  runtime(file: string): string;
}

/** Writes the SDKs of `cases`. The tree has a `tsconfig.json` with the flags that the SDK itself is compiled with. */
export async function createSdkTree(cases: readonly string[]): Promise<SdkTree> {
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
  });
  await cp(path.join(PROJECT, 'sdk', 'src', 'runtime'), tree.runtime('.'), {
    recursive: true,
    filter: (source) => !/\.(test|types)\.ts$/.test(source),
  });
  for (const name of cases) {
    for (const file of await sdkOf(path.join(CORPUS, name))) {
      const target = tree.generated(name, path.posix.relative(SDK_ROOT, file.path));
      await mkdir(path.dirname(target), { recursive: true });
      await writeFile(target, file.text);
    }
  }
  return tree;
}

function writeJson(file: string, value: object): Promise<void> {
  return writeFile(file, JSON.stringify(value));
}
