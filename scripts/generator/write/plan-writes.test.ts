import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import type { GeneratedFile } from './generated-file.ts';
import { headerText } from './header.ts';
import { isFresh, planWrites } from './plan-writes.ts';

const HEADER = `// ${headerText('specs/ticket/openapi.yaml')}\n`;
const ours = (name: string, body = ''): GeneratedFile => ({
  path: `generated/${name}`,
  text: `${HEADER}${body}`,
});
const paths = (files: readonly GeneratedFile[]): readonly string[] => files.map((file) => file.path);

suite('planWrites', () => {
  test('sorts files into create, update, remove and unchanged', () => {
    const plan = planWrites(
      [ours('ticket/new.ts'), ours('ticket/same.ts'), ours('ticket/changed.ts', 'b')],
      [ours('ticket/same.ts'), ours('ticket/changed.ts', 'a'), ours('gone/old.ts')],
    );
    assert.deepEqual(paths(plan.create), ['generated/ticket/new.ts']);
    assert.deepEqual(plan.update, [{ ...ours('ticket/changed.ts', 'b'), previousText: `${HEADER}a` }]);
    assert.deepEqual(paths(plan.remove), ['generated/gone/old.ts']);
    assert.deepEqual(paths(plan.unchanged), ['generated/ticket/same.ts']);
    assert.equal(isFresh(plan), false);
  });

  test('calls a disk that holds exactly what was emitted fresh', () => {
    assert.equal(isFresh(planWrites([ours('a/a.ts')], [ours('a/a.ts')])), true);
  });

  test('reports a file without our header, and neither updates nor removes it', () => {
    const note = { path: 'generated/ticket/notes.md', text: '# mine\n' };
    const taken = { path: 'generated/ticket/schemas.ts', text: 'export const mine = 1;\n' };
    const plan = planWrites([ours('ticket/schemas.ts')], [note, taken]);
    assert.deepEqual(plan.unowned, ['generated/ticket/notes.md', 'generated/ticket/schemas.ts']);
    assert.deepEqual(plan.remove, []);
    assert.equal(isFresh(plan), false);
  });

  test('recognises the header in the second line of JSON, and not further down', () => {
    const text = `{\n  "x-generated": "${headerText('specs')}"\n}\n`;
    const quoted = { path: 'generated/a.ts', text: `// one\n// two\n${HEADER}` };
    const plan = planWrites([], [{ path: 'generated/openapi.json', text }, quoted]);
    assert.deepEqual(paths(plan.remove), ['generated/openapi.json']);
    assert.deepEqual(plan.unowned, ['generated/a.ts']);
  });

  test('gives the same plan whatever the order of its inputs', () => {
    const expected = ['a', 'b', 'c', 'd'].map((name) => ours(`m/${name}.ts`));
    const actual = ['e', 'a', 'f', 'b'].map((name) => ours(`m/${name}.ts`));
    assert.deepEqual(planWrites(expected.toReversed(), actual.toReversed()), planWrites(expected, actual));
  });

  for (const path of [
    'src/app.ts',
    'generated/../src/app.ts',
    'generated/./a.ts',
    'generated',
    'generated/a\\b.ts',
    'generated//a.ts',
  ]) {
    test(`refuses an emitted file at ${path}`, () => {
      assert.throws(() => planWrites([{ path, text: HEADER }], []), /outside generated\//);
    });
  }

  test('refuses an emitted file without a header, and one path twice', () => {
    assert.throws(() => planWrites([{ path: 'generated/a.ts', text: 'x\n' }], []), /without the header/);
    assert.throws(() => planWrites([ours('a.ts'), ours('A.ts')], []), /twice/);
  });
});
