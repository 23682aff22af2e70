/**
 * Three generators that check one another: our component types, those of orval (from the contract) and those of
 * openapi-typescript-codegen (from its OpenAPI 3.0 view) must be identical, readonly marks aside.
 */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, suite, test } from 'node:test';
import { promisify } from 'node:util';

import { compileContract } from '../contract/compile-contract.ts';
import { checkTypes, PROJECT } from '../testing/check-types.ts';
import { generateSdk } from './generate-sdk.ts';
import { SDK_ROOT } from './sdk-types.ts';
import { threeZeroView } from './three-zero-view.ts';

const IDENTICAL = `
type Plain<T> = T extends object ? { -readonly [K in keyof T]: Plain<T[K]> } : T;
type Identical<A, B> =
  (<T>() => T extends Plain<A> ? 1 : 2) extends (<T>() => T extends Plain<B> ? 1 : 2) ? true : false;
declare function same<A, B>(identical: Identical<A, B>): void;
`;

const root = await mkdtemp(path.join(os.tmpdir(), 'agreement-'));
after(() => rm(root, { recursive: true, force: true }));

const compiled = await compileContract({ root: PROJECT });
assert.ok(compiled.ok);
const { contract, joined } = compiled;
const components = [...contract.common, ...contract.modules.flatMap((module) => module.schemas)];

for (const file of await generateSdk({ root: PROJECT, contract, joined })) {
  const target = path.join(root, 'ours', path.posix.relative(SDK_ROOT, file.path));
  if (!file.path.endsWith('/schemas.ts')) continue;
  await mkdir(path.dirname(target), { recursive: true });
  await writeFile(target, file.text);
}
await writeFile(path.join(root, 'three-one.json'), JSON.stringify(joined));
await writeFile(path.join(root, 'three-zero.json'), JSON.stringify(threeZeroView(joined)));
await promisify(execFile)(
  process.execPath,
  [
    path.join(import.meta.dirname, 'testing', 'run-oracles.ts'),
    path.join(root, 'three-one.json'),
    path.join(root, 'three-zero.json'),
    root,
  ],
  { cwd: root },
);

/** What the compiler says of components compared; `wrong` is compared with another one. */
async function compare(wrong?: string): Promise<string> {
  const lines = components.map(({ home, component, responseName }) => {
    const other = component === wrong ? 'Problem' : component;
    return `
import type { ${responseName} as Ours${component} } from './ours/${home}/schemas.ts';
import type { ${other} as Orval${component} } from './orval/client.schemas.ts';
import type { ${other} as Otc${component} } from './otc/models/${other}.ts';
same<Ours${component}, Orval${component}>(true);
same<Ours${component}, Otc${component}>(true);`;
  });
  await writeFile(path.join(root, 'compare.ts'), IDENTICAL + lines.join('\n'));
  const compilerOptions = {
    strict: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
    module: 'esnext',
    moduleResolution: 'bundler',
    allowImportingTsExtensions: true,
    types: [],
    lib: ['es2022', 'dom'],
  };
  const tsconfig = path.join(root, 'tsconfig.json');
  await writeFile(tsconfig, JSON.stringify({ compilerOptions, files: ['compare.ts'] }));
  return checkTypes(tsconfig);
}

suite('three generators', () => {
  test('agree on the type of every component', async () => {
    assert.ok(components.length >= 10);
    assert.equal(await compare(), '');
  });

  test('would be caught disagreeing', async () => {
    const said = await compare('Recipe');
    assert.equal(said.match(/error TS2345/g)?.length, 2);
  });
});
