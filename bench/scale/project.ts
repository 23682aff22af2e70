import { cp, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { build } from '../../scripts/build/build.ts';
import { compile } from '../../scripts/generator/compile.ts';
import { OPERATIONS_OF_A_RESOURCE, ROOT_DOCUMENT, thingsDocument } from './contract.ts';

const ROOT = join(import.meta.dirname, '../..');
const FOLDER = join(ROOT, '.cache/bench-scale');

/**
 * Compiles and builds a project with so many operations, this one's kernel in it.
 *
 * @returns the program that serves it.
 * @throws {Error} when the contract does not compile.
 */
export async function buildProject(operations: number): Promise<string> {
  const root = join(FOLDER, String(operations));
  await rm(root, { recursive: true, force: true });
  await write(root, 'specs/openapi.yaml', ROOT_DOCUMENT);
  await write(root, 'specs/things/openapi.yaml', thingsDocument(operations / OPERATIONS_OF_A_RESOURCE));
  for (const [from, to] of [
    ['tests/contracts/crud/specs/common', 'specs/common'],
    ['src/kernel', 'src/kernel'],
    ['bench/scale/serve-things.ts', 'src/main.ts'],
    ['package.json', 'package.json'],
    ['redocly.yaml', 'redocly.yaml'],
    ['scripts/generator/lint', 'scripts/generator/lint'],
    ['tsconfig.json', 'tsconfig.json'],
    ['tsconfig.build.json', 'tsconfig.build.json'],
  ] as const) {
    await cp(join(ROOT, from), join(root, to), { recursive: true });
  }
  await symlink(join(ROOT, 'node_modules'), join(root, 'node_modules'));
  const compiled = await compile({ root, redoclyConfig: join(ROOT, 'redocly.yaml'), layout: { sdk: null } });
  if (!compiled.ok) {
    const [first] = compiled.diagnostics;
    throw new Error(`The contract of ${operations} operations does not compile: ${JSON.stringify(first)}`);
  }
  for (const { path, text } of compiled.files) await write(root, path, text);
  await build(root);
  return join(root, 'dist/src/main.js');
}

async function write(root: string, path: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
}
