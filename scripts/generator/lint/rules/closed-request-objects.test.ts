import assert from 'node:assert/strict';
import { test } from 'node:test';

import { findings } from '../../testing/spec-set.ts';
import { closedRequestObjects } from './closed-request-objects.ts';

// @requirement 71
test('an open object of a request is found', () => {
  const text = `paths:
  /a:
    post:
      requestBody:
        content:
          application/json:
            schema:
              type: object
`;
  assert.deepEqual(findings(closedRequestObjects, text), ['closed-request-objects at 8:21']);
});

test('objects inside it too, behind references too', () => {
  const text = `paths:
  /a:
    post:
      requestBody:
        content:
          application/json:
            schema:
              type: array
              items: { $ref: "#/components/schemas/B" }
components:
  schemas:
    B:
      type: object
      additionalProperties: true
`;
  assert.deepEqual(findings(closedRequestObjects, text), ['closed-request-objects at 14:29']);
});

test('a map needs a largest number of values', () => {
  const text = `paths:
  /a:
    post:
      requestBody:
        content:
          application/json:
            schema:
              type: object
              additionalProperties: { type: boolean }
`;
  assert.deepEqual(findings(closedRequestObjects, text), ['closed-request-objects at 8:21']);
});

test('a closed object and a bounded map are fine', () => {
  const text = `paths:
  /a:
    post:
      requestBody:
        content:
          application/json:
            schema:
              type: object
              additionalProperties: false
              properties:
                m: { type: object, maxProperties: 3, additionalProperties: { type: boolean } }
`;
  assert.deepEqual(findings(closedRequestObjects, text), []);
});

test('parts of allOf may be open when the whole is closed', () => {
  const text = `paths:
  /a:
    post:
      requestBody:
        content:
          application/json:
            schema:
              unevaluatedProperties: false
              allOf:
                - { type: object, properties: { y: { type: boolean } } }
`;
  assert.deepEqual(findings(closedRequestObjects, text), []);
});

test('parts of an open whole are found', () => {
  const text = `paths:
  /a:
    post:
      requestBody:
        content:
          application/json:
            schema:
              allOf:
                - { type: object, properties: { y: { type: boolean } } }
`;
  assert.deepEqual(findings(closedRequestObjects, text), ['closed-request-objects at 9:27']);
});

test('a circle ends, and responses may be open', () => {
  const text = `paths:
  /a:
    post:
      requestBody:
        content:
          application/json:
            schema:
              $ref: "#/components/schemas/B"
components:
  schemas:
    B: { type: object, additionalProperties: false, properties: { child: { $ref: '#/components/schemas/B' } } }
    Response: { type: object }
`;
  assert.deepEqual(findings(closedRequestObjects, text), []);
});

const body = (name: string): string =>
  `post: { requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/${name}' } } } } }`;

test('a reference is one more part beside other keywords, and a part is looked at wherever it is used', () => {
  const text = `paths:
  /closed: { ${body('Closed')} }
  /open: { ${body('Open')} }
components:
  schemas:
    Closed: { $ref: '#/components/schemas/Base', unevaluatedProperties: false, properties: { b: { type: boolean } } }
    Open: { $ref: '#/components/schemas/Base', title: Open }
    Base: { type: object, properties: { a: { type: boolean } } }
`;
  assert.deepEqual(findings(closedRequestObjects, text), ['closed-request-objects at 8:19']);
});
