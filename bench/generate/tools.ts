import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { peer } from '../sdk/peers.ts';

/** A generator, and how it is asked to make a client of a document. */
export interface Tool {
  readonly name: string;
  /** Arguments of Node.js: the tool's program, and what it is told. `folder` is empty. */
  readonly command: (document: string, folder: string) => readonly string[];
}

const PROJECT = path.join(import.meta.dirname, '../..');

/** Ours comes first: the others are compared with it. */
export const OURS: Tool = {
  name: 'ours',
  command: (document, folder) => [path.join(import.meta.dirname, 'ours.ts'), document, folder],
};

/**
 * Those that are compared with ours, each as its command line has it without further options: types and functions for `fetch`. The one that
 * the project does not depend on is installed the first time.
 *
 * @throws {Error} with npm's words when it cannot be installed.
 */
export async function otherTools(): Promise<readonly Tool[]> {
  const orval = await installed('orval', path.join(PROJECT, 'node_modules/orval'));
  const redocly = await installed('redocly', path.join(PROJECT, 'node_modules/@redocly/cli'));
  const heyApi = await installed('openapi-ts', await peer('@hey-api/openapi-ts'));
  return [
    {
      name: `orval ${orval.version}`,
      command: (document, folder) => [
        orval.program,
        '--input',
        document,
        '--output',
        path.join(folder, 'client.ts'),
        '--client',
        'fetch',
      ],
    },
    {
      name: `redocly generate-client ${redocly.version}`,
      command: (document, folder) => [
        redocly.program,
        'generate-client',
        document,
        '--output',
        path.join(folder, 'client.ts'),
      ],
    },
    {
      name: `hey-api ${heyApi.version}`,
      command: (document, folder) => [heyApi.program, '--input', document, '--output', folder],
    },
  ];
}

/** The program of a package, by its name, and the package's version. */
async function installed(
  program: string,
  folder: string,
): Promise<{ readonly program: string; readonly version: string }> {
  const manifest: { readonly version: string; readonly bin: Readonly<Record<string, string>> } = JSON.parse(
    await readFile(path.join(folder, 'package.json'), 'utf8'),
  );
  const file = manifest.bin[program];
  if (file === undefined) throw new Error(`${folder} has no program ${program}`);
  return { program: path.join(folder, file), version: manifest.version };
}
