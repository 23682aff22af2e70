import { extensionsOf } from '../load/extensions.ts';
import { heldObject, isKind, OPENAPI_OBJECTS } from '../load/openapi-objects.ts';
import type { Holds, Member, ObjectKind } from '../load/openapi-objects.ts';

type JsonSchema = Readonly<Record<string, unknown>>;

const TEXT = { type: 'string' };
const TEXTS = { type: 'array', items: TEXT };
/** Of OpenAPI 3.0; lint says what to write instead. */
const DROPPED = new Set(['nullable']);
/** What a member of no OpenAPI object may be. */
const PLAIN = new Map<Holds, JsonSchema>([
  ['text', TEXT],
  ['boolean', { type: 'boolean' }],
  ['number', { type: 'number' }],
  ['number|boolean', { type: 'number' }],
  ['count', { type: 'integer', minimum: 0 }],
  ['text[]', TEXTS],
  ['text|text[]', { anyOf: [TEXT, TEXTS] }],
  ['text{}', { type: 'object', additionalProperties: TEXT }],
  ['text[]{}', { type: 'object', additionalProperties: TEXTS }],
  ['any', {}],
  ['any[]', { type: 'array' }],
]);

/**
 * The specs of a project as a JSON Schema (draft 7), for editors: the members that lint knows, our extensions at the
 * objects that have them, and nothing else. Printed from the tables that lint works with.
 */
export function emitSpecSchema(): string {
  const kinds = Object.keys(OPENAPI_OBJECTS).filter(isKind);
  const schema = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Printed by `npm run editor:schema` from the tables of the contract compiler. Do not edit.',
    // Files of specs/common hold components alone.
    ...choose('openapi', reference('openapi'), {
      type: 'object',
      required: ['components'],
      additionalProperties: false,
      properties: { components: reference('components') },
    }),
    definitions: {
      ...Object.fromEntries(kinds.map((kind) => [kind, objectSchema(kind)])),
      reference: {
        title: 'a reference',
        type: 'object',
        required: ['$ref'],
        additionalProperties: false,
        properties: { $ref: TEXT, summary: TEXT, description: TEXT },
      },
    },
  };
  return `${JSON.stringify(schema, undefined, 2)}\n`;
}

function objectSchema(kind: ObjectKind): JsonSchema {
  const { noun, members, others, referable } = OPENAPI_OBJECTS[kind];
  const known = Object.entries(members).filter(([name]) => !DROPPED.has(name));
  const required = known.filter(([, member]) => member.required === true).map(([name]) => name);
  const isSchema = kind === 'schema';
  const object = {
    title: noun,
    type: isSchema ? ['object', 'boolean'] : 'object',
    ...(required.length === 0 ? {} : { required }),
    properties: {
      ...(isSchema ? { $ref: TEXT } : {}),
      ...Object.fromEntries(known.map(([name, member]) => [name, memberSchema(member)])),
      ...Object.fromEntries(
        extensionsOf(kind).map(([name, { description, schema }]) => [name, { description, ...schema }]),
      ),
    },
    ...(others === undefined ? {} : { patternProperties: { '^(?!x-)': memberSchema({ holds: others }) } }),
    additionalProperties: false,
  };
  if (referable !== true || isSchema) return object;
  return choose('$ref', reference('reference'), object);
}

function memberSchema({ holds, oneOf }: Member): JsonSchema {
  const held = heldObject(holds);
  if (held !== undefined) {
    const one = reference(held.kind);
    if (held.shape === 'list') return { type: 'array', items: one };
    return held.shape === 'map' ? { type: 'object', additionalProperties: one } : one;
  }
  if (oneOf === undefined) return PLAIN.get(holds) ?? {};
  const text = { enum: oneOf };
  return holds === 'text' ? text : { anyOf: [text, { type: 'array', items: text }] };
}

/** One schema for objects that have a member, another for all others. */
function choose(name: string, having: JsonSchema, lacking: JsonSchema): JsonSchema {
  // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema, in data that is never awaited
  return { if: { type: 'object', required: [name] }, then: having, else: lacking };
}

function reference(definition: string): JsonSchema {
  return { $ref: `#/definitions/${definition}` };
}
