import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { ModuleBinding } from '../module-binding.ts';
import type { Operation } from '../operation.ts';
import { compileWhenAsked } from './compile-checks.ts';
import { ContractValidator, type RequestData } from './contract-validator.ts';

const scalar = { required: false, explode: true, allowReserved: false, style: 'form' } as const;

const saveThing: Operation = {
  id: 'saveThing',
  method: 'post',
  path: '/things/{thingId}',
  security: [],
  parameters: [
    {
      ...scalar,
      name: 'thingId',
      key: 'thingId',
      in: 'path',
      style: 'simple',
      required: true,
      decode: { kind: 'scalar', types: ['string'] },
    },
    { ...scalar, name: 'limit', key: 'limit', in: 'query', decode: { kind: 'scalar', types: ['integer'] } },
    {
      ...scalar,
      name: 'If-Match',
      key: 'if-match',
      in: 'header',
      decode: { kind: 'scalar', types: ['string'] },
    },
  ],
  body: {
    required: true,
    content: [
      { mediaType: 'application/json', kind: 'json' },
      { mediaType: 'application/merge-patch+json', kind: 'json' },
    ],
  },
  responses: [
    {
      status: 200,
      content: [{ mediaType: 'application/json', kind: 'json' }],
      headers: [{ name: 'etag', required: true }],
    },
  ],
  deprecated: false,
  extensions: {},
};

const contract = {
  openapi: '3.1.0',
  info: { title: 'Things', version: '1' },
  paths: {
    '/things/{thingId}': {
      parameters: [{ $ref: '#/components/parameters/ThingId' }],
      post: {
        operationId: 'saveThing',
        parameters: [
          { name: 'limit', in: 'query', schema: { $ref: '#/components/schemas/Limit' } },
          { name: 'If-Match', in: 'header', schema: { type: 'string', minLength: 3 } },
        ],
        requestBody: {
          required: true,
          content: {
            'application/json': { schema: { $ref: '#/components/schemas/Thing' } },
            'application/merge-patch+json': { schema: { $ref: '#/components/schemas/Thing' } },
          },
        },
        responses: {
          200: {
            description: 'Saved',
            headers: { ETag: { required: true, schema: { type: 'string' } } },
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Thing' } } },
          },
        },
      },
    },
  },
  components: {
    parameters: {
      ThingId: { name: 'thingId', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } },
    },
    schemas: {
      Limit: { type: 'integer', minimum: 1, maximum: 100, default: 20 },
      Thing: {
        type: 'object',
        additionalProperties: false,
        required: ['id', 'title'],
        properties: {
          id: { type: 'string', readOnly: true },
          title: { type: 'string', maxLength: 5 },
          secret: { type: 'string', writeOnly: true },
          count: { $ref: '#/components/schemas/Limit' },
          day: { type: 'string', format: 'date' },
          parent: { $ref: '#/components/schemas/Thing' },
          shape: { $ref: '#/components/schemas/Shape' },
          unit: { const: 'gram' },
          price: { type: 'number', multipleOf: 0.01 },
        },
      },
      Shape: {
        oneOf: [{ $ref: '#/components/schemas/Circle' }, { $ref: '#/components/schemas/Square' }],
        discriminator: { propertyName: 'kind', mapping: { circle: '#/components/schemas/Circle' } },
      },
      Circle: {
        type: 'object',
        required: ['kind', 'radius'],
        properties: { kind: { type: 'string' }, radius: { type: 'number' } },
      },
      Square: {
        type: 'object',
        required: ['kind', 'side'],
        properties: { kind: { type: 'string' }, side: { type: 'number' } },
      },
    },
  },
};

const binding: ModuleBinding = {
  name: 'things',
  document: contract,
  operations: { saveThing },
  handlers: { saveThing: () => Promise.resolve() },
};

const validator = new ContractValidator(binding, compileWhenAsked(binding));
const shapes = validator.shapesOf(saveThing);

function data(body: unknown, rest: Partial<RequestData> = {}): RequestData {
  return {
    path: { thingId: '0198d7a2-8f10-7cc3-9b55-1e3a0c6b7f21' },
    query: {},
    headers: {},
    cookies: {},
    ...rest,
    body,
  };
}

function check(request: RequestData, content = 0): ReturnType<ContractValidator['checkRequest']> {
  return validator.checkRequest(saveThing, shapes.requests[content]?.index ?? -1, request, 100);
}

