import type { Contract, ContractModule, Operation } from '../contract/contract.ts';
import { type Code, code, join, typeRef } from '../print/code.ts';
import { doc } from '../print/doc.ts';
import { printFile } from '../print/file.ts';
import { literal } from '../print/literal.ts';
import { headerText } from '../write/header.ts';
import type { GeneratedFile } from '../write/generated-file.ts';
import { responseComponents, responseData } from './response-data.ts';
import { withSdkImports } from './sdk-imports.ts';
import { RUNTIME_TYPES, SDK_ROOT, sdkOperationsPath } from './sdk-types.ts';

/**
 * Emits the factories of mocks, one file a module, and the list of all of them:
 *
 * ```ts
 * export const getTicketMock: MockFactory<GetTicketResponse> =
 *   /* @__PURE__ *\/ $msw.mockOf($operations.getTicket, $components, { 200: { type: 'application/json', ... } });
 * ```
 */
export function emitSdkMsw(contract: Contract): readonly GeneratedFile[] {
  return [...contract.modules.map(emitModule), emitHandlers(contract)];
}

function emitModule(module: ContractModule): GeneratedFile {
  const responses = module.operations.map((operation) => responseData(operation, module));
  const mocks = module.operations.map((operation, index) =>
    mockText(operation, module, literal(responses[index] ?? {})),
  );
  const components = code`
    const $components: ${RUNTIME_TYPES.components} = ${literal(responseComponents(responses, module))};
  `;
  const printed = printFile({
    path: `${SDK_ROOT}/${module.name}/msw.ts`,
    source: module.file,
    declares: ['$components', ...module.operations.map(mockName)],
    body: join([components, ...mocks], '\n\n'),
  });
  return withSdkImports(printed, {
    $msw: 'sdk/src/msw/mock.ts',
    $operations: sdkOperationsPath(module.name),
  });
}

function mockText(operation: Operation, module: ContractModule, responses: Code): Code {
  const { id } = operation;
  const type = typeRef(operation.responseName, sdkOperationsPath(module.name));
  return code`
    ${doc([`Mock of \`${id}\`: ${operation.method.toUpperCase()} ${operation.path}.`])}
    export const ${id}Mock: ${RUNTIME_TYPES.mockFactory}<${type}> =
      /* @__PURE__ */ $msw.mockOf($operations.${id}, $components, ${responses});
  `;
}

function mockName({ id }: Operation): string {
  return `${id}Mock`;
}

/** The first handler that matches answers: fixed text before text with parameters before a parameter, as the server does it. */
function byPrecedence(one: Operation, other: Operation): number {
  const [left, right] = [rankOf(one), rankOf(other)];
  return left < right ? -1 : Number(left > right);
}

function rankOf({ path }: Operation): string {
  return path
    .split('/')
    .map((segment) => (/^\{[^{}]+\}$/.test(segment) ? '2' : segment.includes('{') ? '1' : '0'))
    .join('');
}

function emitHandlers({ modules }: Contract): GeneratedFile {
  const used = modules.filter(({ operations }) => operations.length > 0);
  const imports = used.map(
    ({ name, operations }) =>
      `import {\n${operations.map((operation) => `  ${mockName(operation)},\n`).join('')}} from './${name}/msw.ts';\n`,
  );
  const lines = used
    .flatMap(({ operations }) => operations)
    .toSorted(byPrecedence)
    .map((operation) => `    ${mockName(operation)}(undefined, settings),\n`);
  return {
    path: `${SDK_ROOT}/msw.ts`,
    text: `// ${headerText('specs')}

import type { HttpHandler } from 'msw';
import type { MockSettings } from '../msw/mock.ts';
${imports.join('')}
${used.map(({ name }) => `export * from './${name}/msw.ts';\n`).join('')}
/** A handler for every operation, each answering its first success: \`setupServer(...handlers())\`. */
export function handlers(settings?: MockSettings): HttpHandler[] {
  return [
${lines.join('')}  ];
}
`,
  };
}
