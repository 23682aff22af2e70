import assert from 'node:assert/strict';
import { test } from 'node:test';

import { specSet } from '../testing/spec-set.ts';
import { walkDocument } from '../load/walk-document.ts';
import { parseSource } from '../load/source-document.ts';
import { isObject, member, textMember } from '../load/json-value.ts';
import type { JsonValue } from '../contract/contract.ts';
import { bundleModule } from './bundle-module.ts';

const COMMON = `
components:
  securitySchemes:
    token: { type: http, scheme: bearer }
  schemas:
    Problem: { type: object, properties: { errors: { type: array, items: { $ref: '#/components/schemas/Detail' } } } }
    Detail: { type: object }
    Unused: { type: object }
  responses:
    Bad: { description: Bad., content: { application/problem+json: { schema: { $ref: '#/components/schemas/Problem' } } } }
  pathItems:
    Ping: { get: { responses: { '400': { $ref: '#/components/responses/Bad' } } } }
`;
const TICKET = `
openapi: 3.1.0
info: { title: Tickets, version: 1.0.0 }
security: [{ token: [] }]
paths:
  /ping: { $ref: '../common/components.yaml#/components/pathItems/Ping' }
  /tickets:
    get:
      x-lint-waivers: { some-rule: A reason. }
      responses: { '400': { $ref: '../common/components.yaml#/components/responses/Bad' } }
    post:
      security: []
      responses:
        '200': { description: Done., content: { application/json: { schema: { $ref: '#/components/schemas/Meal' }, example: { $ref: data } } } }
components:
  securitySchemes:
    token: { $ref: '../common/components.yaml#/components/securitySchemes/token' }
  schemas:
    Soup: { type: object }
    Meal:
      oneOf: [{ $ref: '#/components/schemas/Soup' }]
      discriminator: { propertyName: kind, mapping: { soup: '#/components/schemas/Soup', detail: '../common/components.yaml#/components/schemas/Detail' } }
`;

function documentOf(): Promise<JsonValue> {
  const specs = specSet({
    'openapi.yaml': 'servers: [{ url: /root }]\n',
    'common/components.yaml': COMMON,
    'ticket/openapi.yaml': TICKET,
  });
  const [module] = specs.modules;
  assert.ok(module);
  return bundleModule('/', specs, module.document, new Set());
}

function at(value: JsonValue, ...keys: readonly string[]): JsonValue | undefined {
  return keys.reduce<JsonValue | undefined>((node, key) => member(node, key), value);
}

test('what a module uses of specs/common is brought in, and what that uses, and nothing else', async () => {
  const document = await documentOf();
  assert.deepEqual(Object.keys(at(document, 'components', 'schemas') ?? {}), [
    'Detail',
    'Meal',
    'Problem',
    'Soup',
  ]);
  assert.deepEqual(Object.keys(at(document, 'components', 'responses') ?? {}), ['Bad']);
  assert.deepEqual(at(document, 'components', 'securitySchemes'), {
    token: { type: 'http', scheme: 'bearer' },
  });
});

test('every reference is local and leads somewhere; example data is left alone', async () => {
  const document = await documentOf();
  const parsed = parseSource('bundle.json', 'ticket', JSON.stringify(document)).document;
  assert.ok(parsed);
  const refs = walkDocument(parsed).flatMap(({ cursor }) => textMember(cursor.value, '$ref') ?? []);
  assert.ok(refs.length >= 4);
  for (const ref of refs) {
    assert.match(ref, /^#\/components\//);
    assert.notEqual(at(document, ...ref.slice(2).split('/')), undefined, ref);
  }
  const example = at(
    document,
    'paths',
    '/tickets',
    'post',
    'responses',
    '200',
    'content',
    'application/json',
    'example',
  );
  assert.deepEqual(example, { $ref: 'data' });
});

test('a mapping of a discriminator is local too', async () => {
  assert.deepEqual(at(await documentOf(), 'components', 'schemas', 'Meal', 'discriminator', 'mapping'), {
    soup: '#/components/schemas/Soup',
    detail: '#/components/schemas/Detail',
  });
});

test('servers come from the root, security stands at each operation, waivers are gone', async () => {
  const document = await documentOf();
  assert.deepEqual(at(document, 'servers'), [{ url: '/root' }]);
  assert.deepEqual(at(document, 'paths', '/tickets', 'get', 'security'), [{ token: [] }]);
  assert.deepEqual(at(document, 'paths', '/tickets', 'post', 'security'), []);
  assert.doesNotMatch(JSON.stringify(document), /x-lint-waivers/);
});

test('a path behind a reference is written out', async () => {
  const ping = at(await documentOf(), 'paths', '/ping');
  assert.ok(isObject(ping));
  assert.deepEqual(Object.keys(ping), ['get']);
  assert.deepEqual(at(ping, 'get', 'security'), [{ token: [] }]);
});
