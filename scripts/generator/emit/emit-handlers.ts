import type { Contract, ContractModule, Operation } from '../contract/contract.ts';
import { type Code, code, join } from '../print/code.ts';
import { doc } from '../print/doc.ts';
import { printFile } from '../print/file.ts';
import type { GeneratedFile } from '../write/generated-file.ts';
import { CONTEXT_TYPES, kernelRef } from './kernel-types.ts';
import { requestDeclaration } from './request-type.ts';
import { responseDeclaration } from './response-type.ts';
import { schemaNames, type SchemaNames } from './schema-names.ts';
import { sourceLine } from './source-line.ts';

/**
 * Emits what each module must implement: a request type and a response union per operation, and the interface that
 * takes one to the other.
 *
 * ```ts
 * export interface CreateTicketRequest {
 *   readonly body: TicketInput;
 * }
 *
 * export type CreateTicketResponse =
 *   | { readonly status: 201; readonly body: Ticket; readonly headers: { readonly location: string } };
 *
 * export interface TicketHandlers {
 *   /** Create a ticket ... *\/
 *   createTicket(request: CreateTicketRequest, context: AuthenticatedContext): Promise<CreateTicketResponse>;
 * }
 * ```
 */
export function emitHandlers(contract: Contract): readonly GeneratedFile[] {
  const names = schemaNames(contract);
  return contract.modules.map((module) => emitModule(module, names));
}

function emitModule(module: ContractModule, names: SchemaNames): GeneratedFile {
  const types = module.operations.flatMap((operation) => [
    withDoc(`What \`${operation.id}\` is given.`, operation, requestDeclaration(operation, names)),
    withDoc(`What \`${operation.id}\` may answer.`, operation, responseDeclaration(operation, names)),
  ]);
  const handlers = code`
    /** What the module must implement: one method an operation of its contract. */
    export interface ${module.handlersName} {
      ${join(module.operations.map(handlerMethod), '\n\n')}
    }
  `;
  return printFile({
    path: `generated/${module.name}/handlers.ts`,
    source: module.file,
    declares: [module.handlersName, ...module.operations.flatMap((o) => [o.requestName, o.responseName])],
    body: join([...types, handlers], '\n\n'),
  });
}

function withDoc(sentence: string, operation: Operation, declaration: Code): Code {
  return code`
    ${doc([`${sentence} ${operation.method.toUpperCase()} ${operation.path}`])}
    ${declaration}
  `;
}

function handlerMethod(operation: Operation): Code {
  const { id, requestName, responseName } = operation;
  return code`
    ${methodDoc(operation)}
    ${id}(request: ${requestName}, context: ${contextType(operation)}): Promise<${responseName}>;
  `;
}

function methodDoc(operation: Operation): Code {
  const { summary, description, deprecated } = operation.documentation;
  const problems = operation.responses
    .filter((response) => response.isProblem)
    .map(({ status }) => String(status));
  return doc(
    [
      summary,
      description,
      `${operation.method.toUpperCase()} ${operation.path}`,
      problems.length === 0 ? '' : `Problems: ${problems.join(', ')}.`,
      sourceLine(operation.at),
    ],
    { deprecated },
  );
}

/** Who a handler may ask about follows from `security`: nobody, perhaps somebody, somebody. */
function contextType({ security }: Operation): Code {
  if (security.length === 0) return kernelRef(CONTEXT_TYPES.anonymous);
  const isOptional = security.some((requirement) => Object.keys(requirement).length === 0);
  return kernelRef(isOptional ? CONTEXT_TYPES.optional : CONTEXT_TYPES.authenticated);
}
