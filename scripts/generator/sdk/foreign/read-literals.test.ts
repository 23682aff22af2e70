import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { ForeignTextError, readLiterals } from './read-literals.ts';

suite('readLiterals', () => {
  test('gives the constants of a text by name, members in their order', () => {
    const text = `/* prose */
      export type Sort = typeof Sort[keyof typeof Sort];
      export interface Other { a: string }
      export const Sort = { '-at': '-at', at: 'it\\'s', none: '' } as const;
      export const $Limits = { least: -1.5, list: ['a', { deep: true }] } as const;`;
    assert.deepEqual(readLiterals(text), {
      Sort: { '-at': '-at', at: "it's", none: '' },
      $Limits: { least: -1.5, list: ['a', { deep: true }] },
    });
    assert.deepEqual(Object.keys(readLiterals("export const A = { b: 'b', a: 'a' } as const;")['A'] ?? {}), [
      'b',
      'a',
    ]);
  });

  const foreign: readonly [name: string, text: string, said: RegExp][] = [
    ['a call', 'export const A = { a: run() } as const;', /A\.a is a CallExpression/],
    ['a name', 'export const A = { a: process } as const;', /A\.a is a Identifier/],
    ['a getter', 'export const A = { get a() { return 1; } } as const;', /A holds a GetterProperty/],
    ['a method', 'export const A = { a() {} } as const;', /A holds a MethodProperty/],
    ['a spread', 'export const A = { ...b } as const;', /A holds a SpreadElement/],
    ['a spread in a list', 'export const A = [...b] as const;', /A holds a spread/],
    ['a template', 'export const A = `a${b}` as const;', /A is a TemplateLiteral/],
    ['a computed member', 'export const A = { [b]: 1 } as const;', /whose name is a Computed/],
    ['a statement', 'alert(1);', /holds a ExpressionStatement/],
    ['an import', "import 'a';", /holds a ImportDeclaration/],
    ['a function', 'export function a() {}', /exports a FunctionDeclaration/],
    ['a variable', 'export let a = 1;', /exports a VariableDeclaration/],
    ['a constant that may change', "export const A = { a: 'a' };", /A is not "as const"/],
    ['a member twice', 'export const A = { a: 1, a: 2 } as const;', /A has two members a/],
    ['a prototype', 'export const A = { __proto__: 1 } as const;', /a member __proto__/],
    ['a member that is sorted', "export const A = { '10': 1, '9': 2 } as const;", /a member 10/],
    ['what is no TypeScript', 'export const A = {', /is not TypeScript/],
  ];
  for (const [name, text, said] of foreign) {
    test(`refuses ${name}`, () => {
      assert.throws(
        () => readLiterals(text),
        (error) => error instanceof ForeignTextError && said.test(error.message),
      );
    });
  }
});
