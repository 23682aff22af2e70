/** Schemas over the keywords of JSON Schema 2020-12, each with values at its bounds. */
export interface Row {
  readonly schema: object;
  readonly values: readonly unknown[];
}

/** Values of every type, tried against every schema. */
export const ANYTHING: readonly unknown[] = [
  null,
  true,
  '',
  'a',
  '🥕',
  0,
  -1,
  1.5,
  2 ** 53 - 1,
  2 ** 53,
  1e21,
  [],
  [1, 1],
  {},
  { a: 1 },
  { a: 'a', b: null, other: 1 },
];

const texts = (format: string, values: readonly string[], more: object = {}): Row => ({
  schema: { type: 'string', format, ...more },
  values,
});
const row = (schema: object, values: readonly unknown[] = []): Row => ({ schema, values });
const a = { a: { type: 'string' } };
const closed = { type: 'object', additionalProperties: false };

/** What both sides judge alike. */
export const ALIKE: Readonly<Record<string, Row>> = {
  everything: row({}),
  nothing: row({ not: {} }),
  string: row({ type: 'string' }),
  boolean: row({ type: 'boolean' }),
  null: row({ type: 'null' }),
  'string or null': row({ type: ['string', 'null'] }),
  'string or integer': row({ type: ['string', 'integer'], minLength: 1, minimum: 1 }, [1]),
  'minLength, maxLength': row({ type: 'string', minLength: 2, maxLength: 3 }, [
    'ab',
    '🥕',
    '🥕🥕',
    '🥕🥕🥕',
    '🥕🥕🥕🥕',
    '\ud800b',
  ]),
  pattern: row({ type: 'string', pattern: '^.$|^\\p{Lu}+$' }, ['🥕', 'AÄ', 'aÄ', '\n']),
  'pattern and format': texts('email', ['a@b.cd', 'x@b.cd', 'a'], { pattern: '^a' }),
  integer: row({ type: 'integer' }, [1, -(2 ** 53), 1 - 2 ** 53, -0]),
  'integer, bounds': row({ type: 'integer', minimum: 1, maximum: 9 }, [1, 9, 10, 0.5, 8.5]),
  'integer, exclusive': row({ type: 'integer', exclusiveMinimum: 1, exclusiveMaximum: 9 }, [1, 2, 8, 9]),
  'integer beyond 2^53': row({ type: 'integer', minimum: -1e30, maximum: 1e30 }, [
    2 ** 53,
    2 ** 60,
    1e30,
    1e31,
    -1e31,
  ]),
  'integer, one bound beyond 2^53': row({ type: 'integer', maximum: 2 ** 63 }, [
    2 ** 60,
    -(2 ** 60),
    2 ** 64,
  ]),
  number: row({ type: 'number' }, [1e308, 5e-324, -0]),
  'number, exclusive': row({ type: 'number', exclusiveMinimum: 0, maximum: 0.3 }, [
    5e-324,
    0.3,
    0.1 + 0.2,
    -0,
  ]),
  'multipleOf 3': row({ type: 'integer', multipleOf: 3 }, [3, 4, 9007199254740990, -3]),
  'multipleOf 0.01': row({ type: 'number', multipleOf: 0.01 }, [
    19.99,
    0.07,
    1.1,
    4.35,
    1.005,
    0.019,
    1e15 + 0.1,
    1e21,
    5e-324,
  ]),
  'multipleOf 0.1': row({ type: 'number', multipleOf: 0.1 }, [0.3, 0.1 + 0.2, 123456789.1]),
  'multipleOf 1e-9': row({ type: 'number', multipleOf: 1e-9 }, [1e-9, 1.5e-9, 123.000000001, 3e-10]),
  'multipleOf 2.5': row({ type: ['number', 'null'], multipleOf: 2.5 }, [5, 7.5, 7.4]),
  int32: row({ type: 'integer', format: 'int32' }, [2 ** 31 - 1, 2 ** 31, -(2 ** 31), -(2 ** 31) - 1]),
  int64: row({ type: 'integer', format: 'int64' }, [2 ** 31]),
  enum: row({ type: 'string', enum: ['a', 'b', '🥕'] }, ['b', 'A']),
  'enum of numbers': row({ enum: [0, 1.5, 1e21] }, [-0, '0']),
  'enum with null': row({ type: ['string', 'null'], enum: ['a', null] }),
  'enum and type': row({ type: 'string', enum: ['a', 1] }),
  'enum and minLength': row({ type: 'string', enum: ['a', 'ab'], minLength: 2 }, ['ab']),
  const: row({ const: 'a' }),
  'const null': row({ const: null }),
  'array of any': row({ type: 'array' }),
  'array, bounds': row({ type: 'array', items: { type: 'integer' }, minItems: 1, maxItems: 2 }, [
    [1],
    [1, 2, 3],
    ['a'],
  ]),
  'array or null': row({ type: ['array', 'null'], items: { type: 'string' } }, [['a']]),
  object: row({ type: 'object' }),
  'members, open': row({ type: 'object', properties: a, required: ['a'] }, [{ a: 'a' }, { a: null }]),
  'members, closed': row({ ...closed, properties: a }, [{ a: 'a' }, { b: 1 }]),
  'members, others by schema': row(
    { type: 'object', properties: a, additionalProperties: { type: 'integer' } },
    [{ a: 'a', b: 1 }, { b: 'x' }],
  ),
  'map of strings': row({ type: 'object', additionalProperties: { type: 'string', minLength: 1 } }, [
    { x: '' },
    { x: 'a' },
    { constructor: 'a' },
  ]),
  'required, of no property': row({ type: 'object', required: ['z'] }, [{ z: 1 }, { z: null }]),
  'required, own only': row({ type: 'object', required: ['toString'] }, [{ toString: 1 }]),
  'required, a default': row({
    type: 'object',
    properties: { a: { type: 'string', default: 'x' } },
    required: ['a'],
  }),
  'a default': row({ type: 'object', properties: { a: { type: 'string', default: 'x' } } }),
  readOnly: row(
    {
      ...closed,
      // A name of its own: what is `readOnly` anywhere is required of no other object that does not describe it (LOOSER).
      properties: { hidden: { type: 'string', readOnly: true }, b: { type: 'null' } },
      required: ['hidden', 'b'],
    },
    [{ b: null }, { hidden: 'a', b: null }],
  ),
  writeOnly: row({ ...closed, properties: { a: { type: 'string', writeOnly: true } }, required: ['a'] }, [
    { a: 'a' },
  ]),
  'a required member without a type': row({ required: ['a'] }),
  anyOf: row({ anyOf: [{ type: 'string', minLength: 2 }, { type: 'integer' }] }, ['ab']),
  'anyOf with null': row({ anyOf: [{ type: 'string' }, { type: 'null' }] }),
  oneOf: row({ oneOf: [{ type: 'integer' }, { type: 'number', minimum: 1 }] }, [1, 0.5, 2, 3.5]),
  'oneOf with null twice': row({ oneOf: [{ type: ['string', 'null'] }, { type: 'null' }] }),
  'oneOf of objects': row(
    {
      oneOf: [
        { ...closed, properties: a, required: ['a'] },
        { ...closed, properties: { b: { type: 'null' } }, required: ['b'] },
      ],
    },
    [{ a: 'a' }, { b: null }, { a: 'a', b: null }],
  ),
  'allOf of open objects': row(
    {
      allOf: [
        { type: 'object', properties: a, required: ['a'] },
        { type: 'object', properties: { b: { type: 'integer' } } },
      ],
    },
    [{ a: 'a' }, { a: 'a', b: 1 }, { a: 'a', b: 'b' }],
  ),
  'allOf of texts': row(
    {
      allOf: [
        { type: 'string', minLength: 1 },
        { type: 'string', maxLength: 2 },
      ],
    },
    ['abc', 'ab'],
  ),
  'anyOf beside members': row(
    { type: 'object', properties: a, anyOf: [{ required: ['a'] }, { required: ['b'] }] },
    [{ a: 'a' }, { b: 1 }],
  ),
  uniqueItems: row({ type: 'array', uniqueItems: true }, [
    [1, '1'],
    [
      { a: 1, b: 2 },
      { b: 2, a: 1 },
    ],
    [[1], [1]],
    [0, -0],
    [null, null],
  ]),
  minProperties: row({ type: 'object', minProperties: 1, maxProperties: 2 }, [
    { a: 1, b: 2 },
    { a: 1, b: 2, c: 3 },
  ]),
  date: texts('date', [
    '2024-02-29',
    '2023-02-29',
    '0000-01-01',
    '0001-01-01',
    '9999-12-31',
    '2024-1-1',
    '2024-01-01T00:00:00Z',
  ]),
  'date-time': texts('date-time', [
    '2024-01-01T00:00:00Z',
    '2024-01-01t23:59:59.123456z',
    '2024-01-01T00:00Z',
    '2024-01-01T00:00:00',
    '2024-01-01T00:00:00+14:00',
    '2024-01-01T00:00:00+14:01',
    '2024-01-01T00:00:00-14:00',
    '2024-01-01T00:00:00+0200',
    '2024-01-01T00:00:00+02',
    '2024-02-30T00:00:00Z',
    '2024-01-01T24:00:00Z',
    '2024-01-01T23:59:60Z',
    '0000-01-01T00:00:00Z',
    `2024-01-01T00:00:00.${'1'.repeat(64)}Z`,
    `2024-01-01T00:00:00.${'1'.repeat(65)}Z`,
    '2024-01-01T00:00:00.Z',
  ]),
  uuid: texts('uuid', [
    '0198D7A2-8f10-7cc3-9b55-1e3a0c6b7f21',
    '00000000-0000-0000-0000-000000000000',
    '0198d7a2-8f10-fcc3-0b55-1e3a0c6b7f21',
    'urn:uuid:0198d7a2-8f10-7cc3-9b55-1e3a0c6b7f21',
    '0198d7a28f107cc39b551e3a0c6b7f21',
  ]),
  email: texts('email', [
    'a@b.cd',
    'a@b.c',
    'a@b',
    "o'brien@x.org",
    'a!b@x.org',
    'a.b+c@x-y.org',
    '.a@x.org',
    'a..b@x.org',
    'a@x.org.',
    'a@x.o1',
    'é@x.org',
    'a@-x.org',
    "a'@x.org",
  ]),
  'email, sized': texts('email', ['a@b.cd', 'a@bb.cd'], { maxLength: 6 }),
  ipv4: texts('ipv4', ['1.2.3.4', '255.255.255.255', '256.1.1.1', '01.2.3.4', '1.2.3', '1.2.3.4/8']),
  ipv6: texts('ipv6', [
    '::',
    '::1',
    '1::',
    '1:2:3:4:5:6:7:8',
    '::ffff:1.2.3.4',
    '1:2:3:4:5:6:1.2.3.4',
    'fe80::1%eth0',
    '1::2::3',
    'G::',
    '1:2:3:4:5:6:7::',
  ]),
  hostname: texts('hostname', ['a', 'a.b', 'a.b.', '-a', 'a_b', 'x'.repeat(64), 'ä.de']),
  duration: texts('duration', ['P1D', 'PT1S', 'P', 'PT', 'P1W', 'P1Y2W', '1D', 'PT1.5S']),
  'uri-reference': texts('uri-reference', ['/a', '', 'http://x', '//x/y?z#a', 'a b', '%zz', '\\']),
  'json-pointer': texts('json-pointer', ['', '/a', '/~0', '/~', 'a']),
  'a format that says nothing': texts('phone', ['x']),
  'readOnly in an open object': row(
    { type: 'object', properties: { a: { type: 'string', readOnly: true } } },
    [{ a: 'a' }],
  ),
};

