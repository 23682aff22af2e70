import path from 'node:path';

import type { Contract } from '../contract/contract.ts';
import { headerText } from '../write/header.ts';
import type { GeneratedFile } from '../write/generated-file.ts';
import { SDK_ROOT, sdkOperationsPath } from './sdk-types.ts';

/** What orval's text sends requests with, and where it is made. Paths are those of the project. */
export interface MutatorFile {
  readonly path: string;
  /** The file of `sdk/src` with the function, and its name. */
  readonly from: string;
  readonly factory: string;
}

/** For the bindings of frameworks. */
export const MUTATORS: MutatorFile = {
  path: `${SDK_ROOT}/orval/mutators.ts`,
  from: 'sdk/src/orval/mutator.ts',
  factory: 'mutatorOf',
};

/** For the tools of the MCP server. */
export const MCP_MUTATORS: MutatorFile = {
  path: `${SDK_ROOT}/orval/mcp/mutators.ts`,
  from: 'sdk/src/mcp/mutator.ts',
  factory: 'mcpMutatorOf',
};

/** The name of an operation's mutator. */
export function mutatorName(operationId: string): string {
  return `${operationId}Mutator`;
}

/**
 * Emits orval's `mutator` of each operation, one by one, so that an app ships the operations that it uses:
 *
 * ```ts
 * export const getRecipeMutator: Mutator = /* @__PURE__ *\/ mutatorOf($operations1.getRecipe);
 * ```
 */
export function emitSdkMutators(contract: Contract): readonly GeneratedFile[] {
  return [MUTATORS, MCP_MUTATORS].map((file) => emitFile(file, contract));
}

/** The name that the operations of a module have in the file. */
function space(index: number): string {
  return `$operations${String(index + 1)}`;
}

function emitFile(file: MutatorFile, { modules }: Contract): GeneratedFile {
  const at = (target: string): string => {
    const found = path.posix.relative(path.posix.dirname(file.path), target);
    return found.startsWith('.') ? found : `./${found}`;
  };
  const imports = [
    ...modules.map(({ name }, index) => `import * as ${space(index)} from '${at(sdkOperationsPath(name))}';`),
    `import { ${file.factory}, type Mutator } from '${at(file.from)}';`,
  ];
  const constants = modules.flatMap(({ operations }, index) =>
    operations.map(
      ({ id }) =>
        `export const ${mutatorName(id)}: Mutator = /* @__PURE__ */ ${file.factory}(${space(index)}.${id});`,
    ),
  );
  const blocks = [
    `// ${headerText('specs')}`,
    imports.join('\n'),
    `export type { ErrorType } from '${at(file.from)}';`,
    constants.join('\n'),
  ];
  return { path: file.path, text: `${blocks.filter((block) => block !== '').join('\n\n')}\n` };
}
