import { _ } from 'ajv';
import standaloneCode from 'ajv/dist/standalone/index.js';
import type { ModuleBinding } from '../module-binding.ts';
import { createAjv, SHAPES } from './compile-checks.ts';
export { CHECKS_FILE } from './compiled-contract.ts';
import { deriveMemberRules } from './member-rules.ts';
import type { Extent } from './shape-checks.ts';
import { deriveShapeSchemas, type OperationShapes, type ShapeSchemas } from './shape-schemas.ts';

/**
 * A module's checks as an ES module, so that a start compiles nothing and loads no compiler.
 *
 * @throws {Error} when a schema cannot be compiled.
 */
export function printChecks({
  document,
  operations,
}: Pick<ModuleBinding, 'document' | 'operations'>): string {
  const schemas = deriveShapeSchemas(document, operations);
  const everything = schemas.document.shapes.keys();
  // Only bodies can be large.
  const large = [...schemas.operations.values()].flatMap(({ requests }) =>
    requests.map(({ index }) => index),
  );
  return `// Compiled from contract.json by npm run build:dist. Do not edit.
import { createRequire } from 'node:module';
import { formats, isMultipleOf } from '#kernel/contract/validation/check-support.ts';
const require = createRequire(import.meta.url);
export const operations = ${JSON.stringify([...schemas.operations].map(printShapes))};
export const members = JSON.parse(${JSON.stringify(JSON.stringify(deriveMemberRules(schemas)))});
export const all = ((exports) => {${printExtent(schemas, 'all', [...everything])}
return exports;})({});
export const first = ((exports) => {${printExtent(schemas, 'first', [...new Set(large)])}
return exports;})({});
`;
}

/** Maps as lists of their entries. */
function printShapes([id, shapes]: readonly [string, OperationShapes]): readonly [string, unknown] {
  const requests = shapes.requests.map(({ index, fields }) => ({
    index,
    fields: fields === null ? null : { ...fields, fields: [...fields.fields] },
  }));
  return [id, { ...shapes, requests }];
}

function printExtent(schemas: ShapeSchemas, extent: Extent, indexes: readonly number[]): string {
  const ajv = createAjv(schemas, extent, { source: true, formats: _`formats` });
  const ids: Record<string, string> = {};
  for (const index of indexes) {
    const id = `check-${String(index)}`;
    ajv.addSchema({ $ref: `${SHAPES}#/shapes/${String(index)}` }, id);
    ids[index] = id;
  }
  return standaloneCode.default(ajv, ids);
}
