import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { SERVER_RUNTIME } from '../contract/server-runtime.ts';
import { specSet } from '../testing/spec-set.ts';
import { checkLimits } from './check-limits.ts';

/** What is found in a contract with one body, of the component `S0`; each schema is a line from the fifth on. */
function found(schemas: readonly string[]): readonly string[] {
  const text = `paths:
  /a: { post: { requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/S0' } } } } } }
components:
  schemas:
${schemas.map((schema, index) => `    S${String(index)}: ${schema}`).join('\n')}
`;
  return checkLimits(specSet({ 'ticket/openapi.yaml': text }), SERVER_RUNTIME.limits).map(
    ({ at, message }) => `${String(at.line)} ${message.split(';', 1)[0] ?? ''}`,
  );
}

/** An object whose members are those schemas. */
function object(members: readonly number[]): string {
  const texts = members.map(
    (index) => `m${String(index)}: { $ref: '#/components/schemas/S${String(index)}' }`,
  );
  return `{ type: object, properties: { ${texts.join(', ')} } }`;
}

const indexes = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);

/** Schemas of which each refers to the next two: there are more ways through them than could be walked. */
function chain(length: number): readonly string[] {
  return indexes(length).map((index) => object([index + 2, index + 1].filter((other) => other < length)));
}

suite('check-limits', () => {
  test('ends where each of many schemas refers to all of them, and finds what is in the last', () => {
    const all = indexes(15);
    const schemas = [...all.map(() => object([...all, 15])), '{ type: array, maxItems: 20000 }'];
    assert.deepEqual(found(schemas), ['20 the server reads 20000 values of a body']);
  });

  test('finds the reference that is too deep, also where a shorter way to it was walked before', () => {
    assert.deepEqual(found(chain(64)), []);
    assert.deepEqual(found(chain(65)), ['68 this is 65 levels deep, and the server reads 64']);
  });
});
