import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { compileDocument } from '../../contract/compile-contract.ts';
import type { Contract, JsonObject, JsonValue } from '../../contract/contract.ts';
import { enumerationsOf } from '../enumerations.ts';
import { formsOf } from './forms-of.ts';

/** Everything odd that an enumeration or a form can be made of, in one document. */
const SCHEMAS = `
    Sort: { type: string, enum: ['-at', at, 'a b', "it's", '10', '9', '', __proto__, 'a\\b', "\\u2028", Café] }
    Level: { type: integer, enum: [3, 1, -2] }
    Named: { type: integer, enum: [2, 1], x-enum-varnames: [two, one] }
    Maybe: { type: [string, 'null'], enum: [b, a, null] }
    Url_kind: { type: string, enum: [x] }
    Mixed: { enum: [a, true] }
    Short: { type: string, minLength: 0, maxLength: 0 }
    Alias: { $ref: '#/components/schemas/Short' }
    Tags: { type: array, minItems: 0, maxItems: 3, uniqueItems: true, items: { $ref: '#/components/schemas/Short' } }
    Tree: { type: array, items: { $ref: '#/components/schemas/Tree' } }
    Base: { type: object, required: [id], properties: { id: { type: string, minLength: 1, maxLength: 8 } } }
    Enum: { type: object, properties: { value: { type: number, minimum: 0, exclusiveMaximum: 0.5 } } }
    Body:
      allOf:
        - $ref: '#/components/schemas/Base'
        - { required: [named] }
        - { type: object, properties: { own: { type: string, pattern: "^it's\\\\d\`$" } } }
      required: [own, zero]
      properties:
        named: { $ref: '#/components/schemas/Maybe' }
        zero: { type: integer, minimum: 0, maximum: 0 }
        many: { type: number, multipleOf: 2.5, minimum: -1.5 }
        tags: { $ref: '#/components/schemas/Tags' }
        lines: { type: [array, 'null'], minItems: 1, items: { type: array, maxItems: 2, items: { type: boolean } } }
        tree: { $ref: '#/components/schemas/Tree' }
        alias: { anyOf: [{ $ref: '#/components/schemas/Alias' }, { type: 'null' }] }
        child: { $ref: '#/components/schemas/Body' }
        other: { $ref: '#/components/schemas/Enum' }
        inline: { type: object, required: [a], properties: { a: { type: string, minLength: 1 } } }
        either: { oneOf: [{ type: string }, { type: integer }] }
        both: { allOf: [{ $ref: '#/components/schemas/Short' }, { type: string, minLength: 1 }] }
        beside: { $ref: '#/components/schemas/Short', maxLength: 5 }
        anything: {}
        map: { type: object, additionalProperties: { type: string } }
        pair: { type: array, prefixItems: [{ type: string }], items: false }
        made: { type: string, readOnly: true }
        "it's 'a' \\\\ \${x}": { type: string, maxLength: 1 }
        '10': { type: string, maxLength: 3 }
        type: { type: string, maxLength: 4 }
`;

async function compile(
  schemas: string,
  body = 'Body',
  type = 'application/json',
): Promise<{ contract: Contract; joined: JsonObject }> {
  const text = `openapi: 3.1.0
info: { title: Test, version: 1.0.0 }
paths:
  /bodies:
    post:
      operationId: send
      requestBody: { content: { ${type}: { schema: { $ref: '#/components/schemas/${body}' } } } }
      responses: { '204': { description: Done } }
components:
  schemas:${schemas}`;
  const compiled = await compileDocument({ file: 'test.yaml', text, moduleName: 'test' });
  return compiled.ok ? compiled : assert.fail(compiled.diagnostics.map(({ message }) => message).join('\n'));
}

const { contract, joined } = await compile(SCHEMAS);

suite('the enumerations of a contract', () => {
  test('have their values in order, under names that keep it', () => {
    const byName = Object.fromEntries(
      enumerationsOf(contract, joined).map(({ named, members }) => [named.component, members]),
    );
    assert.deepEqual(Object.values(byName['Sort'] ?? {}), [
      '-at',
      'at',
      'a b',
      "it's",
      '10',
      '9',
      '',
      '__proto__',
      'a\\b',
      '\u2028',
      'Café',
    ]);
    assert.deepEqual(Object.keys(byName['Sort'] ?? {}), [
      '-at',
      'at',
      'a b',
      'it_s',
      '_10',
      '_9',
      '',
      '___proto__',
      'a_b',
      '_',
      'Café',
    ]);
    assert.deepEqual(Object.entries(byName['Level'] ?? {}), [
      ['_3', 3],
      ['_1', 1],
      ['_-2', -2],
    ]);
    assert.deepEqual(Object.entries(byName['Named'] ?? {}), [
      ['two', 2],
      ['one', 1],
    ]);
    assert.deepEqual(Object.values(byName['Maybe'] ?? {}), ['b', 'a']);
    assert.deepEqual(byName['Url_kind'], { x: 'x' });
    assert.equal(byName['Mixed'], undefined);
  });
});

