import type { Contract, JsonObject } from '../contract/contract.ts';
import type { GeneratedFile } from '../write/generated-file.ts';
import { emitDocuments } from './emit-document.ts';
import { emitHandlers } from './emit-handlers.ts';
import { emitModules } from './emit-modules.ts';
import { emitOperations } from './emit-operations.ts';
import { emitSchemas } from './emit-schemas.ts';

/** Every file that the server needs of a contract. `joined` is the document of all modules. Same contract, same bytes. */
export function emitContract(contract: Contract, joined: JsonObject): readonly GeneratedFile[] {
  return [
    ...emitSchemas(contract),
    ...emitHandlers(contract),
    ...emitOperations(contract),
    ...emitModules(contract),
    ...emitDocuments(contract, joined),
  ];
}
