import type { Contract, JsonObject } from '../contract/contract.ts';
import { headerText } from '../write/header.ts';
import type { GeneratedFile } from '../write/generated-file.ts';
import { emitSdkClient } from './emit-sdk-client.ts';
import { emitSdkMsw } from './emit-sdk-msw.ts';
import { emitSdkOperations } from './emit-sdk-operations.ts';
import { emitSdkReact } from './emit-sdk-react.ts';
import { emitSdkSchemas } from './emit-sdk-schemas.ts';
import { emitSdkZod } from './emit-sdk-zod.ts';
import { SDK_ROOT } from './sdk-types.ts';

/** Every generated file of the SDK. Same contract, same bytes. */
export async function generateSdk(options: {
  readonly root: string;
  readonly contract: Contract;
  /** The joined document of all modules. */
  readonly joined: JsonObject;
}): Promise<GeneratedFile[]> {
  const { contract } = options;
  const main = [...emitSdkSchemas(contract), ...emitSdkOperations(contract)];
  const react = emitSdkReact(contract);
  return [
    ...main,
    emitIndex('index', main),
    ...emitSdkClient(contract),
    ...emitSdkMsw(contract),
    ...emitSdkZod(contract, options.joined),
    ...react,
    emitIndex('react', react),
  ];
}

/** All files of an entry under one roof; the order is that of the paths. */
function emitIndex(entry: string, files: readonly GeneratedFile[]): GeneratedFile {
  const lines = files.map(({ path }) => `export * from './${path.slice(SDK_ROOT.length + 1)}';`).toSorted();
  const text = lines.length === 0 ? 'export {};' : lines.join('\n');
  return { path: `${SDK_ROOT}/${entry}.ts`, text: `// ${headerText('specs')}\n\n${text}\n` };
}
