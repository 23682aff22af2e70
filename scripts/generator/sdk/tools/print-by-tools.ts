import { readFileSync, rmSync } from 'node:fs';
import { mkdtemp, readdir } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import type { JsonObject } from '../../contract/contract.ts';
import { hasHeader, headerText } from '../../write/header.ts';
import type { GeneratedFile } from '../../write/generated-file.ts';
import { escapeHidden } from '../../print/escape.ts';
import { MCP_MUTATORS, MUTATORS } from '../emit-sdk-mutators.ts';
import { SDK_ROOT } from '../sdk-types.ts';
import { completeSpecifiers } from './complete-specifiers.ts';
import { isPrintedByTools } from './printed-paths.ts';
import { MCP_ANSWER, runOrval } from './run-orval.ts';
import { OTC_REQUEST, runOtc } from './run-otc.ts';
import { readSdkSources } from '../read-sdk-sources.ts';
import { clashingNames, renameComponents } from './rename-components.ts';
import { toolDocument } from './tool-document.ts';

/** A new name can clash in its turn; more than once has not been met. */
const MAX_ROUNDS = 3;

/** Files of the project that printed text imports and that are not printed. */
const IMPORTED = [MUTATORS.path, MCP_MUTATORS.path, MCP_ANSWER, OTC_REQUEST, `${SDK_ROOT}/index.ts`];

/**
 * What orval and openapi-typescript-codegen print of the published document, as they print it: only the header is put before it,
 * relative imports are made whole, and characters that nobody sees stand as escapes. Same document, same versions, same
 * bytes.
 *
 * @throws {Error} when a tool cannot read the document.
 */
export async function printByTools(options: {
  /** `generated/openapi.json` as data. */
  readonly published: JsonObject;
  /** The SDK's manifest: orval prints for the versions of the frameworks in it. */
  readonly packageJson: string;
}): Promise<readonly GeneratedFile[]> {
  const { published, packageJson } = options;
  const source = 'generated/openapi.json';
  const entries = new Map(
    [...(await readSdkSources(path.join(path.dirname(packageJson), 'src')))].filter(
      ([file, text]) => file.endsWith('/index.ts') && /\/generated\/(orval|otc)\//.test(text),
    ),
  );
  const print = (document: JsonObject): Promise<readonly GeneratedFile[]> =>
    printDocument(document, packageJson, source);
  let document = toolDocument(published);
  let files = await print(document);
  // The names that the tools take for themselves are known from what they print: components give way to them.
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const renamed = renameComponents(document, clashingNames(files, entries));
    if (renamed === undefined) break;
    document = renamed;
    files = await print(document);
  }
  return files;
}

async function printDocument(
  document: JsonObject,
  packageJson: string,
  source: string,
): Promise<readonly GeneratedFile[]> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'print-by-tools-'));
  try {
    await attempt('orval', runOrval({ document, folder, packageJson, source }));
    await attempt('openapi-typescript-codegen', runOtc(document, folder));
    const files = completeSpecifiers(await readFiles(folder, source), IMPORTED);
    // They stand in literals alone: in what is written for people they are escapes already.
    return files.map(({ path: file, text }) => ({ path: file, text: escapeHidden(text) }));
  } finally {
    // Synchronous, as reading the files: there are hundreds, and this takes a third of the time.
    rmSync(folder, { recursive: true, force: true });
  }
}

async function attempt(tool: string, run: Promise<void>): Promise<void> {
  try {
    await run;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`${tool} cannot print the SDK from generated/openapi.json: ${reason}`, { cause: error });
  }
}

async function readFiles(folder: string, source: string): Promise<readonly GeneratedFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
    .filter(isPrintedByTools)
    .toSorted();
  return paths.map((file) => {
    const text = readFileSync(path.join(folder, file), 'utf8');
    // Orval has an option for the header, the other tool has none.
    return { path: file, text: hasHeader(text) ? text : `// ${headerText(source)}\n${text}` };
  });
}
