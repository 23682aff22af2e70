import { _, type CodeKeywordDefinition, type KeywordCxt, type Options } from 'ajv';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { ModuleBinding } from '../module-binding.ts';
import { formats, isMultipleOf } from './check-support.ts';
import { IF, TRACK_EVALUATED } from './evaluated-keywords.ts';
import { deriveMemberRules } from './member-rules.ts';
import type { CompiledContract, Extent } from './shape-checks.ts';
import { deriveShapeSchemas, type ShapeSchemas } from './shape-schemas.ts';

/** The id of the schemas in Ajv. */
export const SHAPES = 'shapes';

/**
 * An Ajv that knows a module's shapes. Its options are the rules of the contract: nothing is coerced, defaults are applied, only own
 * properties count, and strings are measured in code points.
 *
 * @param code options of Ajv for checks that are written to a file, where `isMultipleOf` is in scope.
 */
export function createAjv(
  { document, tracksEvaluated }: ShapeSchemas,
  extent: Extent,
  code?: Options['code'],
): Ajv2020 {
  const ajv = new Ajv2020({
    allErrors: extent === 'all',
    strict: false,
    strictNumbers: true,
    validateSchema: false,
    useDefaults: true,
    ownProperties: true,
    formats,
    unevaluated: tracksEvaluated,
    ...(code === undefined ? {} : { code }),
  });
  for (const definition of [MULTIPLE_OF, IF, TRACK_EVALUATED]) {
    ajv.removeKeyword(definition.keyword);
    ajv.addKeyword(definition);
  }
  ajv.addSchema(document, SHAPES);
  return ajv;
}

type ContractOf = Pick<ModuleBinding, 'name' | 'document' | 'operations'>;

/** What was compiled of a contract serves every app of this process that has the same one: tests start many. */
const compiledBefore = new WeakMap<
  object,
  { readonly document: object; readonly compiled: CompiledContract }
>();

/**
 * Checks that are compiled when they are first asked for: a start does not wait for operations that are not called.
 *
 * @throws {Error} naming the module when no schemas can be derived from its contract; asking for a check throws it when the schema of the
 * shape cannot be compiled.
 */
export function compileWhenAsked(module: ContractOf): CompiledContract {
  const known = compiledBefore.get(module.operations);
  if (known?.document === module.document) return known.compiled;
  const compiled = compileContract(module);
  compiledBefore.set(module.operations, { document: module.document, compiled });
  return compiled;
}

function compileContract({ name, document, operations }: ContractOf): CompiledContract {
  const schemas = naming(name, () => deriveShapeSchemas(document, operations));
  const compilers = {
    all: lazily(() => createAjv(schemas, 'all')),
    first: lazily(() => createAjv(schemas, 'first')),
  };
  const compiled = { all: new Map<number, ValidateFunction>(), first: new Map<number, ValidateFunction>() };
  return {
    operations: schemas.operations,
    members: deriveMemberRules(schemas),
    checks: (index, extent) => {
      let check = compiled[extent].get(index);
      if (check === undefined) {
        check = naming(name, () =>
          compilers[extent]().compile({ $ref: `${SHAPES}#/shapes/${String(index)}` }),
        );
        compiled[extent].set(index, check);
      }
      return check;
    },
  };
}

function naming<T>(module: string, compile: () => T): T {
  try {
    return compile();
  } catch (error) {
    throw new Error(
      `The contract of module ${module} cannot be compiled: ${error instanceof Error ? error.message : 'unknown error'}`,
      { cause: error },
    );
  }
}

/** `multipleOf` by decimal arithmetic, in the words of the keyword that it replaces. */
const MULTIPLE_OF = {
  keyword: 'multipleOf',
  type: 'number',
  schemaType: 'number',
  error: {
    message: ({ schemaCode }) => _`"must be multiple of " + ${schemaCode}`,
    params: ({ schemaCode }) => _`{multipleOf: ${schemaCode}}`,
  },
  code(context: KeywordCxt): void {
    const { gen, data, schemaCode } = context;
    const isMultiple = gen.scopeValue('func', { ref: isMultipleOf, code: _`isMultipleOf` });
    context.fail(_`!${isMultiple}(${data}, ${schemaCode})`);
  },
} as const satisfies CodeKeywordDefinition;

function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
