import type { Contract, JsonObject } from '../contract/contract.ts';
import { headerText } from '../write/header.ts';
import type { GeneratedFile } from '../write/generated-file.ts';
import { emitSdkClient } from './emit-sdk-client.ts';
import { emitSdkForms } from './emit-sdk-forms.ts';
import { emitSdkMsw } from './emit-sdk-msw.ts';
import { emitSdkMutators } from './emit-sdk-mutators.ts';
import { emitSdkOperations } from './emit-sdk-operations.ts';
import { emitSdkReact } from './emit-sdk-react.ts';
import { emitSdkSchemas } from './emit-sdk-schemas.ts';
import { emitSdkZod } from './emit-sdk-zod.ts';
import { SDK_ROOT } from './sdk-types.ts';

/** Every file of the SDK that we emit ourselves. `joined` is the document of all modules. Same contract, same bytes. */
export function emitSdk(contract: Contract, joined: JsonObject): readonly GeneratedFile[] {
  const main = [...emitSdkSchemas(contract, joined), ...emitSdkOperations(contract)];
  const react = emitSdkReact(contract);
  return [
    ...main,
    ...react,
    ...emitSdkClient(contract),
    ...emitSdkForms(contract, joined),
    ...emitSdkMsw(contract),
    ...emitSdkMutators(contract),
    ...emitSdkZod(contract, joined),
    emitIndex('index', main),
    emitIndex('react', react),
  ];
}

/** All files of an entry under one roof; the order is that of the paths. */
function emitIndex(entry: string, files: readonly GeneratedFile[]): GeneratedFile {
  const lines = files.map(({ path }) => `export * from './${path.slice(SDK_ROOT.length + 1)}';`).toSorted();
  const text = lines.length === 0 ? 'export {};' : lines.join('\n');
  return { path: `${SDK_ROOT}/${entry}.ts`, text: `// ${headerText('specs')}\n\n${text}\n` };
}
