import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { findings } from '../../testing/spec-set.ts';
import { oneWayRequired } from './one-way-required.ts';

const BODY = (name: string): string =>
  `content: { application/json: { schema: { $ref: '#/components/schemas/${name}' } } }`;

function found(request: string, response: string): readonly string[] {
  const text = `paths:
  /a: { post: { requestBody: { ${BODY(request)} }, responses: { '200': { description: Yes., ${BODY(response)} } } } }
components:
  schemas:
    Shelf: { type: object, required: [id], properties: { id: { type: string, readOnly: true }, secret: { $ref: '#/components/schemas/Secret' } } }
    ShelfRef: { allOf: [{ $ref: '#/components/schemas/Shelf' }, { required: [id] }] }
    Login: { allOf: [{ $ref: '#/components/schemas/Shelf' }, { required: [secret] }] }
    Wrapped: { type: object, properties: { shelf: { $ref: '#/components/schemas/ShelfRef' } } }
    Secret: { type: string, writeOnly: true }
`;
  return findings(oneWayRequired, text);
}

suite('one-way-required', () => {
  const cases: readonly (readonly [request: string, response: string, lines: readonly string[]])[] = [
    ['Shelf', 'Shelf', []],
    ['ShelfRef', 'ShelfRef', []],
    ['Shelf', 'ShelfRef', []],
    ['ShelfRef', 'Shelf', ['one-way-required at 6:78']],
    ['Wrapped', 'Shelf', ['one-way-required at 6:78']],
    ['Login', 'Shelf', []],
    ['Login', 'Login', []],
    ['Shelf', 'Login', ['one-way-required at 7:75']],
  ];
  for (const [request, response, lines] of cases) {
    test(`${request} in a request, ${response} in a response`, () =>
      assert.deepEqual(found(request, response), lines));
  }
});
