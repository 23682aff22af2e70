import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import * as fc from 'fast-check';
import type { OperationTable } from '../operation.ts';
import { compileWhenAsked } from './compile-checks.ts';
import { arrayAt, isJsonObject, objectAt } from './json-document.ts';
import { MemberPicker } from './member-picker.ts';
import type { CompiledContract } from './shape-checks.ts';

/** The compiled contract of one operation that answers with a schema, and the index of the answer's shape. */
function compile(
  schema: unknown,
  schemas: Readonly<Record<string, unknown>> = {},
): { readonly compiled: CompiledContract; readonly index: number } {
  const content = { 'application/json': { schema } };
  const document = {
    openapi: '3.1.0',
    paths: { '/probe': { get: { responses: { 200: { description: '', content } } } } },
    components: { schemas },
  };
  const operations = {
    probe: {
      id: 'probe',
      method: 'get',
      path: '/probe',
      security: [],
      parameters: [],
      body: null,
      responses: [{ status: 200, content: [{ mediaType: 'application/json', kind: 'json' }], headers: [] }],
      deprecated: false,
      extensions: {},
    },
  } as const satisfies OperationTable;
  const compiled = compileWhenAsked({ name: 'probe', document, operations });
  const index = compiled.operations.get('probe')?.responses[0]?.contents[0];
  assert.ok(index !== undefined);
  return { compiled, index };
}

function pick(body: unknown, schema: unknown, schemas: Readonly<Record<string, unknown>> = {}): unknown {
  const { compiled, index } = compile(schema, schemas);
  return new MemberPicker(compiled.members).pick(index, body);
}

const text = { type: 'string' };
const closed = (...names: readonly string[]): Readonly<Record<string, unknown>> => ({
  type: 'object',
  properties: Object.fromEntries(names.map((name) => [name, text])),
  additionalProperties: false,
});
const open = (...names: readonly string[]): Readonly<Record<string, unknown>> => ({
  type: 'object',
  properties: Object.fromEntries(names.map((name) => [name, text])),
});
const reference = (name: string): { readonly $ref: string } => ({ $ref: `#/components/schemas/${name}` });

interface Case {
  readonly schema: unknown;
  readonly schemas?: Readonly<Record<string, unknown>>;
  readonly value: unknown;
  readonly sent: unknown;
}

