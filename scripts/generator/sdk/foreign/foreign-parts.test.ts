import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, suite, test } from 'node:test';
import { setImmediate } from 'node:timers/promises';

import { compileDocument } from '../../contract/compile-contract.ts';
import type { Contract, JsonObject, JsonValue } from '../../contract/contract.ts';
import { componentSchemas } from '../request-components.ts';
import { askForeign, dismissForeign, type ForeignData } from './ask-foreign.ts';
import { enumerationsOf, enumerationView } from './enumerations.ts';
import { contractMembers } from './form-facts.ts';
import { formView } from './form-view.ts';
import { checked, foreignParts } from './foreign-parts.ts';

/** Everything that the tools print otherwise than it is written, in one document. */
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

async function compile(schemas: string, body = 'Body'): Promise<{ contract: Contract; joined: JsonObject }> {
  const text = `openapi: 3.1.0
info: { title: Test, version: 1.0.0 }
paths:
  /bodies:
    post:
      operationId: send
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/${body}' } } } }
      responses: { '204': { description: Done } }
components:
  schemas:${schemas}`;
  const compiled = await compileDocument({ file: 'test.yaml', text, moduleName: 'test' });
  return compiled.ok ? compiled : assert.fail(compiled.diagnostics.map(({ message }) => message).join('\n'));
}

const { contract, joined } = await compile(SCHEMAS);
const schemas = componentSchemas(joined);
const enumerations = enumerationsOf(contract, joined);
const names = Object.keys(schemas);
const forms = (contract.modules[0]?.schemas ?? []).flatMap((named) => {
  const members = contractMembers(schemas[named.component] ?? true, schemas);
  return Object.keys(members).length === 0 ? [] : [{ named, members }];
});
const said = await askForeign({
  enumerations: enumerationView(enumerations, joined),
  forms: formView(names, schemas),
});
after(dismissForeign);

