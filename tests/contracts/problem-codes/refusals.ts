import type { Reason } from '#kernel/domain/error-code.ts';
import type { TestRequest } from '../../kit/app.ts';

/** An entry of a problem's `errors`, its sentence left out. */
export type Entry = Reason & { readonly pointer?: string; readonly parameter?: string };

/** A request that is refused, and where and why. */
export interface Refusal {
  /** What is wrong, place by place, sentences left out. */
  readonly errors: readonly Entry[];
  readonly path?: string;
  readonly request: TestRequest;
}

/** A schema of a body's property, a value that it refuses, and why. Pointers start at the property. */
export type Keyword = readonly [schema: object, value: unknown, ...errors: readonly Entry[]];

const LONG_WORDS = Array.from({ length: 60 }, (_, index) => `${index}`.padStart(10, 'x'));

/** One property of a JSON body for each row. */
export const keywords: readonly Keyword[] = [
  [{ type: 'integer' }, 'x', { code: 'type', limit: ['integer'] }],
  [{ type: ['string', 'null'] }, 5, { code: 'type', limit: ['string', 'null'] }],
  [{ enum: ['a', 2, null, true] }, 'b', { code: 'enum', limit: ['a', 2, null, true] }],
  [{ enum: LONG_WORDS }, 'b', { code: 'enum' }],
  [{ const: 'a' }, 'b', { code: 'enum', limit: ['a'] }],
  [{ const: { a: 1 } }, 'b', { code: 'enum' }],
  [{ multipleOf: 5 }, 7, { code: 'multipleOf', limit: 5 }],
  [{ minimum: 1 }, 0, { code: 'minimum', limit: 1 }],
  [{ maximum: 1.5 }, 2, { code: 'maximum', limit: 1.5 }],
  [{ exclusiveMinimum: 1 }, 1, { code: 'exclusiveMinimum', limit: 1 }],
  [{ exclusiveMaximum: 1 }, 1, { code: 'exclusiveMaximum', limit: 1 }],
  [{ minLength: 2 }, '😀', { code: 'minLength', limit: 2 }],
  [{ maxLength: 2 }, 'abc', { code: 'maxLength', limit: 2 }],
  [{ pattern: '^a"$' }, 'b', { code: 'pattern', limit: '^a"$' }],
  [{ pattern: `^${'a'.repeat(600)}$` }, 'b', { code: 'pattern' }],
  [{ format: 'date' }, '2024-02-30', { code: 'format', limit: 'date' }],
  [{ format: 'email' }, 'x', { code: 'format', limit: 'email' }],
  [{ contentEncoding: 'base64' }, 'x', { code: 'format', limit: 'base64' }],
  [{ minItems: 1 }, [], { code: 'minItems', limit: 1 }],
  [{ maxItems: 1 }, [1, 2], { code: 'maxItems', limit: 1 }],
  [{ prefixItems: [{}], minItems: 1, items: false }, [1, 2], { code: 'maxItems', limit: 1 }],
  [{ unevaluatedItems: false }, [1, 2], { code: 'maxItems', limit: 0 }],
  [{ uniqueItems: true }, [1, 1], { code: 'uniqueItems' }],
  [
    { contains: { type: 'null' } },
    [1],
    { code: 'type', limit: ['null'], pointer: '/0' },
    { code: 'contains', limit: [1] },
  ],
  [
    { contains: { type: 'null' }, minContains: 0, maxContains: 1 },
    [null, null],
    { code: 'contains', limit: [0, 1] },
  ],
  [{ minProperties: 1 }, {}, { code: 'minProperties', limit: 1 }],
  [{ maxProperties: 1 }, { a: 1, b: 2 }, { code: 'maxProperties', limit: 1 }],
  [{ required: ['a/b'] }, {}, { code: 'required', pointer: '/a~1b' }],
  [{ dependentRequired: { a: ['b'] } }, { a: 1 }, { code: 'dependentRequired', limit: 'a', pointer: '/b' }],
  [{ dependentSchemas: { a: { required: ['b'] } } }, { a: 1 }, { code: 'required', pointer: '/b' }],
  [
    { propertyNames: { maxLength: 1 } },
    { ab: 1 },
    { code: 'maxLength', limit: 1 },
    { code: 'propertyNames' },
  ],
  [
    { patternProperties: { '^n': { type: 'null' } } },
    { n1: 1 },
    { code: 'type', limit: ['null'], pointer: '/n1' },
  ],
  [
    { properties: { a: {} }, additionalProperties: false },
    { b: 1 },
    { code: 'unknownProperty', pointer: '/b' },
  ],
  [
    { allOf: [{ properties: { a: {} } }], unevaluatedProperties: false },
    { 'b~': 1 },
    { code: 'unknownProperty', pointer: '/b~0' },
  ],
  [{ properties: { a: { readOnly: true } } }, { a: 1 }, { code: 'notAllowed', pointer: '/a' }],
  [
    { anyOf: [{ type: 'null' }, { type: 'boolean' }] },
    1,
    { code: 'type', limit: ['null'] },
    { code: 'type', limit: ['boolean'] },
    { code: 'anyOf' },
  ],
  [{ oneOf: [{ minimum: 1 }, { minimum: 2 }] }, 3, { code: 'oneOf' }],
  [{ not: { const: 1 } }, 1, { code: 'not' }],
  // oxlint-disable-next-line unicorn/no-thenable -- `then` is JSON Schema's keyword
  [{ if: { type: 'string' }, then: { minLength: 2 } }, 'a', { code: 'minLength', limit: 2 }],
  [{ if: { type: 'string' }, else: { minimum: 2 } }, 1, { code: 'minimum', limit: 2 }],
  [{ type: 'integer' }, 1e300, { code: 'maximum', limit: Number.MAX_SAFE_INTEGER }],
];

