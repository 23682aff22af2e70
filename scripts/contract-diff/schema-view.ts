import type { JsonValue } from '../generator/contract/contract.ts';
import {
  child,
  descend,
  items,
  members,
  placeOf,
  rootCursor,
  type Cursor,
} from '../generator/load/cursor.ts';
import { isArray, isObject, member, textMember } from '../generator/load/json-value.ts';
import { followReference } from '../generator/load/references.ts';
import type { SpecSet } from '../generator/load/spec-set.ts';

/** One of the two contracts. */
export interface Side {
  readonly specs: SpecSet;
  /** In OpenAPI 3.0 nothing beside a `$ref` counts, and `nullable` and Boolean exclusive bounds exist. */
  readonly isVersion30: boolean;
}

/** A schema with all that applies to a value: the schema itself, what its `$ref` leads to, and the members of its `allOf`. */
export interface SchemaView {
  /** Objects; `$ref` and `allOf` of each are already followed. */
  readonly parts: readonly Cursor[];
  /** Members of `allOf`, as they are written. */
  readonly members: readonly Cursor[];
  /** The schema `false`: no value is right. */
  readonly never: boolean;
  /** What tells this view from others. */
  readonly key: string;
}

/** Opens schemas that all apply to one value; a `$ref` in a circle is followed once. */
export function viewOf(side: Side, schemas: readonly Cursor[]): SchemaView {
  const parts: Cursor[] = [];
  const allOf: Cursor[] = [];
  const seen = new Set<string>();
  let never = false;
  const open = (schema: Cursor): void => {
    const place = placeOf(schema);
    if (seen.has(place)) return;
    seen.add(place);
    if (schema.value === false) never = true;
    if (!isObject(schema.value)) return;
    const reference = textMember(schema.value, '$ref');
    if (reference !== undefined) {
      const target = followReference(side.specs, schema, reference);
      if (target.kind === 'found') open(target.cursor);
      if (side.isVersion30 || Object.keys(schema.value).length === 1) return;
    }
    parts.push(schema);
    for (const part of items(child(schema, 'allOf'))) {
      allOf.push(part);
      open(part);
    }
  };
  for (const schema of schemas) open(schema);
  return { parts, members: allOf, never, key: parts.map(placeOf).join(' ') + (never ? ' never' : '') };
}

/** Every place where a keyword is stated, in each part. */
export function stated(view: SchemaView, keyword: string): readonly Cursor[] {
  return view.parts.flatMap((part) => child(part, keyword) ?? []);
}

/** The first statement of a keyword. */
export function firstStated(view: SchemaView, keyword: string): Cursor | undefined {
  return stated(view, keyword)[0];
}

/** A scalar as it is written in sentences; `none` when it is not there. */
export function scalarText(cursor: Cursor | undefined): string {
  const value = cursor?.value;
  return typeof value === 'string' || typeof value === 'number' ? String(value) : 'none';
}

/** The node behind a `$ref`, for objects that a reference replaces whole; itself when it leads nowhere. */
export function follow(side: Side, cursor: Cursor): Cursor {
  let at = cursor;
  for (let step = 0; step < 50; step += 1) {
    const reference = textMember(at.value, '$ref');
    if (reference === undefined) return at;
    const target = followReference(side.specs, at, reference);
    if (target.kind !== 'found') return at;
    at = target.cursor;
  }
  return at;
}

/** Schemas of each property, by name: all of those that apply to it. */
export function propertiesOf(view: SchemaView): ReadonlyMap<string, readonly Cursor[]> {
  return schemasByName(view, 'properties');
}

/** As `propertiesOf`, for any keyword that maps names to schemas. */
export function schemasByName(view: SchemaView, keyword: string): ReadonlyMap<string, readonly Cursor[]> {
  const found = new Map<string, readonly Cursor[]>();
  for (const map of stated(view, keyword)) {
    for (const [name, schema] of members(map)) found.set(name, [...(found.get(name) ?? []), schema]);
  }
  return found;
}

/** Names in `required`, each with its place. */
export function requiredOf(view: SchemaView): ReadonlyMap<string, Cursor> {
  const found = new Map<string, Cursor>();
  for (const item of stated(view, 'required').flatMap(items)) {
    if (typeof item.value === 'string' && !found.has(item.value)) found.set(item.value, item);
  }
  return found;
}

/** Types that a value may have; undefined when nothing is said. `null` is one of them. */
export function typesOf(side: Side, view: SchemaView): ReadonlySet<string> | undefined {
  let types: ReadonlySet<string> | undefined;
  for (const part of view.parts) {
    const own = ownTypes(side, part.value);
    if (own !== undefined) types = types === undefined ? own : common(types, own);
  }
  return types;
}

function ownTypes(side: Side, schema: JsonValue): ReadonlySet<string> | undefined {
  const type = member(schema, 'type');
  const names = isArray(type) ? type.filter((name) => typeof name === 'string') : [];
  if (typeof type === 'string') names.push(type);
  if (names.length === 0) return undefined;
  if (side.isVersion30 && member(schema, 'nullable') === true) names.push('null');
  return new Set(names);
}

function common(left: ReadonlySet<string>, right: ReadonlySet<string>): ReadonlySet<string> {
  const both = [...left].filter((type) => right.has(type) || (type === 'integer' && right.has('number')));
  if (left.has('number') && right.has('integer')) both.push('integer');
  return new Set(both);
}

/** The values of `enum` or `const`, without null; undefined when any value is right. */
export function valuesOf(view: SchemaView): readonly Cursor[] | undefined {
  const single = firstStated(view, 'const');
  if (single !== undefined) return [single];
  const list = firstStated(view, 'enum');
  return list === undefined ? undefined : items(list).filter(({ value }) => value !== null);
}

/** The alternatives of `oneOf` and `anyOf`. */
export interface Alternatives {
  readonly schemas: readonly Cursor[];
  /** Exactly one has to match: a value that two accept is refused. */
  readonly exclusive: boolean;
  readonly at: Cursor | undefined;
}

/** The alternatives that a view states; an empty list says nothing. */
export function alternativesOf(view: SchemaView): Alternatives {
  const oneOf = stated(view, 'oneOf');
  const anyOf = stated(view, 'anyOf');
  return {
    schemas: [...oneOf, ...anyOf].flatMap(items),
    exclusive: oneOf.some((list) => items(list).length > 0),
    at: oneOf[0] ?? anyOf[0],
  };
}

/** Keywords that are words for people or tools: they refuse no value. */
const ANNOTATIONS = new Set([
  '$comment',
  'default',
  'deprecated',
  'description',
  'discriminator',
  'example',
  'examples',
  'externalDocs',
  'nullable',
  'readOnly',
  'summary',
  'title',
  'writeOnly',
  'xml',
]);

/** Keywords of a schema that can refuse a value; `$ref`, `allOf` and what is in `except` do not count. */
export function assertionsOf(part: Cursor, except: ReadonlySet<string> = new Set()): readonly string[] {
  return members(part)
    .map(([name]) => name)
    .filter(
      (name) =>
        !ANNOTATIONS.has(name) &&
        !name.startsWith('x-') &&
        name !== '$ref' &&
        name !== 'allOf' &&
        !except.has(name),
    );
}

/** Whether a document is OpenAPI 3.0. */
export function isVersion30(specs: SpecSet): boolean {
  const version = specs.root === undefined ? undefined : descend(rootCursor(specs.root), 'openapi')?.value;
  return typeof version === 'string' && version.startsWith('3.0');
}
