import { access } from 'node:fs/promises';
import type { ModuleBinding } from '../module-binding.ts';
import type { BodyField, BodyFields } from './body-fields.ts';
import type { MemberRules } from './member-rules.ts';
import type { CompiledContract, Extent, ShapeCheck } from './shape-checks.ts';
import type { OperationShapes } from './shape-schemas.ts';

/** What `printChecks` writes: maps are lists of their entries. */
interface PrintedChecks {
  readonly operations: readonly (readonly [id: string, shapes: PrintedShapes])[];
  readonly members: MemberRules;
  readonly all: Readonly<Record<number, ShapeCheck>>;
  readonly first: Readonly<Record<number, ShapeCheck>>;
}

type PrintedShapes = Omit<OperationShapes, 'requests'> & {
  readonly requests: readonly { readonly index: number; readonly fields: PrintedFields | null }[];
};

type PrintedFields = Omit<BodyFields, 'fields'> & {
  readonly fields: readonly (readonly [name: string, field: BodyField])[];
};

/** The file of a module's folder that holds its compiled checks. */
export const CHECKS_FILE = 'checks.js';

/**
 * The checks that the build compiled; without a build, checks that are compiled when they are first asked for. Only then is the compiler
 * loaded.
 *
 * @param folder `<module>/checks.js` of the build is below; ends in `/`.
 * @throws {Error} naming the module when no schemas can be derived from its contract.
 */
export async function compiledContract(
  binding: ModuleBinding,
  folder: URL | undefined,
): Promise<CompiledContract> {
  const file = folder && new URL(`${binding.name}/${CHECKS_FILE}`, folder);
  if (file !== undefined && (await exists(file))) {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a file of the build, which `printChecks` wrote
    return fromPrinted((await import(file.href)) as PrintedChecks);
  }
  const { compileWhenAsked } = await import('./compile-checks.ts');
  return compileWhenAsked(binding);
}

async function exists(file: URL): Promise<boolean> {
  try {
    await access(file);
    return true;
  } catch {
    return false;
  }
}

function fromPrinted({ operations, members, ...printed }: PrintedChecks): CompiledContract {
  return {
    members,
    operations: new Map(
      operations.map(([id, shapes]) => [
        id,
        {
          ...shapes,
          requests: shapes.requests.map(({ index, fields }) => ({
            index,
            fields: fields === null ? null : { ...fields, fields: new Map(fields.fields) },
          })),
        },
      ]),
    ),
    checks: (index: number, extent: Extent) => {
      const check = printed[extent][index];
      if (check === undefined) throw new Error(`The build has no check ${String(index)}.`);
      return check;
    },
  };
}
