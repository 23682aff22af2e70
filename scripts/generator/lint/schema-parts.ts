import type { JsonValue } from '../contract/contract.ts';
import { child, items, members, placeOf, type Cursor } from '../load/cursor.ts';
import { textMember, isArray, member } from '../load/json-value.ts';
import { followReference } from '../load/references.ts';
import type { SpecSet } from '../load/spec-set.ts';
import type { Visit } from '../load/walk-document.ts';

/** What a schema refers to; `undefined` when it refers to nothing, or that cannot be found. */
export function referenced(specs: SpecSet, schema: Cursor): Cursor | undefined {
  const ref = textMember(schema.value, '$ref');
  const target = ref === undefined ? undefined : followReference(specs, schema, ref);
  return target?.kind === 'found' ? target.cursor : undefined;
}

/** What a schema says of its value through other schemas: what it refers to, its parts and its alternatives. */
export function composing(
  specs: SpecSet,
  schema: Cursor,
  keywords: readonly string[] = ['allOf', 'oneOf', 'anyOf'],
): readonly Cursor[] {
  const target = referenced(specs, schema);
  return [
    ...(target === undefined ? [] : [target]),
    ...keywords.flatMap((keyword) => items(child(schema, keyword))),
  ];
}

/** A schema and all that `next` leads to from it, each once. */
export function reached(schema: Cursor, next: (schema: Cursor) => readonly Cursor[]): readonly Cursor[] {
  const found = new Map<string, Cursor>();
  const waiting = [schema];
  for (let each = waiting.pop(); each !== undefined; each = waiting.pop()) {
    if (found.has(placeOf(each))) continue;
    found.set(placeOf(each), each);
    waiting.push(...next(each));
  }
  return [...found.values()];
}

/**
 * The schemas that describe the same value as `schema`, itself first: what it refers to, the parts of its `allOf`, and
 * the alternatives of its `oneOf` and `anyOf`, through any number of them.
 */
export function sameValueSchemas(specs: SpecSet, schema: Cursor): readonly Cursor[] {
  return reached(schema, (each) => composing(specs, each));
}

/** Names that a schema itself lists under `properties`. */
export function ownProperties(schema: Cursor): readonly string[] {
  return members(child(schema, 'properties')).map(([name]) => name);
}

/** Names that a schema lists under `properties`, itself or through what describes the same value. */
export function listedProperties(specs: SpecSet, schema: Cursor): ReadonlySet<string> {
  return new Set(sameValueSchemas(specs, schema).flatMap(ownProperties));
}

/** The types a schema names. */
export function typesOf(value: JsonValue): readonly string[] {
  const type = member(value, 'type');
  if (typeof type === 'string') return [type];
  return isArray(type) ? type.filter((each) => typeof each === 'string') : [];
}

/** Whether a schema names a type, alone or among others. */
export function hasType(value: JsonValue, type: string): boolean {
  return typesOf(value).includes(type);
}

/** Whether a schema names types, and not this one. */
export function excludesType(value: JsonValue, type: string): boolean {
  return typesOf(value).length > 0 && !hasType(value, type);
}

/** Whether a schema lists its values: then no other bound is needed. */
export function isFixed(value: JsonValue): boolean {
  return member(value, 'const') !== undefined || member(value, 'enum') !== undefined;
}

/** Places in which a schema says something of the value of the schema around it. */
const SAME_VALUE: ReadonlySet<string> = new Set([
  'allOf',
  'oneOf',
  'anyOf',
  'if',
  'then',
  'else',
  'not',
  'dependentSchemas',
]);

/** Places in which a schema only tests a value: what it leaves open is no hole. */
const TESTS: ReadonlySet<string> = new Set(['if', 'not', 'contains']);

/** Whether a schema, or one around it, only tests a value that another schema describes. */
export function isTest(visit: Visit): boolean {
  let at: Visit | undefined = visit;
  while (at?.kind === 'schema') {
    if (TESTS.has(at.member)) return true;
    at = at.parent;
  }
  return false;
}

/** The outermost schema that says something of the same value as that of a visit. */
export function outermost(visit: Visit): Visit {
  let at = visit;
  while (SAME_VALUE.has(at.member) && at.parent?.kind === 'schema') at = at.parent;
  return at;
}

/** A schema and all that always holds with it: what it refers to, and the parts of its `allOf`, through any number of them. */
export function conjuncts(specs: SpecSet, schema: Cursor): readonly Cursor[] {
  return reached(schema, (each) => composing(specs, each, ['allOf']));
}

/** All schemas that always hold for the value of a visit: those of the schema, and those of the schemas that it stands in. */
export function holding(specs: SpecSet, visit: Visit): readonly Cursor[] {
  const found = [...conjuncts(specs, visit.cursor)];
  let at = visit;
  while (SAME_VALUE.has(at.member) && at.parent?.kind === 'schema') {
    at = at.parent;
    found.push(...conjuncts(specs, at.cursor));
  }
  return found;
}

/**
 * Whether something is said of the value of a visit: by a schema that always holds for it, or by each of the alternatives of such
 * a one.
 */
export function isSaid(specs: SpecSet, visit: Visit, says: (schema: JsonValue) => boolean): boolean {
  return holding(specs, visit).some((schema) => says(schema.value) || byAlternatives(specs, schema, says, 0));
}

/** Alternatives nest a few levels deep at most; a circle of them ends here. */
const MAX_DEPTH = 20;

function byAlternatives(
  specs: SpecSet,
  schema: Cursor,
  says: (schema: JsonValue) => boolean,
  depth: number,
): boolean {
  if (depth > MAX_DEPTH) return false;
  return ['oneOf', 'anyOf'].some((keyword) => {
    const alternatives = items(child(schema, keyword));
    return (
      alternatives.length > 0 &&
      alternatives.every((alternative) =>
        conjuncts(specs, alternative).some(
          (each) => says(each.value) || byAlternatives(specs, each, says, depth + 1),
        ),
      )
    );
  });
}
