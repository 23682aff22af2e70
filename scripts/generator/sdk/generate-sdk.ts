import type { Contract, JsonObject } from '../contract/contract.ts';
import { headerText } from '../write/header.ts';
import type { GeneratedFile } from '../write/generated-file.ts';
import { emitSdkOperations } from './emit-sdk-operations.ts';
import { emitSdkSchemas } from './emit-sdk-schemas.ts';
import { SDK_ROOT } from './sdk-types.ts';

/** Every generated file of the SDK. Same contract, same bytes. */
export async function generateSdk(options: {
  readonly root: string;
  readonly contract: Contract;
  /** The joined document of all modules. */
  readonly joined: JsonObject;
}): Promise<GeneratedFile[]> {
  const files = [...emitSdkSchemas(options.contract), ...emitSdkOperations(options.contract)];
  return [...files, emitIndex(files)];
}

/** All of it under one roof; the order is that of the paths. */
function emitIndex(files: readonly GeneratedFile[]): GeneratedFile {
  const lines = files.map(({ path }) => `export * from './${path.slice(SDK_ROOT.length + 1)}';`).toSorted();
  return { path: `${SDK_ROOT}/index.ts`, text: `// ${headerText('specs')}\n\n${lines.join('\n')}\n` };
}