suite('the text of the tools', () => {
  test('says what the contract says, however odd it is', () => {
    const result = checked(enumerations, forms, said);
    assert.deepEqual(result.ok ? [] : result.diagnostics.map(({ message }) => message), []);
    assert.deepEqual(
      forms.map(({ named }) => named.component),
      ['Base', 'Body', 'Enum'],
    );
  });

  test('gives enumerations their values in order, under names that keep it', () => {
    const result = checked(enumerations, forms, said);
    assert.ok(result.ok);
    const byName = Object.fromEntries(
      [...result.parts.enumerations].map(([{ component }, members]) => [component, members]),
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

  test('gives fields behind references, lists, null and parts their limits', () => {
    const result = checked(enumerations, forms, said);
    assert.ok(result.ok);
    const members = result.parts.forms.find(({ named }) => named.component === 'Body')?.members ?? {};
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
});

suite('a text that differs from the contract', () => {
  /** What is said of a text with other constants of orval, or with something replaced in those of the other tool. */
  function findings(orval: JsonObject, from: RegExp | string = '', to = ''): readonly string[] {
    const text = JSON.stringify(said.forms);
    assert.ok(from === '' || text.search(from) >= 0);
    const data: ForeignData = { enumerations: orval, forms: JSON.parse(text.replace(from, to)) };
    const result = checked(enumerations, forms, data);
    return result.ok
      ? []
      : result.diagnostics.map(
          ({ message, at }) => `${at.file}:${String(at.line)} ${message.split(';')[0] ?? ''}`,
        );
  }

  const level = enumerations.findIndex(({ named }) => named.component === 'Level');
  const view = `Enumeration${String(level)}`;
  const line = String(enumerations[level]?.named.at.line);

  test('is refused with the place: a wrong value', () => {
    const wrong = { ...said.enumerations, [view]: { _3: 3, _1: 1, '_-2': 2 } };
    assert.deepEqual(findings(wrong), [
      `test.yaml:${line} Level: the contract says {"_3":3,"_1":1,"_-2":-2}, the text of orval {"_3":3,"_1":1,"_-2":2}`,
    ]);
  });

  test('is refused with the place: another order', () => {
    const [found = ''] = findings({ ...said.enumerations, [view]: { _1: 1, _3: 3, '_-2': -2 } });
    assert.match(found, /Level: the contract says/);
  });

  test('is refused with the place: a missing enumeration', () => {
    const rest = Object.fromEntries(Object.entries(said.enumerations).filter(([name]) => name !== view));
    assert.deepEqual(findings(rest), [
      `test.yaml:${line} Level: the contract says all values, the text of orval nothing`,
    ]);
  });

  test('is refused with the place: an enumeration that nobody asked for', () => {
    const [found = ''] = findings({ ...said.enumerations, Extra: {} });
    assert.match(found, /nothing else, the text of orval Extra/);
  });

  const changes: readonly [name: string, from: RegExp, to: string, said: RegExp][] = [
    [
      'a limit that is not there',
      /"maxLength":8,"minLength":1/,
      '"minLength":1',
      /Base\.id\.maxLength: the contract says 8, .* nothing$/,
    ],
    [
      'another limit',
      /"multipleOf":2\.5/,
      '"multipleOf":2',
      /Body\.many\.multipleOf: the contract says 2\.5, .* 2$/,
    ],
    [
      'a field that is not required',
      /"isRequired":true,("maximum":0)/,
      '$1',
      /Body\.zero\.required: the contract says true, .* false$/,
    ],
    ['a field that is not there', /"\$zero":/, '"$zeros":', /Body\.zero: the contract says .* nothing$/],
    [
      'another reference',
      /"type":"Fields_Enum"/,
      '"type":"Fields_Base"',
      /Body\.other\.component: the contract says "Enum", .* "Base"$/,
    ],
    [
      'another kind',
      /\{"type":"Enum","isNullable":true\}/,
      '{"type":"string"}',
      /Body\.named\.kind: the contract says "choice", .* "text"$/,
    ],
    [
      'a list that is limited otherwise',
      /"maxItems":3/,
      '"maxItems":4',
      /Body\.tags\.maxItems: the contract says 3, .* 4$/,
    ],
  ];
  for (const [name, from, to, expected] of changes) {
    test(`is refused with the place: ${name}`, () => {
      const found = findings(said.enumerations, from, to);
      assert.ok(
        found.some((message) => expected.test(message)),
        found.join('\n'),
      );
    });
  }
});

suite('foreignParts', () => {
  const options = { root: '', useCache: false } as const;

  test('asks nobody about a contract without enumerations and requests', async () => {
    const compiled = await compile('\n    Body: { type: string }\n');
    const result = await foreignParts({ ...options, ...compiled });
    assert.deepEqual(result, { ok: true, parts: { enumerations: new Map(), forms: [] } });
  });

  test('asks again when an enumeration or a limit changes, and for nothing else', async (context) => {
    const root = await mkdtemp(path.join(os.tmpdir(), 'asks-again-'));
    context.after(() => rm(root, { recursive: true }));
    let asked = 0;
    const time = <T>(_name: string, work: () => Promise<T>): Promise<T> => {
      asked += 1;
      return work();
    };
    const ask = async (title: string, mode: string): Promise<void> => {
      const body = `{ type: object, properties: { title: ${title}, mode: { $ref: '#/components/schemas/Mode' } } }`;
      const compiled = await compile(`\n    Body: ${body}\n    Mode: ${mode}\n`);
      const result = await foreignParts({ root, useCache: true, time, ...compiled });
      assert.ok(result.ok);
      assert.equal(result.parts.forms.length, 1);
      assert.equal(result.parts.enumerations.size, 1);
    };
    await ask('{ type: string, maxLength: 5 }', '{ type: string, enum: [a, b] }');
    await ask('{ type: string, maxLength: 5 }', '{ type: string, enum: [a, b] }');
    await ask(
      '{ type: string, maxLength: 5, description: A title }',
      '{ type: string, enum: [a, b], title: Mode }',
    );
    assert.equal(asked, 1);
    await ask('{ type: string, maxLength: 6 }', '{ type: string, enum: [a, b] }');
    assert.equal(asked, 2);
    await ask('{ type: string, maxLength: 6 }', '{ type: string, enum: [b, a] }');
    assert.equal(asked, 3);
  });

  test('says in a sentence which tool cannot read what it is given', async () => {
    const broken = {
      openapi: '3.1.0',
      info: { title: 'x', version: '1' },
      paths: {},
      components: { schemas: { A: { $ref: '#/components/schemas/Missing' } } },
    };
    await assert.rejects(
      askForeign({ enumerations: broken, forms: undefined }),
      /^Error: orval gave no text: \S/,
    );
    const foreign = { ...broken, openapi: '4.0.0' };
    await assert.rejects(
      askForeign({ enumerations: undefined, forms: foreign }),
      /^Error: openapi-typescript-codegen gave no text: \S/,
    );
    // The next question is answered.
    const again = await askForeign({ enumerations: enumerationView(enumerations, joined), forms: undefined });
    assert.deepEqual(again.enumerations, said.enumerations);
  });

  test('leaves no folder behind when its thread is ended', async (context) => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'no-folder-'));
    context.after(() => rm(folder, { recursive: true }));
    context.mock.method(os, 'tmpdir', () => folder);
    // The next thread has to load the tools first: it is ended long before it answers.
    dismissForeign();
    const asked = askForeign({ enumerations: undefined, forms: formView(names, schemas) });
    while ((await readdir(folder)).length === 0) await setImmediate();
    dismissForeign();
    await assert.rejects(asked, /ended without an answer/);
    assert.deepEqual(await readdir(folder), []);
  });

  test('answers several questions at once, each its own', async () => {
    const answers = await Promise.all(
      ['Base', 'Enum', 'Short'].map((name) =>
        askForeign({ enumerations: undefined, forms: formView([name], schemas) }),
      ),
    );
    assert.deepEqual(
      answers.map(({ forms: all }) => Object.keys(all)),
      [['Base'], ['Enum'], ['Short']],
    );
  });
});
