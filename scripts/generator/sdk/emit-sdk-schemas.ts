import type { Contract, JsonObject, NamedSchema } from '../contract/contract.ts';
import { emitSchemas } from '../emit/emit-schemas.ts';
import { type Code, code } from '../print/code.ts';
import { doc } from '../print/doc.ts';
import { literal } from '../print/literal.ts';
import type { GeneratedFile } from '../write/generated-file.ts';
import { enumerationsOf } from './enumerations.ts';
import { withSdkImports } from './sdk-imports.ts';
import { SDK_ROOT } from './sdk-types.ts';

/**
 * Emits the component types: the server's own, in files of the SDK, which must not import from the server. A component
 * that lists its values has them as an object of the same name besides:
 *
 * ```ts
 * export type TicketSort = '-createdAt' | 'createdAt';
 * export const TicketSort = { '-createdAt': '-createdAt', createdAt: 'createdAt' } as const;
 * ```
 */
export function emitSdkSchemas(contract: Contract, joined: JsonObject): readonly GeneratedFile[] {
  const enumerations = new Map(
    enumerationsOf(contract, joined).map(({ named, members }) => [named, members]),
  );
  const values = (named: NamedSchema): Code => {
    const members = enumerations.get(named);
    if (members === undefined) return code``;
    return code`
      ${doc([`The values of \`${named.responseName}\`, in the order of the contract.`])}
      export const ${named.responseName} = ${literal(members)} as const;
    `;
  };
  return emitSchemas(contract, values).map((file) =>
    withSdkImports({ ...file, path: file.path.replace(/^generated/, SDK_ROOT) }),
  );
}