const CASES: Readonly<Record<string, Case>> = {
  'a closed object': { schema: closed('a'), value: { a: '1', x: 1 }, sent: { a: '1' } },
  'an open object': { schema: open('a'), value: { a: '1', x: 1 }, sent: { a: '1', x: 1 } },
  'a schema that says nothing': { schema: {}, value: { a: [{ x: 1 }] }, sent: { a: [{ x: 1 }] } },
  'a scalar': { schema: closed('a'), value: 'text', sent: 'text' },
  'null for an object': {
    schema: { ...closed('a'), type: ['object', 'null'] },
    value: null,
    sent: null,
  },
  'names of the prototype': {
    schema: closed('a'),
    value: JSON.parse('{"a":"1","__proto__":{"x":1},"constructor":1,"toString":1}'),
    sent: { a: '1' },
  },
  'others that are described': {
    schema: { type: 'object', properties: { a: text }, additionalProperties: closed('b') },
    value: { a: '1', other: { b: '2', x: 1 } },
    sent: { a: '1', other: { b: '2' } },
  },
  'names by pattern': {
    schema: { type: 'object', patternProperties: { '^n-': closed('b') }, additionalProperties: false },
    value: { 'n-1': { b: '2', x: 1 }, x: 1 },
    sent: { 'n-1': { b: '2' } },
  },
  'an object in a list in an object': {
    schema: { type: 'object', properties: { list: { type: 'array', items: closed('a') } } },
    value: { list: [{ a: '1', x: 1 }, { a: '2' }], y: 1 },
    sent: { list: [{ a: '1' }, { a: '2' }], y: 1 },
  },
  'a tuple': {
    schema: { type: 'array', prefixItems: [closed('a'), true], items: closed('b') },
    value: [{ a: '1', x: 1 }, { x: 1 }, { b: '1', x: 1 }],
    sent: [{ a: '1' }, { x: 1 }, { b: '1' }],
  },
  'a component': {
    schema: reference('A'),
    schemas: { A: closed('a') },
    value: { a: '1', x: 1 },
    sent: { a: '1' },
  },
  'a component that refers to itself': {
    schema: reference('Tree'),
    schemas: {
      Tree: {
        ...closed('name'),
        properties: { name: text, parts: { type: 'array', items: reference('Tree') } },
      },
    },
    value: { name: 'a', parts: [{ name: 'b', x: 1, parts: [{ name: 'c', x: 1 }] }] },
    sent: { name: 'a', parts: [{ name: 'b', parts: [{ name: 'c' }] }] },
  },
  'all of an open and a closed schema': {
    schema: { allOf: [open('a'), closed('a', 'b')] },
    value: { a: '1', b: '2', x: 1 },
    sent: { a: '1', b: '2' },
  },
  'parts that are closed around': {
    schema: { allOf: [open('a'), reference('B')], properties: { c: text }, unevaluatedProperties: false },
    schemas: { B: open('b') },
    value: { a: '1', b: '2', c: '3', x: 1 },
    sent: { a: '1', b: '2', c: '3' },
  },
  'parts of which one is open on purpose': {
    schema: { allOf: [{ additionalProperties: text }], unevaluatedProperties: false },
    value: { a: '1' },
    sent: { a: '1' },
  },
  'one of two, by their discriminator': {
    schema: {
      oneOf: [reference('Cat'), reference('Dog')],
      discriminator: { propertyName: 'kind' },
    },
    schemas: { Cat: closed('kind', 'lives'), Dog: closed('kind', 'tricks') },
    value: { kind: 'Cat', lives: '9', tricks: 'none', x: 1 },
    sent: { kind: 'Cat', lives: '9' },
  },
  'one of two': {
    schema: { oneOf: [closed('a', 'c'), closed('b', 'c')] },
    value: { b: '1', c: '2', x: 1 },
    sent: { b: '1', c: '2' },
  },
  'any of two with members of their own inside': {
    schema: {
      anyOf: [
        { ...closed(), properties: { in: closed('a') } },
        { ...closed(), properties: { in: closed('b') } },
      ],
    },
    value: { in: { a: '1', b: '2', x: 1 }, x: 1 },
    sent: { in: { a: '1', b: '2' } },
  },
  'any of a closed and an open one': {
    schema: { anyOf: [closed('a'), open('b')] },
    value: { a: '1', x: 1 },
    sent: { a: '1', x: 1 },
  },
  'a condition': {
    // oxlint-disable-next-line unicorn/no-thenable -- `then` is JSON Schema's keyword
    schema: { if: { required: ['a'] }, then: closed('a'), else: closed('b') },
    value: { b: '1', x: 1 },
    sent: { b: '1' },
  },
  'a condition that is not looked into': {
    // oxlint-disable-next-line unicorn/no-thenable -- `then` is JSON Schema's keyword
    schema: { if: { minProperties: 2 }, then: closed('a'), else: closed('b') },
    value: { a: '1', b: '1', x: 1 },
    sent: { a: '1', b: '1' },
  },
  'a schema that depends on a member': {
    schema: { type: 'object', dependentSchemas: { a: closed('a', 'b') } },
    value: { a: '1', x: 1 },
    sent: { a: '1' },
  },
  'a schema that depends on a member that is not there': {
    schema: { type: 'object', dependentSchemas: { a: closed('a', 'b') } },
    value: { x: 1 },
    sent: { x: 1 },
  },
  'a write-only member': {
    schema: { type: 'object', properties: { a: text, secret: { type: 'string', writeOnly: true } } },
    value: { a: '1', secret: 's', y: 1 },
    sent: { a: '1', y: 1 },
  },
  'a write-only member of a part': {
    schema: { allOf: [reference('A'), open('b')] },
    schemas: { A: { properties: { secret: { type: 'string', writeOnly: true } } } },
    value: { b: '1', secret: 's' },
    sent: { b: '1' },
  },
  'what has a JSON form of its own': {
    schema: { ...closed('at'), properties: { at: { anyOf: [text, closed('a')] }, by: closed('a') } },
    value: { at: new Date(0), by: { toJSON: () => ({ a: '1', x: 1 }) }, x: 1 },
    sent: { at: new Date(0), by: { a: '1' } },
  },
};

