import type { Contract, ContractModule, Operation } from '../contract/contract.ts';
import type { SchemaNames } from '../emit/schema-names.ts';
import { typeText } from '../emit/type-text.ts';
import { type Code, code, join, typeRef } from '../print/code.ts';
import { doc } from '../print/doc.ts';
import { printFile } from '../print/file.ts';
import { literal } from '../print/literal.ts';
import type { GeneratedFile } from '../write/generated-file.ts';
import { pageOf } from './page.ts';
import { withSdkImports } from './sdk-imports.ts';
import { RUNTIME_TYPES, SDK_ROOT, sdkOperationsPath, sdkSchemaNames } from './sdk-types.ts';

/**
 * Emits the factories of options for TanStack Query, one file a module:
 *
 * ```ts
 * /** Query of `getTicket`: its answers are kept under `['ticket', 'getTicket', params]`. *\/
 * export const getTicketQuery: QueryFactory<GetTicketRequest, GetTicketResponse> =
 *   /* @__PURE__ *\/ $react.queryOf('ticket', $operations.getTicket);
 * ```
 */
export function emitSdkReact(contract: Contract): readonly GeneratedFile[] {
  const names = sdkSchemaNames([...contract.common, ...contract.modules.flatMap((module) => module.schemas)]);
  return contract.modules.map((module) => emitModule(module, contract, names));
}

/** The SDK's file with the factories of a module. */
export function sdkReactPath(module: string): string {
  return `${SDK_ROOT}/${module}/react.ts`;
}

function emitModule(module: ContractModule, contract: Contract, names: SchemaNames): GeneratedFile {
  const factories = module.operations.flatMap((operation) =>
    reads(operation)
      ? [queryText(operation, module), ...infiniteQueryText(operation, module, contract, names)]
      : [mutationText(operation, module)],
  );
  const printed = printFile({
    path: sdkReactPath(module.name),
    source: module.file,
    declares: module.operations.flatMap(({ id }) => [`${id}Query`, `${id}InfiniteQuery`, `${id}Mutation`]),
    body: join(factories, '\n\n'),
  });
  return withSdkImports(printed, {
    $react: 'sdk/src/react/factories.ts',
    $operations: sdkOperationsPath(module.name),
  });
}

/** True for the methods that change nothing (RFC 9110 section 9.2.1). */
function reads({ method }: Operation): boolean {
  return method === 'get' || method === 'head' || method === 'options';
}

function types(operation: Operation, module: ContractModule): readonly Code[] {
  const from = sdkOperationsPath(module.name);
  return [typeRef(operation.requestName, from), typeRef(operation.responseName, from)];
}

function queryText(operation: Operation, module: ContractModule): Code {
  const { id } = operation;
  return factory({
    says: `Query of \`${id}\`: its answers are kept under \`['${module.name}', '${id}', params]\`.`,
    deprecated: operation.documentation.deprecated,
    head: code`${id}Query: ${RUNTIME_TYPES.queryFactory}<${join(types(operation, module), ', ')}>`,
    call: code`queryOf(${literal(module.name)}, $operations.${id})`,
  });
}

function infiniteQueryText(
  operation: Operation,
  module: ContractModule,
  contract: Contract,
  names: SchemaNames,
): readonly Code[] {
  const { id } = operation;
  const page = pageOf(operation, contract);
  if (page === undefined) return [];
  const item = typeText(page.item, { names, view: 'response' });
  const made = join([...types(operation, module), item], ', ');
  return [
    factory({
      says: `List of \`${id}\` that grows by pages, kept under \`['${module.name}', '${id}', 'pages', params]\`.`,
      deprecated: operation.documentation.deprecated,
      head: code`${id}InfiniteQuery: ${RUNTIME_TYPES.infiniteQueryFactory}<${made}>`,
      call: code`infiniteQueryOf(${literal(module.name)}, $operations.${id})`,
    }),
  ];
}

function mutationText(operation: Operation, module: ContractModule): Code {
  const { id } = operation;
  return factory({
    says: `Mutation of \`${id}\`: what it takes are the parameters of the operation.`,
    deprecated: operation.documentation.deprecated,
    head: code`${id}Mutation: ${RUNTIME_TYPES.mutationFactory}<${join(types(operation, module), ', ')}>`,
    call: code`mutationOf(${literal(module.name)}, $operations.${id})`,
  });
}

function factory(parts: {
  readonly says: string;
  readonly deprecated: boolean;
  readonly head: Code;
  readonly call: Code;
}): Code {
  return code`
    ${doc([parts.says], { deprecated: parts.deprecated })}
    export const ${parts.head} =
      /* @__PURE__ */ $react.${parts.call};
  `;
}
