import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import type { Party } from './change.ts';
import { compareDocuments, documentOf, operationOf } from './testing/documents.ts';

const text = { type: 'string' };
const limit = { name: 'limit', in: 'query', schema: { type: 'integer' } };

/** An operation with these members, at `POST /things/{id}`. */
const at = (more: object, path = '/things/{id}'): object => ({ [path]: { post: operationOf({ more }) } });
const parameters = (...list: readonly object[]): object => at({ parameters: list });
const responses = (more: object): object => at({ responses: { '200': { description: 'Done.' }, ...more } });
const body = (content: object, required = true): object => at({ requestBody: { required, content } });
const json = { 'application/json': { schema: text } };
const answers = (answer: object): object => responses({ '200': { description: 'Done.', ...answer } });
const sunset = (day: string): object => at({ deprecated: true, 'x-sunset': day });
const none = {};

/** Each change with its rule and whom it breaks; then the same from right to left. */
const CHANGES: readonly (readonly [name: string, base: object, head: object, there: string, back: string])[] =
  [
    ['an operation', none, at(none), 'operation-added server', 'operation-removed wire,sdk,server'],
    [
      'an operation whose last day is over',
      sunset('2026-11-30'),
      none,
      'operation-removed-after-sunset server',
      'operation-added server',
    ],
    [
      'an operation before its last day',
      sunset('2026-12-01'),
      none,
      'operation-removed wire,sdk,server',
      'operation-added server',
    ],
    [
      'a path under another name of its parameter',
      parameters({ name: 'id', in: 'path', required: true, schema: text }),
      at({ parameters: [{ name: 'key', in: 'path', required: true, schema: text }] }, '/things/{key}'),
      'path-parameter-renamed sdk,server',
      'path-parameter-renamed sdk,server',
    ],
    [
      'an operationId',
      at({ operationId: 'a' }),
      at({ operationId: 'b' }),
      'operation-id-changed sdk,server',
      'operation-id-changed sdk,server',
    ],
    ['words', at({ summary: 'a' }), at({ summary: 'b' }), 'words-changed', 'words-changed'],
    ['deprecation', at(none), at({ deprecated: true }), 'deprecated', 'no-longer-deprecated'],
    [
      'a last day that is nearer',
      sunset('2027-02-01'),
      sunset('2027-01-01'),
      'sunset-sooner wire',
      'sunset-later',
    ],
    [
      'a last day that is forgotten',
      sunset('2027-02-01'),
      at({ deprecated: true }),
      'sunset-sooner wire',
      '-',
    ],
    ['a parameter', parameters(), parameters(limit), 'parameter-added', 'parameter-removed wire,sdk'],
    [
      'a required parameter',
      parameters(),
      parameters({ ...limit, required: true }),
      'required-parameter-added wire,sdk',
      'parameter-removed wire,sdk',
    ],
    [
      'a parameter that is required',
      parameters(limit),
      parameters({ ...limit, required: true }),
      'parameter-required wire,sdk',
      'parameter-optional server',
    ],
    [
      'style',
      parameters(limit),
      parameters({ ...limit, style: 'pipeDelimited' }),
      'parameter-serialization-changed wire',
      'parameter-serialization-changed wire',
    ],
    [
      'text of a number',
      parameters(limit),
      parameters({ ...limit, schema: text }),
      'type-widened sdk,server',
      'type-changed wire,sdk,server,database',
    ],
    [
      'the default of a parameter',
      parameters(limit),
      parameters({ ...limit, schema: { type: 'integer', default: 20 } }),
      'default-added wire',
      'default-removed wire',
    ],
    [
      'the name of a header in other letters',
      parameters({ name: 'X-A', in: 'header', schema: text }),
      parameters({ name: 'x-a', in: 'header', schema: text }),
      '-',
      '-',
    ],
    ['a body', at(none), body(json), 'required-body-added wire,sdk', 'body-removed wire,sdk,server'],
    ['an optional body', at(none), body(json, false), 'body-added server', 'body-removed wire,sdk,server'],
    [
      'a body that is required',
      body(json, false),
      body(json),
      'body-required wire,sdk',
      'body-optional server',
    ],
    [
      'a media type',
      body(json),
      body({ ...json, 'text/plain': {} }),
      'media-type-added',
      'media-type-removed wire,sdk,server',
    ],
    [
      'a media range',
      body(json),
      body({ 'application/*': { schema: text } }),
      'media-type-added',
      'media-type-removed wire,sdk,server; media-type-added',
    ],
    [
      'a media range of a response',
      answers({ content: { 'application/*': { schema: text } } }),
      answers({ content: json }),
      'media-type-added',
      'media-type-removed wire,sdk,server; media-type-added',
    ],
    [
      'a schema',
      body({ 'application/json': {} }),
      body(json),
      'schema-added wire,sdk',
      'schema-removed server',
    ],
    [
      'a success',
      responses(none),
      responses({ '202': { description: 'Later.' } }),
      'status-added',
      'success-removed wire,sdk,server',
    ],
    [
      'a refusal',
      responses(none),
      responses({ '404': { description: 'None.' } }),
      'status-added',
      'status-removed sdk,server',
    ],
    [
      'a media type of a response',
      answers({ content: json }),
      answers({ content: { ...json, 'text/csv': {} } }),
      'media-type-added',
      'media-type-removed wire,sdk,server',
    ],
    [
      'a header',
      answers(none),
      answers({ headers: { etag: { schema: text } } }),
      'header-added',
      'header-removed wire,sdk',
    ],
    [
      'a header that is always there',
      answers({ headers: { etag: { schema: text } } }),
      answers({ headers: { ETag: { required: true, schema: text } } }),
      'header-required server',
      'header-optional wire,sdk',
    ],
    [
      'credentials',
      at(none),
      at({ security: [{ key: [] }] }),
      'security-tightened wire',
      'security-loosened',
    ],
    [
      'a scope',
      at({ security: [{ key: ['a'] }] }),
      at({ security: [{ key: ['a', 'b'] }] }),
      'security-tightened wire',
      'security-loosened',
    ],
    [
      'another scheme that is enough too',
      at({ security: [{ key: [] }] }),
      at({ security: [{ key: [] }, { token: [] }] }),
      'security-loosened',
      'security-tightened wire',
    ],
    [
      'a scope of ours',
      at({ security: [{ key: [] }] }),
      at({ security: [{ key: [] }], 'x-required-scopes': ['a'] }),
      'security-tightened wire',
      'security-loosened',
    ],
  ];

