import type { Contract, Identifier, JsonObject, JsonValue, NamedSchema } from '../contract/contract.ts';
import { type Code, code, join } from '../print/code.ts';
import { doc } from '../print/doc.ts';
import { printFile } from '../print/file.ts';
import type { GeneratedFile } from '../write/generated-file.ts';
import { componentSchemas, isCyclic, requestComponents } from './request-components.ts';
import { withSdkImports } from './sdk-imports.ts';
import { RUNTIME_TYPES, SDK_ROOT, sdkSchemaNames } from './sdk-types.ts';
import { readOnlyNames, zodText } from './zod-text.ts';

/**
 * Emits the components that JSON bodies of requests are made of, as Zod schemas; each stands after those that it refers
 * to.
 *
 * ```ts
 * export const ingredientSchema = /* @__PURE__ *\/ (() =>
 *   z.strictObject({ name: $text.text(1, 200), ... }))();
 * ```
 */
export function emitSdkZod(contract: Contract, joined: JsonObject): readonly GeneratedFile[] {
  const all = [...contract.common, ...contract.modules.flatMap((module) => module.schemas)];
  const byName = new Map(all.map((schema) => [schema.component, schema]));
  const schemas = componentSchemas(joined);
  const reached = requestComponents(joined, (type) => /[/+]json$/.test(type)).filter((name) =>
    byName.has(name),
  );
  const names = sdkSchemaNames(all);
  const readOnly = readOnlyNames(schemas, schemas);
  const declarations = reached.map((component) => {
    const named = byName.get(component);
    const schema = schemas[component] ?? true;
    return named === undefined
      ? code``
      : declaration(named, schema, isCyclic(component, schemas), names, byName, schemas, readOnly);
  });
  const printed = printFile({
    path: `${SDK_ROOT}/zod.ts`,
    source: 'specs',
    declares: all.map(constName),
    body: declarations.length === 0 ? code`export {};` : join(declarations, '\n\n'),
  });
  const file = withSdkImports(printed, { $text: 'sdk/src/zod/text.ts' });
  return [{ ...file, text: file.text.replace('\n\n', "\n\nimport * as z from 'zod';\n") }];
}

function constName({ requestName }: NamedSchema): string {
  return `${requestName.charAt(0).toLowerCase()}${requestName.slice(1)}Schema`;
}

function declaration(
  named: NamedSchema,
  schema: JsonValue,
  isRecursive: boolean,
  names: ReturnType<typeof sdkSchemaNames>,
  byName: ReadonlyMap<string, NamedSchema>,
  schemas: JsonObject,
  readOnly: ReadonlySet<string>,
): Code {
  const refer = (component: string): Code => {
    const other = byName.get(component);
    if (other === undefined) return code`z.unknown()`;
    const name = identifier(constName(other));
    return isCyclic(component, schemas) ? code`z.lazy(() => ${name})` : code`${name}`;
  };
  const text = zodText(schema, { refer, schemas, readOnly });
  // A schema that refers to itself needs a type of its own; the compiler would go round in circles.
  const type = names.refer(named.home, named.component, 'request');
  const annotation = isRecursive ? code`: ${RUNTIME_TYPES.zodType}<${type}>` : code``;
  const { summary, description, deprecated } = named.documentation;
  return code`
    ${doc([summary, description], { deprecated })}
    export const ${identifier(constName(named))}${annotation} = /* @__PURE__ */ (() => ${text})();
  `;
}

function identifier(name: string): Identifier {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- made of an identifier by a suffix
  return name as Identifier;
}
