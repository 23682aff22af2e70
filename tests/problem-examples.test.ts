import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import contract from '#generated/openapi.json' with { type: 'json' };
import { JsonDocument, objectAt } from '#kernel/contract/validation/json-document.ts';

const document = new JsonDocument(contract);
const ajv = new Ajv2020({ strict: false, validateFormats: false });
ajv.addSchema(contract, 'contract');
const isProblem = ajv.compile({ $ref: 'contract#/components/schemas/Problem' });

/** Every response of an operation that is a problem: where it stands, its status, its example. */
const problems = Object.entries(objectAt(document.root, 'paths')).flatMap(([path, item]) =>
  Object.entries(document.resolveObject(item)).flatMap(([method, operation]) =>
    Object.entries(objectAt(document.resolveObject(operation), 'responses')).flatMap(([status, response]) => {
      const content = objectAt(
        objectAt(document.resolveObject(response), 'content'),
        'application/problem+json',
      );
      return 'schema' in content ? [{ place: `${method} ${path}`, status, example: content['example'] }] : [];
    }),
  ),
);

suite('each problem of the served contract has an example of its own', () => {
  test('there are some', () => assert.ok(problems.length > 0));

  test('that is a problem, and has the status that it stands under', () => {
    for (const { place, status, example } of problems) {
      assert.ok(isProblem(example), `${place} ${status}: ${ajv.errorsText(isProblem.errors)}`);
      assert.equal(String(Object(example).status), status, `${place} ${status}`);
    }
  });

  test('and no two statuses have the same', () => {
    const statuses = new Map<string, string>();
    for (const { place, status, example } of problems) {
      const type = String(Object(example).type);
      assert.equal(statuses.get(type) ?? status, status, `${place} ${status} repeats ${type}`);
      statuses.set(type, status);
    }
  });
});