function changesOf(base: object, head: object): string {
  const changes = compareDocuments(documentOf(base), documentOf(head)).map(({ rule, breaks }) =>
    `${rule.replace(/^(?:request|response)-/, '')} ${breaks.join()}`.trim(),
  );
  return changes.length === 0 ? '-' : changes.join('; ');
}

suite('a change of', () => {
  for (const [name, base, head, there, back] of CHANGES) {
    test(name, () => {
      assert.equal(changesOf(base, head), there, 'there');
      assert.equal(changesOf(head, base), back, 'and back');
      assert.equal(changesOf(head, head), '-');
    });
  }
});

function calledBack(properties: object): string {
  const content = { 'application/json': { schema: { type: 'object', properties } } };
  const called = { post: { requestBody: { content }, responses: { '204': { description: 'Thanks.' } } } };
  return documentOf(
    {
      '/things': {
        post: operationOf({ more: { callbacks: { done: { '{$request.body#/url}': called } } } }),
      },
    },
    { webhooks: { thingDone: called } },
  );
}

test('webhooks and callbacks travel the other way round', () => {
  const changes = compareDocuments(calledBack({ a: text, b: text }), calledBack({ a: text }));
  assert.deepEqual(
    changes.map(({ rule, operation, breaking }) => [rule, operation, breaking]),
    [
      ['response-property-removed', 'POST /things', true],
      ['response-property-removed', 'webhook thingDone', true],
    ],
  );
});

function namesOf(maxLength: number): string {
  return documentOf(
    {
      '/a': { post: operationOf({ body: { name: { $ref: '#/components/schemas/Name' } } }) },
      '/b': { post: operationOf({ body: { other: { $ref: '#/components/schemas/Name' } } }) },
    },
    { components: { schemas: { Name: { ...text, maxLength } } } },
  );
}

