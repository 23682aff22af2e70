import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { withHandler } from './handlers-file.ts';

const IMPORT = `import { E } from 'e';`;
const METHOD = 'seal() { throw new E(); }';

function changed(text: string): string {
  return withHandler(
    [
      { path: 'other.ts', text: 'export const a = 1;\n' },
      { path: 'h.ts', text },
    ],
    'PantryHandlers',
    METHOD,
    IMPORT,
  ).text;
}

suite('the handlers of a module with one method more', () => {
  const texts: Readonly<Record<string, string>> = {
    'of a function': `import a from 'a';\nexport function make(): PantryHandlers {\n  const b = { c: 1 };\n  return {\n    async get() { return { status: 200 }; },\n  };\n}\n`,
    'of an arrow': `import a from 'a';\nexport const make = (): PantryHandlers => ({\n    async get() { return { status: 200 }; },\n  });\n`,
    'of a constant': `import a from 'a';\nexport const handlers: PantryHandlers = {\n    async get() { return { status: 200 }; },\n  };\n`,
  };
  for (const [what, text] of Object.entries(texts)) {
    test(what, () => {
      const get = '    async get() { return { status: 200 }; },\n';
      assert.equal(
        changed(text),
        text.replace(get, `${get}${METHOD},\n`).replace(`'a';\n`, `'a';\n${IMPORT}\n`),
      );
    });
  }

  test('does not import twice', () => {
    const text = `${IMPORT}\nconst h: PantryHandlers = {};\n`;
    assert.equal(changed(text).split(IMPORT).length, 2);
  });

  test('is refused where no file makes them', () => {
    for (const text of [
      '',
      'function make(): OtherHandlers { return {}; }',
      'const h: PantryHandlers = make();',
    ]) {
      assert.throws(() => changed(text), { name: 'Refusal', message: /PantryHandlers/ }, text);
    }
  });
});
