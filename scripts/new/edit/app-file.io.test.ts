import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { withModule } from './app-file.ts';

const PANTRY = { module: 'pantry', factory: 'createPantryModule' };
const IMPORT = `import { createPantryModule } from '#modules/pantry/module.ts';`;
const MEMBER = 'pantry: createPantryModule({ database, clock })';

suite('src/app.ts with one module more', () => {
  const texts: readonly (readonly [what: string, before: string, after: string])[] = [
    [
      'has its import below those of modules, and its member last',
      `// « é »\nimport { a } from '#modules/a/module.ts';\nimport z from 'z';\nfunction f() {\n  const modules: ServedModules<Name> = {\n    a: a({ database }),\n  };\n}\n`,
      `// « é »\nimport { a } from '#modules/a/module.ts';\n${IMPORT}\nimport z from 'z';\nfunction f() {\n  const modules: ServedModules<Name> = {\n    a: a({ database }),\n${MEMBER},\n  };\n}\n`,
    ],
    [
      'keeps the comment of the member before',
      `import z from 'z';\nconst m: ServedModules<N> = {\n  'b-c': b(), // é: the first\n  // and nothing else\n};\n`,
      `import z from 'z';\n${IMPORT}\nconst m: ServedModules<N> = {\n  'b-c': b(), // é: the first\n${MEMBER},\n  // and nothing else\n};\n`,
    ],
    [
      'gets the comma that the member before lacks',
      `import z from 'z';\nconst m: ServedModules<N> = { b, ...c() };\n`,
      `import z from 'z';\n${IMPORT}\nconst m: ServedModules<N> = { b, ...c(),\n${MEMBER}, };\n`,
    ],
    [
      'is the first of its list',
      `import z from 'z';\nconst m: ServedModules<N> = {};\n`,
      `import z from 'z';\n${IMPORT}\nconst m: ServedModules<N> = {\n${MEMBER},\n};\n`,
    ],
  ];
  for (const [what, before, after] of texts) {
    test(what, () => assert.equal(withModule(before, PANTRY), after));
  }

  test('quotes a name of several words', () => {
    const text = withModule('const m: ServedModules<N> = {};', {
      module: 'meal-plan',
      factory: 'createMealPlanModule',
    });
    assert.match(text, /^ *'meal-plan': createMealPlanModule\(/m);
  });

  test('is refused where no list has the type', () => {
    for (const text of ['', 'const modules = { a: 1 };', 'const m: ServedModules<N> = list();', 'const {']) {
      assert.throws(() => withModule(text, PANTRY), { name: 'Refusal', message: /^src\/app\.ts / }, text);
    }
  });
});
