import type { Contract } from '../contract/contract.ts';
import { code, join } from '../print/code.ts';
import { printFile } from '../print/file.ts';
import { literal } from '../print/literal.ts';
import type { GeneratedFile } from '../write/generated-file.ts';
import { MODULE_NAME } from './kernel-types.ts';

/**
 * Emits the names of the modules, so that an app which leaves one out, or serves one that no spec has, does not compile.
 *
 * ```ts
 * export type ModuleName = 'meal-plan' | 'ticket';
 * ```
 */
export function emitModules({ modules }: Contract): readonly GeneratedFile[] {
  const names = modules.map(({ name }) => code`${literal(name)}`);
  return [
    printFile({
      path: 'generated/modules.ts',
      source: 'specs',
      declares: [MODULE_NAME],
      body: code`
        /** The modules that have a contract, by the names of their folders. */
        export type ${MODULE_NAME} = ${join(names, ' | ')};
      `,
    }),
  ];
}
