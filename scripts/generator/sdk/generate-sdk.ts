import type { StageResult } from '../../generate/cache/result-cache.ts';
import type { Contract, JsonObject } from '../contract/contract.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { headerText } from '../write/header.ts';
import type { GeneratedFile } from '../write/generated-file.ts';
import { emitSdkClient } from './emit-sdk-client.ts';
import { emitSdkForms } from './emit-sdk-forms.ts';
import { emitSdkMsw } from './emit-sdk-msw.ts';
import { emitSdkOperations } from './emit-sdk-operations.ts';
import { emitSdkReact } from './emit-sdk-react.ts';
import { emitSdkSchemas } from './emit-sdk-schemas.ts';
import { emitSdkZod } from './emit-sdk-zod.ts';
import { foreignParts, type Later, type Timer } from './foreign/foreign-parts.ts';
import { SDK_ROOT } from './sdk-types.ts';

/**
 * Every generated file of the SDK, or where the tools that give some of its text and the contract differ. Same contract,
 * same bytes.
 *
 * @throws when such a tool cannot be run, or its text cannot be read.
 */
export async function generateSdk(options: {
  readonly root: string;
  /** Whether what the tools said before may be used again. */
  readonly useCache: boolean;
  /** Takes the work of keeping what they said now. */
  readonly later?: Later;
  readonly time?: Timer;
  readonly contract: Contract;
  /** The joined document of all modules. */
  readonly joined: JsonObject;
}): Promise<StageResult<Diagnostic>> {
  const { contract, joined } = options;
  // They run in a thread of their own while the rest is emitted here.
  const asked = foreignParts(options);
  asked.catch(() => {});
  const operations = emitSdkOperations(contract);
  const react = emitSdkReact(contract);
  const others = [...emitSdkClient(contract), ...emitSdkMsw(contract), ...emitSdkZod(contract, joined)];

  const foreign = await asked;
  if (!foreign.ok) return foreign;
  const main = [...emitSdkSchemas(contract, foreign.parts.enumerations), ...operations];
  const forms = emitSdkForms(foreign.parts.forms);
  const indexes = [emitIndex('index', main), emitIndex('react', react)];
  return { ok: true, files: [...main, ...others, ...react, ...forms, ...indexes] };
}

/** All files of an entry under one roof; the order is that of the paths. */
function emitIndex(entry: string, files: readonly GeneratedFile[]): GeneratedFile {
  const lines = files.map(({ path }) => `export * from './${path.slice(SDK_ROOT.length + 1)}';`).toSorted();
  const text = lines.length === 0 ? 'export {};' : lines.join('\n');
  return { path: `${SDK_ROOT}/${entry}.ts`, text: `// ${headerText('specs')}\n\n${text}\n` };
}
