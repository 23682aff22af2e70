/** The Zod schemas against the contract's own: what one refuses, the other must refuse. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { suite, test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';

import type { Components } from '../src/msw/json-schema.ts';
import { createRandom } from '../src/msw/random.ts';
import { sample } from '../src/msw/sample.ts';
import * as schemas from '../src/testing/zod.ts';

const text = await readFile(
  path.join(import.meta.dirname, '../../tests/contracts/crud/generated/openapi.json'),
  'utf8',
);
const document: { components: { schemas: Components } } = JSON.parse(text);
const { schemas: components } = document.components;
const ajv = new Ajv2020({ strict: false });
formats.default(ajv);
ajv.addSchema(document, 'contract');

const WRONG = [
  null,
  '',
  'x'.repeat(5000),
  '🥕'.repeat(120),
  '🥕'.repeat(300),
  -1,
  0.5,
  1e6,
  true,
  [],
  {},
  [''],
];

// A value with each of its members taken away, or replaced by what may be wrong; and with one more.
function* variants(value: unknown): Generator {
  yield value;
  if (Array.isArray(value)) {
    yield Array.from({ length: 101 }, () => value[0] as unknown);
    for (const wrong of variants(value[0])) yield [wrong];
  } else if (typeof value === 'object' && value !== null) {
    yield { ...value, unheardOf: 1 };
    for (const [name, member] of Object.entries(value)) {
      const { [name]: _gone, ...rest } = { ...value } as Record<string, unknown>;
      yield rest;
      for (const wrong of WRONG) yield { ...value, [name]: wrong };
      for (const wrong of typeof member === 'object' ? variants(member) : [])
        yield { ...value, [name]: wrong };
    }
  }
}

suite('Zod schemas', () => {
  test('refuse and accept what the contract does', () => {
    const all = Object.entries(schemas);
    assert.ok(all.length >= 4);
    const verdicts = { accepted: 0, refused: 0 };
    for (const [name, schema] of all) {
      const component = `${name.charAt(0).toUpperCase()}${name.slice(1).replace(/Schema$/, '')}`;
      const validate = ajv.getSchema(`contract#/components/schemas/${component}`);
      assert.ok(validate, component);
      for (let seed = 0; seed < 8; seed += 1) {
        const random = createRandom(seed, component);
        const value = sample({ $ref: `#/components/schemas/${component}` }, { components, random });
        for (const variant of [...variants(value), ...WRONG]) {
          const { success } = schema.safeParse(variant);
          assert.equal(success, validate(variant), `${name} of ${JSON.stringify(variant).slice(0, 300)}`);
          verdicts[success ? 'accepted' : 'refused'] += 1;
        }
      }
    }
    assert.ok(verdicts.accepted > 300 && verdicts.refused > 1000, JSON.stringify(verdicts));
  });

  test('say where and why, in words of Zod', () => {
    const { error } = schemas.ticketContentSchema.safeParse({
      title: '',
      checks: [{ text: 'x'.repeat(201) }],
    });
    assert.deepEqual(
      error?.issues.map(({ path: place, code, message }) => [place.join('.'), code, message]),
      [
        ['title', 'too_small', 'Too small: expected string to have >=1 characters'],
        ['checks.0.text', 'too_big', 'Too big: expected string to have <=200 characters'],
      ],
    );
  });

  test('can be taken apart and extended', () => {
    assert.deepEqual(Object.keys(schemas.ticketContentSchema.shape).slice(0, 2), ['title', 'description']);
  });
});
