/**
 * Three generators that check one another: our component types, those of orval (from the contract) and those of
 * openapi-typescript-codegen (from its OpenAPI 3.0 view) must be identical, readonly marks and the known texts of lists that may
 * grow aside. So must be what each operation answers: by status as orval reads the contract, on success as
 * openapi-typescript-codegen does.
 */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, suite, test } from 'node:test';
import { promisify } from 'node:util';

import { compileContract } from '../contract/compile-contract.ts';
import { checkTypes, PROJECT, REDOCLY_CONFIG } from '../testing/check-types.ts';
import { emitSdk } from './emit-sdk.ts';
import { SDK_ROOT } from './sdk-types.ts';
import { threeZeroView } from './three-zero-view.ts';

const IDENTICAL = `
type Plain<T> =
  T extends string ? PlainText<T> : T extends object ? { -readonly [K in keyof T]: Plain<T[K]> } : T;
/** A list of texts that may grow is any text to the other two. */
type PlainText<T extends string> = string extends T ? string : T;
type Identical<A, B> =
  (<T>() => T extends Plain<A> ? 1 : 2) extends (<T>() => T extends Plain<B> ? 1 : 2) ? true : false;
declare function same<A, B>(identical: Identical<A, B>): void;
type Bodiless<T> = [T] extends [void] ? undefined : T;
type ByStatus<R extends { readonly status: number; readonly data: unknown }> = {
  [S in R['status']]: Bodiless<Extract<R, { readonly status: S }>['data']>;
};
type Success<R extends { readonly ok: boolean; readonly data: unknown }> = Extract<R, { readonly ok: true }>['data'];
`;

const root = await mkdtemp(path.join(os.tmpdir(), 'agreement-'));
after(() => rm(root, { recursive: true, force: true }));

const compiled = await compileContract({ root: PROJECT, redoclyConfig: REDOCLY_CONFIG });
assert.ok(compiled.ok);
const { contract, joined } = compiled;
const components = [...contract.common, ...contract.modules.flatMap((module) => module.schemas)];

for (const file of emitSdk(contract, joined)) {
  const target = path.join(root, 'ours', path.posix.relative(SDK_ROOT, file.path));
  if (!/\/(schemas|operations)\.ts$/.test(file.path)) continue;
  await mkdir(path.dirname(target), { recursive: true });
  await writeFile(target, file.text);
}
await cp(path.join(PROJECT, 'sdk', 'src', 'runtime'), path.join(root, 'runtime'), { recursive: true });
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
  return compile(lines);
}

/** What the compiler says of what operations answer; `wrong` is compared with another one. */
async function compareOperations(wrong?: string): Promise<string> {
  const lines = contract.modules.flatMap((module) =>
    module.operations.map((operation) => {
      const other = operation.id === wrong ? module.operations.find(({ id }) => id !== wrong) : operation;
      assert.ok(other);
      const service = `${(other.tags[0] ?? 'Default').replaceAll(/\W/g, '')}Service`;
      return `
import type { ${operation.responseName} as Ours${operation.id} } from './ours/${module.name}/operations.ts';
import type { ${other.id}Response as Orval${operation.id} } from './orval/client.ts';
import type { ${service} as Otc${operation.id} } from './otc/services/${service}.ts';
same<ByStatus<Ours${operation.id}>, ByStatus<Orval${operation.id}>>(true);
same<
  Bodiless<Success<Ours${operation.id}>>,
  Bodiless<Awaited<ReturnType<(typeof Otc${operation.id})['${other.id}']>>>
>(true);`;
    }),
  );
  return compile(lines);
}

async function compile(lines: readonly string[]): Promise<string> {
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

  test('agree on what every operation answers', async () => {
    assert.equal(await compareOperations(), '');
  });

  test('would be caught disagreeing on an answer', async () => {
    const said = await compareOperations(contract.modules[0]?.operations[0]?.id);
    assert.equal(said.match(/error TS2345/g)?.length, 2);
  });

  test('would be caught disagreeing', async () => {
    const said = await compare(contract.modules[0]?.schemas[0]?.component);
    assert.equal(said.match(/error TS2345/g)?.length, 2);
  });
});