test('a shared component is told once, with each operation that meets it', () => {
  const [change, ...more] = compareDocuments(namesOf(9), namesOf(8));
  assert.deepEqual(more, []);
  assert.equal(change?.operation, 'POST /a');
  assert.deepEqual(change.alsoIn, ['POST /b']);
  assert.equal(change.at.pointer, '/components/schemas/Name/maxLength');
  assert.equal(
    change.message,
    'name of the request body: has at most 8 characters, had at most 9 characters',
  );
});

function treeOf(maxLength: number): string {
  return documentOf(
    { '/a': { post: operationOf({ body: { tree: { $ref: '#/components/schemas/Tree' } } }) } },
    {
      components: {
        schemas: {
          Tree: {
            type: 'object',
            properties: {
              name: { ...text, maxLength },
              left: { oneOf: [{ $ref: '#/components/schemas/Tree' }, { type: 'null' }] },
              items: { type: 'array', items: { $ref: '#/components/schemas/Tree' } },
            },
          },
        },
      },
    },
  );
}

test('schemas in circles end, and what is inside is found', () => {
  const changes = compareDocuments(treeOf(9), treeOf(8));
  assert.deepEqual(
    changes.map(({ rule }) => rule),
    ['request-max-length-lowered'],
  );
});

test('what is gone stands in the base, and is looked for at the nearest place of the head', () => {
  const [change] = compareDocuments(
    documentOf({ '/a': { post: operationOf({ answer: { a: text, b: text } }) } }),
    documentOf({ '/a': { post: operationOf({ answer: { a: text } }) } }),
  );
  assert.equal(change?.side, 'base');
  assert.equal(change.at.file, 'base.yaml');
  assert.match(change.at.pointer, /\/properties\/b$/);
  assert.equal(change.near.file, 'head.yaml');
  assert.match(change.near.pointer, /\/schema$/);
});

function brokenBy(way: 'body' | 'answer', from: number, to: number): readonly Party[] | undefined {
  return compareDocuments(limitedTo(way, from), limitedTo(way, to))[0]?.breaks;
}

function limitedTo(way: 'body' | 'answer', maxLength: number): string {
  return documentOf({ '/a': { post: operationOf({ [way]: { a: { ...text, maxLength } } }) } });
}

test('values of the database are named where a narrower answer or a wider request meets them', () => {
  assert.deepEqual(brokenBy('answer', 9, 8), ['database']);
  assert.deepEqual(brokenBy('body', 8, 9), ['database']);
  assert.deepEqual(brokenBy('body', 9, 8), ['wire']);
});

function rulesOf30(base: object, head: object): string {
  return compareDocuments(bodyOf30(base), bodyOf30(head))
    .map(({ rule }) => rule)
    .join();
}

function bodyOf30(schema: object): string {
  return documentOf(
    { '/a': { post: operationOf({ body: { a: schema } }) } },
    { openapi: '3.0.3', components: { schemas: { Name: text } } },
  );
}

test('OpenAPI 3.0: nullable, Boolean bounds, and nothing beside a reference', () => {
  assert.equal(rulesOf30({ ...text, nullable: true }, text), 'request-null-refused');
  assert.equal(
    rulesOf30({ type: 'number', minimum: 1 }, { type: 'number', minimum: 1, exclusiveMinimum: true }),
    'request-minimum-raised',
  );
  const reference = { $ref: '#/components/schemas/Name' };
  assert.equal(rulesOf30(reference, { ...reference, maxLength: 1 }), '');
});

function securedBy(url: string, header: string): string {
  return documentOf(at({ security: [{ key: [] }] }), {
    servers: [{ url }],
    components: { securitySchemes: { key: { type: 'apiKey', in: 'header', name: header } } },
  });
}

test('servers and security schemes that callers follow', () => {
  const changes = compareDocuments(securedBy('/v1', 'x-a'), securedBy('/v2', 'x-b'));
  assert.deepEqual(changes.map(({ rule }) => rule).toSorted(), [
    'request-security-scheme-changed',
    'request-server-removed',
  ]);
});
