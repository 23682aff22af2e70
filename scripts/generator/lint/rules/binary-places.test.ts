import assert from 'node:assert/strict';
import { test } from 'node:test';

import { findings } from '../../testing/spec-set.ts';
import { binaryPlaces } from './binary-places.ts';

test('octets in a JSON body are found, in a multipart body they are fine', () => {
  const text = `paths:
  /a:
    post:
      requestBody:
        content:
          application/json: { schema: { type: object, properties: { file: { type: string, format: binary } } } }
          multipart/form-data: { schema: { type: object, properties: { file: { type: string, format: binary } } } }
          image/png: { schema: { type: string, format: binary } }
`;
  assert.deepEqual(findings(binaryPlaces, text), ['binary-places at 6:99']);
});

test('a component is judged by the bodies that reach it', () => {
  const text = `paths:
  /a:
    post:
      requestBody: { content: { multipart/form-data: { schema: { $ref: '#/components/schemas/Upload' } } } }
      responses:
        '200': { description: Done., content: { application/json: { schema: { $ref: '#/components/schemas/Photo' } } } }
components:
  schemas:
    Upload: { type: object, properties: { file: { type: string, format: binary } } }
    Photo: { type: object, properties: { file: { type: string, format: binary } } }
`;
  assert.deepEqual(findings(binaryPlaces, text), ['binary-places at 10:72']);
});

test('a parameter carries no octets', () => {
  const text = `paths:
  /a:
    parameters:
      - { name: q, in: query, schema: { type: string, format: binary } }
`;
  assert.deepEqual(findings(binaryPlaces, text), ['binary-places at 4:63']);
});