/** What Zod has no word for: it lets pass what the API refuses. */
export const LOOSER: Readonly<Record<string, Row>> = {
  uri: texts('uri', [
    'http://x',
    'urn:a:b',
    'mailto:a@b.cd',
    'HTTP://x/é',
    'http://a b',
    'x',
    '/a',
    'http://[::1]:8/',
    'http://[x]',
    'http:',
    'a:b:c',
    'http://x/%zz',
    'http://x/#a#b',
    'javascript:x',
  ]),
  time: texts('time', ['12:00:00Z', '12:00:00', '25:00:00Z']),
  'uri-template': texts('uri-template', ['/{a}', '/{a']),
  regex: texts('regex', ['a+', '(']),
  byte: texts('byte', ['YQ==', 'YQ', '*']),
  'oneOf, members with allOf': row({
    oneOf: [{ allOf: [{ type: 'string' }] }, { type: ['string', 'null'] }],
  }),
  'oneOf, members with defaults': row({
    oneOf: [{ type: 'object', properties: { a: { default: 1 } } }, { type: ['object', 'null'] }],
  }),
  'oneOf with a discriminator': row(
    {
      oneOf: ['a', 'b'].map((name) => ({
        type: 'object',
        properties: { kind: { type: 'string' }, [name]: { type: 'integer' } },
        required: ['kind'],
      })),
      discriminator: { propertyName: 'kind' },
    },
    [
      { kind: 'a', a: 1 },
      { kind: 'a', a: 1, b: 'b' },
    ],
  ),
  'required, of a name that is readOnly elsewhere': row(
    {
      anyOf: [
        { ...closed, properties: { hidden: { type: 'string', readOnly: true } } },
        { type: 'object', required: ['hidden'] },
      ],
    },
    [{ hidden: 1 }, { b: 1 }],
  ),
  not: row({ type: 'string', not: { const: 'a' } }),
  // oxlint-disable-next-line unicorn/no-thenable -- `then` is JSON Schema's keyword
  'if, then, else': row({ if: { type: 'string' }, then: { minLength: 1 }, else: { type: 'integer' } }),
  contains: row({ type: 'array', contains: { type: 'string' }, maxContains: 1 }, [
    ['a', 1],
    ['a', 'a'],
  ]),
  prefixItems: row({ type: 'array', prefixItems: [{ type: 'string' }], items: false }, [['a'], ['a', 1]]),
  propertyNames: row({ type: 'object', propertyNames: { maxLength: 1 } }),
  patternProperties: row(
    { type: 'object', patternProperties: { '^a': { type: 'string' } }, additionalProperties: false },
    [{ a: 'a' }],
  ),
  dependentRequired: row({ type: 'object', dependentRequired: { a: ['b'] } }),
  dependentSchemas: row({ type: 'object', dependentSchemas: { a: { required: ['b'] } } }),
  unevaluatedProperties: row({ type: 'object', properties: a, unevaluatedProperties: false }, [{ a: 'a' }]),
  unevaluatedItems: row({ type: 'array', prefixItems: [true], unevaluatedItems: false }, [[1]]),
  'allOf of closed objects': row(
    {
      allOf: [
        { ...closed, properties: a },
        { type: 'object', properties: { b: { type: 'null' } } },
      ],
    },
    [{ a: 'a' }, { b: null }],
  ),
  'enum of objects': row({ enum: [{ a: 1 }, [1]] }, [[1]]),
  'bounds without a type': row({ minLength: 2, minimum: 1 }, ['ab', 1]),
};

/** What the SDK's types narrow in the same way. */
export const STRICTER: Readonly<Record<string, Row>> = {
  'members without a type': row({ properties: a, required: ['a'] }, [{ a: 'a' }, { a: 1 }]),
  'items without a type': row({ items: { type: 'string' } }, [['a']]),
};
