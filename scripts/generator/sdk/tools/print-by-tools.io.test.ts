import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { suite, test } from 'node:test';
import { parse } from '@swc/core';

import type { JsonObject } from '../../contract/contract.ts';
import { checkTypes, PROJECT } from '../../testing/check-types.ts';
import { corpus } from '../../testing/corpus.ts';
import { hasHeader } from '../../write/header.ts';
import type { GeneratedFile } from '../../write/generated-file.ts';
import { createSdkTree } from '../testing/sdk-tree.ts';
import { printByTools } from './print-by-tools.ts';
import { isPrintedByTools } from './printed-paths.ts';

const packageJson = path.join(PROJECT, 'sdk', 'package.json');
const print = (published: JsonObject): Promise<readonly GeneratedFile[]> =>
  printByTools({ published, packageJson });

/**
 * What the tools print wrongly: the case, the file, and the compiler's word for it. For a contract of the project,
 * `npm run check:types` says so. An entry that no longer fails must go.
 */
const KNOWN: readonly (readonly [caseName: string, file: RegExp, code: string])[] = [
  // Parts of an `allOf` that name one property both print it.
  ['all-of-merge', /^otc\/models\/Dish\.ts/, 'TS2300'],
  // The rest of a tuple is printed as one item.
  ['tuples-and-unions', /^orval\/(mcp\/)?models\/shapes\.ts/, 'TS2574'],
  // The MCP server alone: schemas of path parameters are not imported, and a record has no greatest length.
  ['kitchen-sink', /^orval\/mcp\/handlers\.ts/, 'TS2304'],
  ['additional-properties', /^orval\/mcp\/tool-schemas\.zod\.ts/, 'TS2339'],
  // Its validators and its types differ where a type refers to itself, is open, or is any JSON.
  ['additional-properties', /^orval\/mcp\/server\.ts/, 'TS2345'],
  ['kitchen-sink', /^orval\/mcp\/server\.ts/, 'TS2345'],
  ['read-only-views', /^orval\/mcp\/server\.ts/, 'TS2345'],
  ['recursive-tree', /^orval\/mcp\/server\.ts/, 'TS2345'],
  ['reference-siblings', /^orval\/mcp\/server\.ts/, 'TS2345'],
  // Our own types are made for the flag that is off for the MCP server.
  ['additional-properties', /^joined\/schemas\.ts/, 'TS2411'],
];

/** Findings of the compiler: the path below `src/`, and the code. */
function findings(
  said: string,
): readonly { readonly caseName: string; readonly file: string; readonly line: string }[] {
  return said.split('\n').flatMap((line) => {
    const found = /src\/([^/]+)\/(\S+?)\(\d+,\d+\): error/.exec(line);
    if (found === null) {
      assert.ok(!/error TS/.test(line), line);
      return [];
    }
    const [, caseName = '', file = ''] = found;
    return [{ caseName, file, line }];
  });
}

/** Every identifier of a program, wherever it stands. */
function identifiers(node: unknown, found = new Set<string>()): ReadonlySet<string> {
  if (Array.isArray(node)) for (const each of node as readonly unknown[]) identifiers(each, found);
  else if (typeof node === 'object' && node !== null) {
    if ('type' in node && node.type === 'Identifier' && 'value' in node) found.add(String(node.value));
    for (const each of Object.values(node)) identifiers(each, found);
  }
  return found;
}

suite('what the tools print', () => {
  test('of every accepted contract compiles with the flags of the SDK, apart from what is known', async () => {
    const cases = corpus.map(({ name }) => name);
    assert.ok(cases.length >= 20);
    await using tree = await createSdkTree(cases, print);
    const said = await Promise.all(
      ['tsconfig.json', 'tsconfig.mcp.json'].map((file) => checkTypes(path.join(tree.root, file))),
    );
    const met = new Set<string>();
    const unknown = said.flatMap(findings).filter(({ caseName, file, line }) => {
      const known = KNOWN.find(
        ([name, pattern, code]) => name === caseName && pattern.test(file) && line.includes(code),
      );
      if (known !== undefined) met.add(known.join(' '));
      return known === undefined;
    });
    assert.deepEqual(
      unknown.map(({ line }) => line),
      [],
    );
    assert.deepEqual(
      KNOWN.filter((known) => !met.has(known.join(' '))),
      [],
      'these compile now',
    );
  });

  test('has a header in each file, and is the same for the same document', async () => {
    const [first] = corpus;
    assert.ok(first);
    const published = minimal({});
    const files = await print(published);
    assert.ok(files.length > 20);
    for (const file of files) {
      assert.ok(hasHeader(file.text), file.path);
      assert.ok(isPrintedByTools(file.path), file.path);
      assert.doesNotMatch(file.text, /from '\.[^']*(?<!\.ts)'/, file.path);
    }
    assert.deepEqual(await print(published), files);
  });

  test('stays behind nowhere, and a document that a tool cannot read is said to be that', async (context) => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'no-folder-'));
    context.after(() => rm(folder, { recursive: true }));
    context.mock.method(os, 'tmpdir', () => folder);
    const broken = minimal({ Soup: { $ref: '#/components/schemas/Missing' } });
    await assert.rejects(
      print(broken),
      /^Error: (orval|openapi-typescript-codegen) cannot print the SDK from generated\/openapi\.json: \S/,
    );
    assert.deepEqual(await readdir(folder), []);
  });
});

