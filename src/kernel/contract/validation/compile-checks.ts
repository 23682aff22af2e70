import { _, type CodeKeywordDefinition, type KeywordCxt, type Options } from 'ajv';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { FORMATS } from './formats.ts';
import { isMultipleOf } from './multiple-of.ts';
import type { Extent, ShapeChecks } from './shape-checks.ts';
import type { ShapeSchemas } from './shape-schemas.ts';

const DOCUMENT = 'shapes';

/**
 * An Ajv that knows a module's shapes. Its options are the rules of the contract: nothing is coerced, defaults are applied, only own
 * properties count, and strings are measured in code points.
 *
 * @param code options of Ajv for checks that are written to a file, where `isMultipleOf` is in scope.
 */
export function createAjv({ document }: ShapeSchemas, extent: Extent, code?: Options['code']): Ajv2020 {
  const ajv = new Ajv2020({
    allErrors: extent === 'all',
    strict: false,
    strictNumbers: true,
    validateSchema: false,
    useDefaults: true,
    ownProperties: true,
    ...(code === undefined ? {} : { code }),
  });
  addFormats.default(ajv, { mode: 'full' });
  for (const [name, format] of Object.entries(FORMATS)) ajv.addFormat(name, format);
  ajv.removeKeyword('multipleOf');
  ajv.addKeyword(MULTIPLE_OF);
  ajv.addSchema(document, DOCUMENT);
  return ajv;
}

/** @throws {Error} when the schema of the shape cannot be compiled. */
export function compileCheck(ajv: Ajv2020, index: number): ValidateFunction {
  return ajv.compile({ $ref: `${DOCUMENT}#/shapes/${String(index)}` });
}

/** Checks that are compiled when they are first asked for: a start does not wait for what nobody calls. */
export function compileWhenAsked(schemas: ShapeSchemas): ShapeChecks {
  const compilers = {
    all: lazily(() => createAjv(schemas, 'all')),
    first: lazily(() => createAjv(schemas, 'first')),
  };
  const checks = { all: new Map<number, ValidateFunction>(), first: new Map<number, ValidateFunction>() };
  return (index, extent) => {
    let check = checks[extent].get(index);
    if (check === undefined) {
      check = compileCheck(compilers[extent](), index);
      checks[extent].set(index, check);
    }
    return check;
  };
}

/** `multipleOf` by decimal arithmetic, in the words of the keyword that it replaces. */
const MULTIPLE_OF: CodeKeywordDefinition = {
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
};

function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