const json = (body: string | Uint8Array<ArrayBuffer>): TestRequest => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body,
});
const form = (body: string): TestRequest => ({
  method: 'POST',
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body,
});
const multipart = (...parts: readonly string[]): TestRequest => ({
  method: 'POST',
  headers: { 'content-type': 'multipart/form-data; boundary=B' },
  body: [...parts.map((part) => `--B\r\ncontent-disposition: form-data; ${part}\r\n`), '--B--\r\n'].join(''),
});
/** A request without anything. */
export const get: TestRequest = {};

/** Bodies that cannot be read. */
export const reading: readonly Refusal[] = [
  { request: json('{"p0":'), errors: [{ code: 'malformedJson', pointer: '/p0' }] },
  { request: json('{"p0":1,"p0":2}'), errors: [{ code: 'duplicateProperty', pointer: '/p0' }] },
  { request: json('{"p0":{"__proto__":1}}'), errors: [{ code: 'forbiddenName', pointer: '/p0/__proto__' }] },
  { request: json('{"p0":["\\u0000"]}'), errors: [{ code: 'forbiddenCharacter', pointer: '/p0/0' }] },
  { request: json('{"p0":"\\ud800"}'), errors: [{ code: 'forbiddenCharacter', pointer: '/p0' }] },
  { request: json(new Uint8Array([0x22, 0xff, 0x22])), errors: [{ code: 'encoding', pointer: '' }] },
  {
    request: json('{"p0":9007199254740993}'),
    errors: [{ code: 'unsafeInteger', limit: Number.MAX_SAFE_INTEGER, pointer: '/p0' }],
  },
  { request: json('{"p0":1e400}'), errors: [{ code: 'numberOverflow', pointer: '/p0' }] },
  {
    request: json(`{"p0":${'['.repeat(64)}1${']'.repeat(64)}}`),
    errors: [{ code: 'maxDepth', limit: 64, pointer: `/p0${'/0'.repeat(63)}` }],
  },
  {
    request: json(`[${'1,'.repeat(20_000)}1]`),
    errors: [{ code: 'maxValues', limit: 20_000, pointer: '/19999' }],
  },
  { request: form('a=1&'.repeat(1001)), errors: [{ code: 'maxFields', limit: 1000, pointer: '' }] },
  { request: form('a=%ff'), errors: [{ code: 'encoding', pointer: '' }] },
  { request: form('a=1&a=2'), errors: [{ code: 'repeated', pointer: '/a' }] },
  { request: form('constructor=1'), errors: [{ code: 'forbiddenName', pointer: '/constructor' }] },
  { request: multipart('name="file"\r\n\r\nx'), errors: [{ code: 'fileExpected', pointer: '/file' }] },
  {
    request: multipart('name="a"; filename="a.txt"\r\n\r\nx'),
    errors: [{ code: 'fieldExpected', pointer: '/a' }],
  },
  {
    request: multipart('name="data"\r\n\r\n{"a":1,"a":1}'),
    errors: [{ code: 'duplicateProperty', pointer: '/data' }],
  },
];

