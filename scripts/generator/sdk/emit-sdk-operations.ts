import type { Contract, ContractModule, Operation } from '../contract/contract.ts';
import type { SchemaNames } from '../emit/schema-names.ts';
import { sourceLine } from '../emit/source-line.ts';
import { typeText } from '../emit/type-text.ts';
import { type Code, code, join } from '../print/code.ts';
import { doc } from '../print/doc.ts';
import { printFile } from '../print/file.ts';
import type { GeneratedFile } from '../write/generated-file.ts';
import { descriptorText } from './descriptor.ts';
import { pageOf } from './page.ts';
import { paramsDeclaration } from './params-type.ts';
import { resultDeclaration } from './result-type.ts';
import { RUNTIME_TYPES, sdkOperationsPath, sdkSchemaNames } from './sdk-types.ts';
import { WIRE, withSdkImports } from './sdk-imports.ts';

/**
 * Emits the functions of the SDK, one file a module:
 *
 * ```ts
 * export interface GetTicketRequest {
 *   readonly ticketId: string;
 * }
 *
 * export type GetTicketResponse = Results<{ 200: Reply<Ticket>; 404: Reply<Problem> }>;
 *
 * /** Get a ticket. GET /tickets/{ticketId} *\/
 * export const getTicket: Operation<GetTicketRequest, GetTicketResponse> = /* @__PURE__ *\/ $wire.operation({
 *   id: 'getTicket',
 *   ...
 * });
 * ```
 */
export function emitSdkOperations(contract: Contract): readonly GeneratedFile[] {
  const schemas = [...contract.common, ...contract.modules.flatMap((module) => module.schemas)];
  const names = sdkSchemaNames(schemas);
  return contract.modules.map((module) => emitModule(module, contract, names));
}

function emitModule(module: ContractModule, contract: Contract, names: SchemaNames): GeneratedFile {
  const blocks = module.operations.flatMap((operation) => [
    withDoc(`Parameters of \`${operation.id}\`.`, paramsDeclaration(operation, names)),
    withDoc(`What \`${operation.id}\` resolves to, by \`status\`.`, resultDeclaration(operation, names)),
    functionText(operation, module, contract, names),
  ]);
  return withSdkImports(
    printFile({
      path: sdkOperationsPath(module.name),
      source: module.file,
      // A component named as a global that the file uses must not take its place.
      declares: ['Blob', ...module.operations.flatMap((o) => [o.id, o.requestName, o.responseName])],
      body: join(blocks, '\n\n'),
    }),
    WIRE,
  );
}

function functionText(
  operation: Operation,
  module: ContractModule,
  contract: Contract,
  names: SchemaNames,
): Code {
  const page = pageOf(operation, contract);
  const types = [code`${operation.requestName}`, code`${operation.responseName}`];
  const type = page
    ? code`${RUNTIME_TYPES.pagedOperation}<${join([...types, typeText(page.item, { names, view: 'response' })], ', ')}>`
    : code`${RUNTIME_TYPES.operation}<${join(types, ', ')}>`;
  const { summary, description, deprecated } = operation.documentation;
  const paths = contract.modules.flatMap(({ operations }) => operations.map(({ path }) => path));
  const place = `${operation.method.toUpperCase()} ${operation.path}`;
  return code`
    ${doc([summary, description, place, sourceLine(operation.at)], { deprecated })}
    export const ${operation.id}: ${type} =
      /* @__PURE__ */ $wire.operation(${descriptorText(operation, module, page, paths)});
  `;
}

function withDoc(sentence: string, declaration: Code): Code {
  return code`
    ${doc([sentence])}
    ${declaration}
  `;
}
