import type { Contract, ContractModule, Identifier, Operation } from '../contract/contract.ts';
import type { SchemaNames } from '../emit/schema-names.ts';
import { sourceLine } from '../emit/source-line.ts';
import { typeText } from '../emit/type-text.ts';
import { type Code, code, join, typeRef } from '../print/code.ts';
import { doc } from '../print/doc.ts';
import { printFile } from '../print/file.ts';
import { headerText } from '../write/header.ts';
import type { GeneratedFile } from '../write/generated-file.ts';
import { pageOf } from './page.ts';
import { withSdkImports } from './sdk-imports.ts';
import { RUNTIME_TYPES, SDK_ROOT, sdkOperationsPath, sdkSchemaNames } from './sdk-types.ts';

/**
 * Emits the operations as methods, one class a module, and one class that has them all:
 *
 * ```ts
 * export class TicketResource {
 *   getTicket(params: GetTicketRequest, options?: MethodOptions): ApiCall<GetTicketResponse> {
 *     return $client.makeCall(this.#client, $operations.getTicket, params, options);
 *   }
 * }
 * ```
 */
export function emitSdkClient(contract: Contract): readonly GeneratedFile[] {
  const names = sdkSchemaNames([...contract.common, ...contract.modules.flatMap((module) => module.schemas)]);
  return [...contract.modules.map((module) => emitResource(module, contract, names)), emitClass(contract)];
}

/** The name of the class with all modules: what the contract's title says, without "API". */
export function className(title: string): string {
  const words = title.replace(/\bAPI\b/gi, '').match(/[A-Za-z][A-Za-z0-9]*/g) ?? [];
  const name = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  return name === '' || name.endsWith('Resource') ? `${name}Api` : name;
}

function resourceName({ handlersName }: ContractModule): string {
  return handlersName.replace(/Handlers$/, 'Resource');
}

function propertyOf({ operationsName }: ContractModule): string {
  return operationsName.replace(/Operations$/, '');
}

function emitResource(module: ContractModule, contract: Contract, names: SchemaNames): GeneratedFile {
  const name = resourceName(module);
  const methods = module.operations.map((operation) => methodText(operation, module, contract, names));
  const printed = printFile({
    path: `${SDK_ROOT}/${module.name}/client.ts`,
    source: module.file,
    declares: [name],
    body: code`
      ${doc([`The operations of \`${module.name}\`.`])}
      export class ${identifier(name)} {
        readonly #client: ${RUNTIME_TYPES.client};

        constructor(client: ${RUNTIME_TYPES.client}) {
          this.#client = client;
        }

        ${join(methods, '\n\n')}
      }
    `,
  });
  return withSdkImports(printed, {
    $client: 'sdk/src/client/make-call.ts',
    $operations: sdkOperationsPath(module.name),
  });
}

function methodText(
  operation: Operation,
  module: ContractModule,
  contract: Contract,
  names: SchemaNames,
): Code {
  const from = sdkOperationsPath(module.name);
  const [request, response] = [typeRef(operation.requestName, from), typeRef(operation.responseName, from)];
  const page = pageOf(operation, contract);
  const type = page
    ? code`${RUNTIME_TYPES.apiListCall}<${request}, ${response}, ${typeText(page.item, { names, view: 'response' })}>`
    : code`${RUNTIME_TYPES.apiCall}<${response}>`;
  const make = page ? code`makeListCall` : code`makeCall`;
  const mark = needsParams(operation) ? code`` : code`?`;
  const { summary, description, deprecated } = operation.documentation;
  return code`
    ${doc([summary, description, sourceLine(operation.at)], { deprecated })}
    ${operation.id}(params${mark}: ${request}, options?: ${RUNTIME_TYPES.methodOptions}): ${type} {
      return $client.${make}(this.#client, $operations.${operation.id}, params, options);
    }
  `;
}

function needsParams({ parameters, body }: Operation): boolean {
  return body?.required === true || parameters.some(({ required }) => required);
}

function emitClass(contract: Contract): GeneratedFile {
  const name = className(contract.title);
  const imports = contract.modules.map(
    (module) => `import { ${resourceName(module)} } from './${module.name}/client.ts';`,
  );
  const properties = contract.modules.map(
    (module) =>
      `  /** The operations of \`${module.name}\`. */\n  readonly ${propertyOf(module)}: ${resourceName(module)};`,
  );
  const makes = contract.modules.map(
    (module) => `    this.${propertyOf(module)} = new ${resourceName(module)}(client);`,
  );
  const exported = contract.modules.map(
    (module) => `export { ${resourceName(module)} } from './${module.name}/client.ts';`,
  );
  return {
    path: `${SDK_ROOT}/client.ts`,
    text: `// ${headerText('specs')}

import type { ClassOptions } from '../client/class-options.ts';
import { clientOf } from '../client/make-call.ts';
${imports.join('\n')}

${exported.join('\n')}

/** Every operation of the API as a method: \`new ${name}({ baseUrl, token })\`. */
export class ${name} {
${properties.join('\n')}

  constructor(options: ClassOptions) {
    const client = clientOf(options);
${makes.join('\n')}
  }
}
`,
  };
}

function identifier(name: string): Identifier {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- made of an identifier by a suffix
  return name as Identifier;
}
