import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { findFailures } from './shape-checks.ts';

const ajv = new Ajv2020({ strict: false, allErrors: true, ownProperties: true });

/** What a client is told of a value: `[schema, value, sentence]`. */
const SENTENCES: readonly (readonly [schema: object, value: unknown, sentence: string])[] = [
  [{ enum: ['a', null] }, 'b', 'must be equal to one of the allowed values: a, null'],
  [{ enum: [null] }, 1, 'must be equal to one of the allowed values: null'],
  [{ enum: [1, true, '', 'null'] }, 2, 'must be equal to one of the allowed values: 1, true, "", null'],
  [{ enum: [{ a: [1] }, []] }, 2, 'must be equal to one of the allowed values: {"a":[1]}, []'],
  [{ minLength: 1 }, '', 'must not have fewer than 1 character'],
  [{ minLength: 2 }, 'a', 'must not have fewer than 2 characters'],
  [{ minLength: 11 }, 'a', 'must not have fewer than 11 characters'],
  [{ maxLength: 1 }, 'ab', 'must not have more than 1 character'],
  [{ minItems: 1 }, [], 'must not have fewer than 1 item'],
  [{ maxItems: 1 }, [1, 2], 'must not have more than 1 item'],
  [{ maxItems: 0 }, [1], 'must not have more than 0 items'],
  [{ minProperties: 1 }, {}, 'must not have fewer than 1 property'],
  [{ maxProperties: 1 }, { a: 1, b: 2 }, 'must not have more than 1 property'],
  [{ contains: { const: 1 } }, [], 'must contain at least 1 valid item'],
  [{ contains: { const: 1 }, minContains: 2 }, [1], 'must contain at least 2 valid items'],
  [
    { contains: { const: 1 }, minContains: 1, maxContains: 1 },
    [1, 1],
    'must contain at least 1 and no more than 1 valid item',
  ],
  [{ required: ['a'] }, {}, 'is required'],
  [{ properties: { a: false } }, { a: 1 }, 'must not be sent'],
  [{ additionalProperties: false }, { a: 1 }, 'is not a property of this object'],
  [{ not: { type: 'string' } }, 'a', 'must not be valid'],
];

suite('a failure is told in a sentence', () => {
  for (const [schema, value, sentence] of SENTENCES) {
    test(`${JSON.stringify(schema)}: ${sentence}`, () => {
      const [failure] = findFailures(ajv.compile(schema), value).toReversed();
      assert.equal(failure?.message, sentence);
    });
  }
});
