import type { Contract, JsonObject, JsonValue, NamedSchema, Schema } from '../contract/contract.ts';
import { isArray, isObject } from '../load/json-value.ts';
import { componentSchemas } from './request-components.ts';

/** A component that lists its values, and the names that they have as members of an object. */
export interface Enumeration {
  readonly named: NamedSchema;
  /** Names to values, in the contract's order, without `null`. */
  readonly members: Readonly<Record<string, string | number>>;
}

/** The components that are nothing but a list of texts and numbers, as the contract has them. */
export function enumerationsOf(contract: Contract, joined: JsonObject): readonly Enumeration[] {
  const components = componentSchemas(joined);
  const all = [...contract.common, ...contract.modules.flatMap(({ schemas }) => schemas)];
  return all.flatMap((named) => {
    const schema = components[named.component];
    const values = listedValues(named.schema);
    if (values.length === 0 || !isObject(schema) || !isPlainList(schema)) return [];
    const names = memberNames(values, schema['x-enum-varnames']);
    return [{ named, members: Object.fromEntries(names.map((name, index) => [name, values[index] ?? ''])) }];
  });
}

/** The values of a union of literals; none for every other schema, and where one of them is neither text nor number. */
function listedValues(schema: Schema): readonly (string | number)[] {
  const members = schema.kind === 'union' ? schema.members : [schema];
  const values = members.flatMap((member) => {
    if (member.kind === 'null') return [];
    return member.kind === 'literal' ? [member.value] : [null];
  });
  return values.every((value) => typeof value === 'string' || typeof value === 'number') ? values : [];
}

/** True for a schema that says `enum` and nothing that would take values away. */
function isPlainList(schema: JsonObject): boolean {
  const narrowing = ['$ref', 'allOf', 'anyOf', 'oneOf', 'not', 'const'];
  return isArray(schema['enum']) && !narrowing.some((keyword) => keyword in schema);
}

/** The author's names when there is one for each value; otherwise those that the values suggest. */
function memberNames(values: readonly (string | number)[], given: JsonValue | undefined): readonly string[] {
  const stated = isArray(given) ? given.filter((name) => typeof name === 'string') : [];
  const isNamed = stated.length === values.length;
  const taken = new Set<string>();
  return values.map((value, index) => {
    const wanted = memberName(isNamed ? (stated[index] ?? '') : value);
    let name = wanted;
    for (let count = 2; taken.has(name); count += 1) name = `${wanted}_${String(count)}`;
    taken.add(name);
    return name;
  });
}

/**
 * A text is its own name, apart from characters that nobody wants to type in a name: quotes, slashes and what is not seen.
 * A number has a line in front, and so has a text that JavaScript would sort before others, or take for the prototype.
 */
function memberName(value: string | number): string {
  const text = String(value);
  const plain = text.replaceAll(/[\p{C}\p{Zl}\p{Zp}'\\*/]/gu, '_');
  const isMoved = typeof value === 'number' || /^\d+$/.test(plain) || plain === '__proto__';
  return isMoved ? `_${plain}` : plain;
}