/** A document with one operation, whose texts and names are those given. */
function minimal(
  schemas: JsonObject,
  { prose = 'Soup.', name = 'taste', value = 'hot' }: { prose?: string; name?: string; value?: string } = {},
): JsonObject {
  return {
    openapi: '3.1.0',
    info: { title: prose, version: value, description: prose },
    servers: [{ url: '/', description: prose }],
    tags: [{ name: 'Soup', description: prose }],
    paths: {
      '/soups/{id}': {
        parameters: [
          { name: 'id', in: 'path', required: true, description: prose, schema: { type: 'string' } },
        ],
        post: {
          operationId: 'makeSoup',
          tags: ['Soup'],
          summary: prose,
          description: prose,
          'x-note': prose,
          parameters: [
            {
              name,
              in: 'query',
              description: prose,
              schema: { type: 'string', default: value, title: prose },
            },
            {
              name: 'kind',
              in: 'query',
              schema: { type: 'string', enum: [value, 'cold'], description: prose },
            },
            { name: 'X-Kind', in: 'header', description: prose, schema: { type: 'string' } },
          ],
          requestBody: {
            description: prose,
            required: true,
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Hostile' } } },
          },
          responses: {
            '200': {
              description: prose,
              content: {
                'application/json': { schema: { $ref: '#/components/schemas/Hostile' }, example: prose },
              },
            },
            '404': { description: prose },
          },
        },
      },
    },
    components: {
      schemas: {
        Hostile: {
          type: 'object',
          title: prose,
          description: prose,
          required: [name],
          properties: {
            [name]: { type: 'string', description: prose, pattern: '^[^`]*$', default: value },
            kind: { type: 'string', enum: [value], description: prose },
            one: { type: 'string', const: value },
          },
        },
        ...schemas,
      },
    },
  };
}

suite('text that would be code', () => {
  const texts: Readonly<Record<string, string>> = {
    'the end of a comment': '*/ pwned(); /*',
    'the end of a comment, escaped': '*\\/ pwned(); /* *\\/*/pwned()',
    'a template': '${pwned()} `${pwned()}` `+pwned()+`',
    'an escaped template': '\\${pwned()} \\`+pwned()+\\`',
    'single quotes': "' + pwned() + '",
    'escaped single quotes': "\\' + pwned() + \\'",
    'double quotes': '" + pwned() + "',
    'a backslash at the end': 'pwned() \\',
    'several lines': 'first\npwned();\nlast',
    'lines of other systems': 'first\r\npwned();\rpwned();\u2028pwned();\u2029pwned()',
    'a directive': '@ts-expect-error pwned\n@ts-ignore',
    'a tag and a link': '</script> {@link pwned} @deprecated',
    'hidden characters': 'soup \u202e pwned() \u2066 \u200b \ufeff',
    'a placeholder of a template engine': '{{pwned}} {{{pwned}}} {% pwned %} <%= pwned %>',
  };
  for (const [what, text] of Object.entries(texts)) {
    test(`stays text: ${what}`, async () => {
      const files = await print(minimal({}, { prose: text, name: `n ${text}`, value: text }));
      for (const file of files) {
        const program = await parse(file.text, { syntax: 'typescript' }).catch((error: unknown) =>
          assert.fail(`${file.path} does not parse: ${String(error)}\n${file.text}`),
        );
        const found = [...identifiers(program)].filter((name) => name === 'pwned');
        assert.deepEqual(found, [], `${file.path}\n${file.text}`);
        assert.doesNotMatch(file.text, /^[ \t/*]*@ts-/m, file.path);
        assert.doesNotMatch(file.text, /[\u202a-\u202e\u2066-\u2069]/, file.path);
      }
    });
  }
});