suite('ContractValidator', () => {
  test('accepts a valid request and applies defaults, those behind references included', () => {
    const request = data({ title: 'Soup', day: '2024-02-29' });
    assert.deepEqual(check(request), []);
    assert.equal(request.query['limit'], 20);
    assert.deepEqual(request.body, { title: 'Soup', day: '2024-02-29', count: 20 });
  });

  test('applies no default to a merge patch', () => {
    const request = data({ title: 'Soup' });
    assert.deepEqual(check(request, 1), []);
    assert.deepEqual(request.body, { title: 'Soup' });
  });

  test('names every failing place of the body and of parameters at once', () => {
    const request = data(
      { id: 'x', count: 1.5, day: '2024-02-30', other: 1, parent: { title: 5 } },
      { query: { limit: 'x' }, headers: { 'if-match': 'a' }, path: { thingId: 'urn:uuid:0198d7a2' } },
    );
    const items = check(request);
    const places = items
      .map(({ parameter, pointer }) => parameter ?? pointer)
      .toSorted((a = '', b = '') => (a < b ? -1 : 1));
    assert.deepEqual(places, [
      '/count',
      '/day',
      '/id',
      '/other',
      '/parent/title',
      '/title',
      'If-Match',
      'limit',
      'thingId',
    ]);
    assert.ok(items.every(({ detail }) => !detail.includes('2024-02-30') && !detail.includes('rfc3339')));
  });

  test('refuses coercion: "5" is no integer', () => {
    assert.deepEqual(check(data({ title: 'a', count: '5' })), [
      { pointer: '/count', code: 'type', limit: ['integer'], detail: 'must be integer' },
    ]);
  });

  test('says which values it would take', () => {
    assert.deepEqual(check(data({ title: 'a', unit: 'secret' })), [
      {
        pointer: '/unit',
        code: 'enum',
        limit: ['gram'],
        detail: 'must be equal to one of the allowed values: gram',
      },
    ]);
    assert.deepEqual(check(data({ title: 'a', unit: 'gram' })), []);
  });

  test('tells the failures of the member that a discriminator picks, only', () => {
    const chosen = check(data({ title: 'a', shape: { kind: 'circle', side: 1 } }));
    assert.deepEqual(chosen, [{ pointer: '/shape/radius', code: 'required', detail: 'is required' }]);
    const unknown = check(data({ title: 'a', shape: { kind: 'line' } }));
    assert.equal(unknown[0]?.pointer, '/shape/kind');
    assert.deepEqual(check(data({ title: 'a', shape: { kind: 'Square', side: 1 } })), []);
  });

  test('reports at most twenty failures, and one for a large body', () => {
    const shape = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`p${index}`, index]));
    assert.equal(check(data({ title: 'a', ...shape })).length, 20);
    const path = shapes.requests[0]?.index ?? -1;
    assert.equal(validator.checkRequest(saveThing, path, data({ title: 'a', ...shape }), 1e6).length, 1);
  });

  test('checks responses: read-only is there, write-only is not, headers are', () => {
    const path = shapes.responses[0]?.contents[0] ?? -1;
    const body = { id: '1', title: 'Soup' };
    assert.deepEqual(validator.checkResponse(path, { headers: { etag: '"1"' }, body }), []);
    const wrong = validator.checkResponse(path, { headers: {}, body: { title: 'Soup', secret: 'x' } });
    assert.equal(wrong.length, 3);
  });

  test('names the module whose contract leads nowhere', () => {
    const broken = structuredClone(contract);
    broken.components.schemas.Thing.properties.count = { $ref: '#/components/schemas/Nothing' };
    assert.throws(
      () => compileWhenAsked({ ...binding, document: broken }),
      /contract of module things cannot be compiled: .*Nothing/,
    );
  });

  test('names the operation whose schema cannot be compiled', () => {
    const broken = structuredClone(contract);
    broken.components.schemas.Thing.properties.title = JSON.parse('{"type":"strnig"}');
    const lazy = new ContractValidator(binding, compileWhenAsked({ ...binding, document: broken }));
    assert.throws(
      () => lazy.checkRequest(saveThing, shapes.requests[0]?.index ?? -1, data({}), 100),
      /contract of module things cannot be compiled/,
    );
  });

  test('tells prices from multiples of a cent by decimal arithmetic', () => {
    for (const [price, expected] of [
      [19.99, []],
      [0.07, []],
      [0.075, [{ code: 'multipleOf', limit: 0.01, pointer: '/price', detail: 'must be multiple of 0.01' }]],
    ] as const) {
      assert.deepEqual(check(data({ title: 'a', price })), expected);
    }
  });

  test('counts own properties only, and code points of strings', () => {
    assert.deepEqual(
      new Set(check(data(JSON.parse('{"__proto__": {"title": "a"}}'))).map(({ pointer }) => pointer)),
      new Set(['/__proto__', '/title']),
    );
    assert.deepEqual(check(data({ title: '🍲🍲🍲🍲🍲' })), []);
  });
});