suite('the fields of forms', () => {
  test('have their limits behind references, lists, null and parts', () => {
    const forms = formsOf(contract, joined);
    assert.deepEqual(
      forms.map(({ component }) => component),
      ['Base', 'Enum', 'Body'],
    );
    const members = forms.find(({ component }) => component === 'Body')?.members ?? {};
    const facts = (name: string): JsonValue => JSON.parse(JSON.stringify(members[name] ?? null));
    assert.deepEqual(facts('id'), {
      required: true,
      facts: { kind: 'text', nullable: false, limits: { minLength: 1, maxLength: 8 } },
    });
    assert.deepEqual(facts('zero'), {
      required: true,
      facts: { kind: 'number', nullable: false, limits: { minimum: 0, maximum: 0, multipleOf: 1 } },
    });
    assert.deepEqual(facts('alias'), {
      required: false,
      facts: { kind: 'text', nullable: true, limits: { minLength: 0, maxLength: 0 } },
    });
    assert.deepEqual(facts('own'), {
      required: true,
      facts: { kind: 'text', nullable: false, limits: { pattern: "^it's\\d`$" } },
    });
    assert.deepEqual(facts('child'), {
      required: false,
      facts: { kind: 'component', nullable: false, component: 'Body' },
    });
    assert.deepEqual(facts('named'), {
      required: true,
      facts: { kind: 'choice', nullable: true, limits: {} },
    });
    assert.deepEqual(
      ['either', 'both', 'beside', 'anything', 'map', 'pair'].map((name) => members[name]?.facts.kind),
      Array.from({ length: 6 }, () => 'other'),
    );
    assert.deepEqual(
      Object.keys(members).filter((name) => /made|it's|^10$|^type$/.test(name)),
      ['10', "it's 'a' \\ ${x}", 'type'],
    );
  });

  test('have the defaults of the contract, but for a patch', async () => {
    const PARTS = `
    Level: { type: integer, default: 3 }
    Body:
      type: object
      properties:
        level: { $ref: '#/components/schemas/Level' }
        own: { $ref: '#/components/schemas/Level', default: 5 }
        list: { type: array, default: [a], items: { type: string } }
        nothing: { type: [string, 'null'], default: null }
        none: { type: string }
`;
    const defaults = async (type: string): Promise<unknown> => {
      const compiled = await compile(PARTS, 'Body', type);
      const [form] = formsOf(compiled.contract, compiled.joined);
      const members = Object.entries(form?.members ?? {});
      return Object.fromEntries(members.map(([name, { fallback }]) => [name, fallback]));
    };
    const none = { level: undefined, own: undefined, list: undefined, nothing: undefined, none: undefined };
    assert.deepEqual(await defaults('application/json'), {
      ...none,
      level: 3,
      own: 5,
      list: ['a'],
      nothing: null,
    });
    assert.deepEqual(await defaults('application/merge-patch+json'), none);
  });

  test('of a query have its parameters, under the keys of calls', async () => {
    const compiled = await compileDocument({
      file: 'test.yaml',
      moduleName: 'test',
      text: `openapi: 3.1.0
info: { title: Test, version: 1.0.0 }
paths:
  /things/{id}:
    parameters:
      - { name: id, in: path, required: true, schema: { type: string } }
      - { name: size, in: query, schema: { type: integer, maximum: 5 } }
    get:
      operationId: listThings
      parameters:
        - { name: id, in: query, required: true, schema: { type: string, maxLength: 3 } }
        - { name: size, in: query, schema: { type: integer, minimum: 1, default: 1 } }
        - $ref: '#/components/parameters/Order'
        - { name: X-Unit, in: header, schema: { type: string } }
      responses: { '204': { description: Done } }
    delete:
      operationId: deleteThing
      parameters: [{ name: size, in: query, schema: { type: boolean } }]
      responses: { '204': { description: Done } }
components:
  parameters:
    Order: { name: order, in: query, schema: { type: array, items: { type: string, maxLength: 2 } } }`,
    });
    assert.ok(compiled.ok);
    const forms = formsOf(compiled.contract, compiled.joined);
    const text = { kind: 'text', nullable: false };
    assert.deepEqual(JSON.parse(JSON.stringify(forms)), [
      {
        name: 'listThings',
        deprecated: false,
        members: {
          size: {
            required: false,
            facts: { kind: 'number', nullable: false, limits: { minimum: 1, multipleOf: 1 } },
            fallback: 1,
          },
          idQuery: { required: true, facts: { ...text, limits: { maxLength: 3 } } },
          order: {
            required: false,
            facts: {
              kind: 'list',
              nullable: false,
              limits: {},
              item: { ...text, limits: { maxLength: 2 } },
            },
          },
        },
      },
      {
        name: 'deleteThing',
        deprecated: false,
        members: {
          size: { required: false, facts: { kind: 'boolean', nullable: false, limits: {} } },
        },
      },
    ]);
  });

  test('are none without requests that have members', async () => {
    const plain = await compile('\n    Body: { type: string }\n');
    assert.deepEqual(formsOf(plain.contract, plain.joined), []);
    assert.deepEqual(enumerationsOf(plain.contract, plain.joined), []);
  });
});