/** Parameters that cannot be decoded, or are not valid. */
export const parameters: readonly Refusal[] = [
  {
    path: '/parameters/.1?other=1',
    request: get,
    errors: [{ code: 'unknownParameter', parameter: 'other' }],
  },
  { path: '/parameters/.1?low=1&low=1', request: get, errors: [{ code: 'repeated', parameter: 'low' }] },
  { path: '/parameters/1', request: get, errors: [{ code: 'parameterStyle', parameter: 'label' }] },
  {
    path: '/parameters/.1?pairs=a,1,b',
    request: get,
    errors: [{ code: 'parameterStyle', parameter: 'pairs' }],
  },
  {
    path: '/parameters/.1?pairs=a,1,a,2',
    request: get,
    errors: [{ code: 'duplicateProperty', parameter: 'pairs' }],
  },
  {
    path: '/parameters/.1?pairs=__proto__,1',
    request: get,
    errors: [{ code: 'forbiddenName', parameter: 'pairs' }],
  },
  { path: '/parameters/.1?json={', request: get, errors: [{ code: 'malformedJson', parameter: 'json' }] },
  {
    path: '/parameters/.1?json=[1e400]',
    request: get,
    errors: [{ code: 'numberOverflow', parameter: 'json' }],
  },
  { path: '/parameters/.1?low=%ff', request: get, errors: [{ code: 'encoding', parameter: 'low' }] },
  { path: '/parameters/.1?%ff=1', request: get, errors: [{ code: 'encoding' }] },
  {
    path: '/parameters/.1?low=%00',
    request: get,
    errors: [{ code: 'forbiddenCharacter', parameter: 'low' }],
  },
  {
    path: '/parameters/.1?low=x',
    request: get,
    errors: [{ code: 'type', limit: ['integer'], parameter: 'low' }],
  },
  { path: '/parameters/.1?low=0', request: get, errors: [{ code: 'minimum', limit: 1, parameter: 'low' }] },
  {
    path: '/parameters/.1?json=[1,"a"]',
    request: get,
    errors: [{ code: 'type', limit: ['integer'], parameter: 'json' }],
  },
  {
    path: '/parameters/.1',
    request: { headers: { 'if-match': 'v3' } },
    errors: [{ code: 'entityTags', parameter: 'If-Match' }],
  },
  {
    path: '/parameters/.1',
    request: { method: 'POST', headers: { 'idempotency-key': 'a b' } },
    errors: [{ code: 'idempotencyKey', parameter: 'Idempotency-Key' }],
  },
  {
    path: '/parameters/.1',
    request: { method: 'POST' },
    errors: [{ code: 'required', parameter: 'Idempotency-Key' }],
  },
];

/** What modules refuse by themselves: the handler of `/rules/.N` throws the Nth. */
export const ofModules: readonly Entry[] = [
  { code: 'blank', pointer: '/title' },
  { code: 'cursor', parameter: 'cursor' },
  { code: 'exclusiveMinimum', limit: 0, pointer: '/ingredients/0/quantity' },
];
