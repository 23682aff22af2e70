import type { JsonObject, JsonValue } from '../../contract/contract.ts';
import { isArray, isObject, textMember } from '../../load/json-value.ts';
import { type Limits, limitsOf, requiredOf, writable } from './form-facts.ts';
import { type Components, componentName, plainSchema } from './form-schema.ts';

/**
 * The document that openapi-typescript-codegen is asked about, in the words of OpenAPI 3.0: components of forms and what
 * they lead to, without prose, so that it changes when a form does and not otherwise. It says some things in a way
 * that the tool's templates print: numbers as text, because the templates leave out what is false, as 0 is; lists as
 * an object of their count and their item, because the limits of a list are not printed; integers as multiples of 1.
 */
export function formView(names: readonly string[], components: Components): JsonObject {
  const schemas = names.map(
    (name) => [viewName(name), viewOf(components[name] ?? true, components)] as const,
  );
  return {
    openapi: '3.0.3',
    info: { title: 'forms', version: '1' },
    paths: {},
    components: { schemas: Object.fromEntries(schemas) },
  };
}

/** The name of a component in the view, which none of the tool's own words is. */
export function viewName(component: string): string {
  return `Fields_${encode(component)}`;
}

/** The component of a name in the view; `undefined` when it is none. */
export function componentOf(name: string): string | undefined {
  return name.startsWith('Fields_') ? decode(name.slice('Fields_'.length)) : undefined;
}

/** The name of a member in the view: an identifier, whatever the name is. */
export function viewMember(name: string): string {
  return `$${encode(name)}`;
}

/** The member of a name in the view; `undefined` when it is none. */
export function memberOf(name: string): string | undefined {
  return name.startsWith('$') ? decode(name.slice(1)) : undefined;
}

/** What a list is made of in the view. */
export const LIST = { count: '_count', item: '_item' } as const;

/** A member that every object has in the view: without any, the tool takes it for something else. */
export const OBJECT = '_object';

function encode(name: string): string {
  return name.replaceAll(
    /[^A-Za-z0-9_]/gu,
    (character) => `$${(character.codePointAt(0) ?? 0).toString(16)}$`,
  );
}

function decode(name: string): string {
  return name.replaceAll(/\$([0-9a-f]+)\$/g, (_all, hex: string) =>
    String.fromCodePoint(Number.parseInt(hex, 16)),
  );
}

function viewOf(given: JsonValue, components: Components): JsonObject {
  const { shape, schema, nullable } = plainSchema(given, components);
  const flags = nullable ? { nullable: true } : {};
  if (shape === 'other' || !isObject(given)) return {};
  if (given !== schema) return { ...wrapper(given, components), ...flags };
  switch (shape) {
    case 'text':
      return { type: 'string', ...printed(limitsOf('text', schema)), ...flags };
    case 'number':
      return { type: 'number', ...printed(limitsOf('number', schema)), ...flags };
    case 'choice':
      return { type: 'string', enum: ['a'], ...flags };
    case 'boolean':
      return { type: 'boolean', ...flags };
    case 'file':
      return { type: 'string', format: 'binary', ...flags };
    case 'list':
      return { ...listView(schema, components), ...flags };
    case 'object':
      return { ...objectView(schema, components), ...flags };
    default:
      return shape satisfies never;
  }
}

/** A reference, or what is one behind a list of one. */
function wrapper(given: JsonObject, components: Components): JsonObject {
  const reference = textMember(given, '$ref');
  if (reference !== undefined) return { $ref: `#/components/schemas/${viewName(componentName(reference))}` };
  const members = [given['allOf'], given['anyOf'], given['oneOf']].find(isArray) ?? [];
  const inner = members.filter((each) => isObject(each) && each['type'] !== 'null');
  return { allOf: inner.map((each) => viewOf(each, components)) };
}

function listView(schema: JsonObject, components: Components): JsonObject {
  return {
    type: 'object',
    properties: {
      // Without items, it is printed with its limits.
      [LIST.count]: { type: 'array', ...printed(limitsOf('list', schema)) },
      [LIST.item]: viewOf(schema['items'] ?? true, components),
    },
  };
}

function objectView(schema: JsonObject, components: Components): JsonObject {
  const parts = isArray(schema['allOf']) ? schema['allOf'].filter(isObject) : [];
  const members = writable(schema, components);
  const properties = Object.fromEntries(
    members.map(([name, property]) => [viewMember(name), viewOf(property, components)]),
  );
  // The tool passes over parts without members; what they require is said by the whole.
  const required = [schema, ...parts].flatMap(requiredOf).filter((name) => typeof name === 'string');
  const kept = parts.filter((part) => '$ref' in part || 'properties' in part || 'allOf' in part);
  return {
    type: 'object',
    ...(kept.length === 0 ? {} : { allOf: kept.map((part) => viewOf(part, components)) }),
    ...(required.length === 0 ? {} : { required: required.map(viewMember) }),
    properties: { [OBJECT]: { type: 'boolean' }, ...properties },
  };
}

function printed(limits: Limits): JsonObject {
  return Object.fromEntries(
    Object.entries(limits).map(([keyword, limit]) => [
      keyword,
      typeof limit === 'number' ? String(limit) : limit,
    ]),
  );
}
