import type { JsonObject, JsonValue } from '../../contract/contract.ts';
import { pascalCase } from '../../contract/identifiers.ts';
import { isArray, isObject, objectAt } from '../../load/json-value.ts';
import type { GeneratedFile } from '../../write/generated-file.ts';
import { exportsOf, listedNames, type Modules } from '../exported-names.ts';

const SCHEMAS = '#/components/schemas/';

const IMPORT = /^(?:import|export) (?:type )?\{([^}]*)\} from '([^']+)'/gm;
const DECLARATION = /^(?:export )?(?:const|function|class|interface|type) ([\w$]+)/gm;

/**
 * Names that stand for two things in printed text: in a file that imports one from two modules, declares what it imports or means
 * the language's own, and in an entry that has one by hand.
 *
 * @param entries modules that are written by hand over the printed ones
 */
export function clashingNames(files: readonly GeneratedFile[], entries: Modules): ReadonlySet<string> {
  const clashing = new Set<string>();
  const take = (all: readonly { readonly name: string; readonly from: string }[]): void => {
    const seen = new Map<string, string>();
    for (const { name, from } of all) {
      if ((seen.get(name) ?? from) !== from) clashing.add(name);
      seen.set(name, from);
    }
  };
  for (const { path, text } of files) {
    const imported = [...text.matchAll(IMPORT)].flatMap(([, list = '', from = '']) =>
      listedNames(list).map((name) => ({ name, from })),
    );
    const declared = [...text.matchAll(DECLARATION)].map(([, name = '']) => ({ name, from: '' }));
    // A component has no type parameters: one that seems to have them hides `Promise` or `Required` of the language.
    const components = [
      ...imported.filter(({ from }) => from.includes('/models')),
      ...(path.includes('/models/') ? declared : []),
    ];
    const generic = new Set([...text.matchAll(/([\w$]+)</g)].map(([, name = '']) => name));
    for (const { name } of components) if (generic.has(name)) clashing.add(name);
    take([...imported, ...declared]);
  }
  const modules = new Map([...entries, ...files.map(({ path, text }): [string, string] => [path, text])]);
  for (const entry of entries.keys()) take(exportsOf(modules, entry));
  return clashing;
}

/**
 * A document in which components with clashing names are called `…Schema`; undefined when none of them has one.
 */
export function renameComponents(
  document: JsonObject,
  clashing: ReadonlySet<string>,
): JsonObject | undefined {
  const components = objectAt(document, 'components');
  const schemas = objectAt(components, 'schemas');
  const renamed = new Map(
    Object.keys(schemas)
      .filter((name) => clashing.has(name) || clashing.has(pascalCase(name)))
      .map((name) => [name, freeName(name, schemas)]),
  );
  if (renamed.size === 0) return undefined;
  const moved = Object.entries(schemas).map(([name, schema]) => [renamed.get(name) ?? name, schema] as const);
  const whole = { ...document, components: { ...components, schemas: Object.fromEntries(moved) } };
  const result = rewrite(whole, renamed);
  return isObject(result) ? result : undefined;
}

function freeName(name: string, schemas: JsonObject): string {
  const wanted = `${name}Schema`;
  return Object.hasOwn(schemas, wanted) ? freeName(wanted, schemas) : wanted;
}

/** References, also those in the mapping of a discriminator, lead to the new names. */
function rewrite(value: JsonValue, renamed: ReadonlyMap<string, string>): JsonValue {
  if (isArray(value)) return value.map((item) => rewrite(item, renamed));
  if (isObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, rewrite(item, renamed)]));
  }
  if (typeof value !== 'string' || !value.startsWith(SCHEMAS)) return value;
  const target = renamed.get(value.slice(SCHEMAS.length));
  return target === undefined ? value : `${SCHEMAS}${target}`;
}