suite('of a response', () => {
  for (const [name, { schema, schemas, value, sent }] of Object.entries(CASES)) {
    test(`only what is declared is sent: ${name}`, () => {
      const before = JSON.stringify(value);
      assert.equal(JSON.stringify(pick(value, schema, schemas)), JSON.stringify(sent));
      assert.equal(JSON.stringify(value), before);
    });
  }

  test('nothing is copied of which nothing has to go', () => {
    const value = { a: '1', list: [{ a: '2' }] };
    const schema = { ...closed('a'), properties: { a: text, list: { type: 'array', items: closed('a') } } };
    assert.equal(pick(value, schema), value);
  });

  test('every member of a valid value is sent, and none that was added where its schema is closed', () => {
    const seen = { valid: 0, refused: 0, mended: 0 };
    fc.assert(
      fc.property(SCHEMAS, fc.gen(), (schema, generate) => {
        const { compiled, index } = compile(schema);
        const picker = new MemberPicker(compiled.members);
        /** The keywords that refuse a value. */
        const refusals = (body: unknown): readonly string[] => {
          const check = compiled.checks(index, 'all');
          return check({ headers: {}, body }) ? [] : (check.errors ?? []).map(({ keyword }) => keyword);
        };
        for (let count = 0; count < 20; count += 1) {
          const value = count < 5 ? generate(() => VALUES) : valueOf(schema, () => generate(fc.boolean));
          const picked = picker.pick(index, value);
          // Picking is done once: there is nothing left to take out.
          assert.deepEqual(picker.pick(index, picked), picked);
          if (refusals(value).length > 0) continue;
          assert.deepEqual(picked, value);
          seen.valid += 1;
          const grown = grow(value);
          const found = refusals(grown);
          if (found.length === 0) continue;
          seen.refused += 1;
          const shrunk = picker.pick(index, grown);
          // Nothing of the valid value is lost.
          assert.deepEqual(intersect(value, shrunk), value);
          // Nothing is left that makes it invalid, where that is a member too many and no alternative could let it stay.
          if (hasAlternatives(schema) || !found.every((keyword) => CLOSING.has(keyword))) continue;
          assert.deepEqual(refusals(shrunk), []);
          seen.mended += 1;
        }
      }),
      { numRuns: 150, seed: 7 },
    );
    // The property is no empty one; the seed makes that certain.
    for (const [name, count] of Object.entries(seen)) assert.ok(count > 0, `${name}: ${String(count)}`);
  });
});

const CLOSING: ReadonlySet<string> = new Set(['additionalProperties', 'unevaluatedProperties']);

const NAMES = ['a', 'b', 'c'] as const;
const SCHEMAS = fc.letrec((tie) => ({
  schema: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom<unknown>({}, true, { type: 'string' }, { type: ['string', 'null'] }),
    fc.record(
      {
        type: fc.constant('object'),
        properties: fc.dictionary(fc.constantFrom(...NAMES), tie('schema')),
        patternProperties: fc.dictionary(fc.constantFrom('^[ab]$', 'c'), tie('schema')),
        additionalProperties: fc.oneof(fc.constant(false), tie('schema')),
        allOf: fc.array(tie('schema'), { minLength: 1, maxLength: 2 }),
      },
      { requiredKeys: ['type', 'properties'] },
    ),
    fc.record(
      {
        type: fc.constant('object'),
        allOf: fc.array(tie('schema'), { minLength: 1, maxLength: 2 }),
        properties: fc.dictionary(fc.constantFrom(...NAMES), tie('schema')),
        unevaluatedProperties: fc.constant(false),
      },
      { requiredKeys: ['type', 'allOf'] },
    ),
    fc.record({ anyOf: fc.array(tie('schema'), { minLength: 1, maxLength: 2 }) }),
    fc.record({ type: fc.constant('array'), items: tie('schema') }),
  ),
})).schema;
const VALUES = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom<unknown>('', null),
    fc.dictionary(fc.constantFrom(...NAMES), tie('value'), { noNullPrototype: true }),
    fc.array(tie('value'), { maxLength: 2 }),
  ),
})).value;

/** A value that the schema is likely to allow; `choose` decides what of it is there. */
function valueOf(schema: unknown, choose: () => boolean): unknown {
  if (!isJsonObject(schema)) return '';
  const part = (each: unknown): unknown => valueOf(each, choose);
  const [one, other] = arrayAt(schema, 'anyOf');
  if (one !== undefined) return part(other !== undefined && choose() ? other : one);
  if (schema['type'] === 'array') return choose() ? [part(schema['items'])] : [];
  if (schema['type'] !== 'object') return '';
  const members = Object.entries(objectAt(schema, 'properties')).filter(() => choose());
  const ofParts = arrayAt(schema, 'allOf').map((each) => Object(part(each)));
  return Object.assign(Object.fromEntries(members.map(([name, each]) => [name, part(each)])), ...ofParts);
}

/** A copy with a member more in each object. */
function grow(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(grow);
  if (typeof value !== 'object' || value === null) return value;
  return {
    ...Object.fromEntries(Object.entries(value).map(([name, each]) => [name, grow(each)])),
    undeclared: '',
  };
}

/** What of the first value is in the second too. */
function intersect(one: unknown, other: unknown): unknown {
  if (Array.isArray(one) && Array.isArray(other))
    return one.map((each, index) => intersect(each, other[index]));
  if (typeof one !== 'object' || one === null || typeof other !== 'object' || other === null) return other;
  return Object.fromEntries(
    Object.entries(one).flatMap(([name, each]) =>
      Object.hasOwn(other, name) ? [[name, intersect(each, Reflect.get(other, name))] as const] : [],
    ),
  );
}

function hasAlternatives(schema: unknown): boolean {
  return JSON.stringify(schema).includes('"anyOf"');
}
