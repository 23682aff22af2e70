import type { JsonObject, JsonValue } from '../../contract/contract.ts';
import { isArray, isObject, sameData } from '../../load/json-value.ts';
import {
  type Components,
  multipleOf,
  objectParts,
  patternOf,
  plainSchema,
  type Shape,
} from './form-schema.ts';

/** What is known of a value that a form asks for. */
export type Facts =
  | { readonly kind: Exclude<Shape, 'list' | 'object'>; readonly nullable: boolean; readonly limits: Limits }
  | { readonly kind: 'list'; readonly nullable: boolean; readonly limits: Limits; readonly item: Facts }
  /** The fields of a component, which stand there. */
  | { readonly kind: 'component'; readonly nullable: boolean; readonly component: string }
  | { readonly kind: 'object'; readonly nullable: boolean; readonly members: MemberFacts };

/** What no input element stands for. */
const OTHER = { kind: 'other', nullable: false, limits: {} } as const;

/** What is known of a member of an object. */
export interface MemberFact {
  readonly required: boolean;
  readonly facts: Facts;
  /** What the API takes it for when it is left out; absent when the contract does not say. */
  readonly fallback?: JsonValue;
}

/** The members of an object by name. */
export type MemberFacts = Readonly<Record<string, MemberFact>>;

/** Keywords of JSON Schema by name: `maxLength`. */
export type Limits = Readonly<Record<string, number | string | boolean>>;

/** Limits of each shape that a form has a use for. */
const LIMITS = {
  text: ['minLength', 'maxLength', 'pattern'],
  number: ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'],
  list: ['minItems', 'maxItems', 'uniqueItems'],
} as const;

/** What the contract says of the members of an object component that a client sends; read-only ones are not sent. */
export function contractMembers(schema: JsonValue, components: Components): MemberFacts {
  const plain = plainSchema(schema, components);
  return plain.shape === 'object' ? membersOf(plain.schema, components, new Set()) : {};
}

/** What the contract says of a value. `within` are the lists that it stands in. */
export function contractFacts(
  given: JsonValue,
  components: Components,
  within: ReadonlySet<JsonObject> = new Set(),
): Facts {
  const { shape, schema, nullable, component } = plainSchema(given, components);
  switch (shape) {
    case 'text':
    case 'number':
      return { kind: shape, nullable, limits: limitsOf(shape, schema) };
    case 'list': {
      if (within.has(schema)) return OTHER;
      const item = contractFacts(schema['items'] ?? true, components, new Set([...within, schema]));
      return { kind: 'list', nullable, limits: limitsOf('list', schema), item };
    }
    case 'object':
      if (component !== undefined) return { kind: 'component', nullable, component };
      return { kind: 'object', nullable, members: membersOf(schema, components, within) };
    case 'other':
      return OTHER;
    case 'choice':
    case 'boolean':
    case 'file':
      return { kind: shape, nullable, limits: {} };
    default:
      return shape satisfies never;
  }
}

/** The keywords of a schema that limit what a shape is. */
function limitsOf(shape: keyof typeof LIMITS, schema: JsonObject): Limits {
  const derived: JsonObject = {
    ...schema,
    ...defined('pattern', patternOf(schema)),
    ...(shape === 'number' ? { multipleOf: multipleOf(schema) ?? null } : {}),
  };
  const limits = LIMITS[shape].map((keyword) => [keyword, derived[keyword]] as const);
  return Object.fromEntries(
    limits.filter(
      (limit): limit is [(typeof limit)[0], number | string | boolean] =>
        typeof limit[1] === 'number' || typeof limit[1] === 'string' || limit[1] === true,
    ),
  );
}

/** Members of several parts of one object; one that the parts disagree on is `other`. */
function mergeMembers(parts: readonly MemberFacts[]): MemberFacts {
  const merged = new Map<string, MemberFact>();
  for (const [name, given] of parts.flatMap((part) => Object.entries(part))) {
    const known = merged.get(name) ?? given;
    const facts = sameData(known.facts, given.facts) ? known.facts : OTHER;
    merged.set(name, { ...given, ...known, required: known.required || given.required, facts });
  }
  return Object.fromEntries(merged);
}

function membersOf(schema: JsonObject, components: Components, within: ReadonlySet<JsonObject>): MemberFacts {
  const parts = objectParts(schema, components) ?? [];
  const required = new Set(parts.flatMap(requiredOf));
  return mergeMembers(
    parts.map((part) =>
      Object.fromEntries(
        writable(part, components).map(([name, property]) => [
          name,
          memberFact(property, components, { required: required.has(name), within }),
        ]),
      ),
    ),
  );
}

/** What the contract says of a member, or of a parameter. A default beside a reference goes before the one behind it. */
export function memberFact(
  schema: JsonValue,
  components: Components,
  { required, within }: { readonly required: boolean; readonly within?: ReadonlySet<JsonObject> },
): MemberFact {
  const fact = { required, facts: contractFacts(schema, components, within) };
  const own = isObject(schema) ? schema : {};
  const { default: fallback } = 'default' in own ? own : plainSchema(schema, components).schema;
  return fallback === undefined ? fact : { ...fact, fallback };
}

/** Names that an object schema lists as required. */
function requiredOf(schema: JsonObject): readonly JsonValue[] {
  return isArray(schema['required']) ? schema['required'] : [];
}

/** The properties of an object schema that a client sends. */
function writable(schema: JsonObject, components: Components): readonly (readonly [string, JsonValue])[] {
  const properties = isObject(schema['properties']) ? schema['properties'] : {};
  return Object.entries(properties).filter(([, property]) => !isReadOnly(property, components));
}

function isReadOnly(property: JsonValue, components: Components): boolean {
  return (
    (isObject(property) && property['readOnly'] === true) ||
    plainSchema(property, components).schema['readOnly'] === true
  );
}

function defined(name: string, value: string | undefined): JsonObject {
  return value === undefined ? {} : { [name]: value };
}
