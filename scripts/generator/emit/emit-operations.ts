import type { Contract, ContractModule, JsonObject, Operation } from '../contract/contract.ts';
import { code } from '../print/code.ts';
import { printFile } from '../print/file.ts';
import { literal } from '../print/literal.ts';
import type { GeneratedFile } from '../write/generated-file.ts';
import { kernelRef, OPERATION_TABLE } from './kernel-types.ts';

/**
 * Emits each module's operation table: data that the contract runtime binds, no control flow.
 *
 * ```ts
 * export const ticketOperations = {
 *   createTicket: {
 *     id: 'createTicket',
 *     method: 'post',
 *     path: '/tickets',
 *     ...
 *   },
 * } as const satisfies OperationTable;
 * ```
 */
export function emitOperations(contract: Contract): readonly GeneratedFile[] {
  return contract.modules.map((module) => emitModule(module));
}

function emitModule(module: ContractModule): GeneratedFile {
  const entries = module.operations.map(
    (operation) => code`${operation.id}: ${literal(operationData(operation))},`,
  );
  return printFile({
    path: `generated/${module.name}/operations.ts`,
    source: module.file,
    declares: [module.operationsName],
    body: code`
      /** The operations of the ${literal(module.name)} module: what the contract runtime needs to know of each. */
      export const ${module.operationsName} = {
        ${entries}
      } as const satisfies ${kernelRef(OPERATION_TABLE)};
    `,
  });
}

/** The runtime's `Operation`, in its order of properties. */
export function operationData(operation: Operation): JsonObject {
  return {
    id: operation.id,
    method: operation.method,
    path: operation.path,
    security: operation.security,
    parameters: operation.parameters.map(
      ({ name, key, in: location, required, style, explode, allowReserved, decode }) => ({
        name,
        key,
        in: location,
        required,
        style,
        explode,
        allowReserved,
        decode,
      }),
    ),
    body: operation.body && {
      required: operation.body.required,
      content: operation.body.content.map(({ mediaType, kind }) => ({ mediaType, kind })),
    },
    responses: operation.responses.map(({ status, content, headers }) => ({
      status,
      content: content.map(({ mediaType, kind }) => ({ mediaType, kind })),
      headers: headers.map(({ name, required, explode }) => ({
        name,
        required,
        ...(explode ? { explode } : undefined),
      })),
    })),
    deprecated: operation.documentation.deprecated,
    extensions: operation.extensions,
  };
}
