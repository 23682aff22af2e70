import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, suite, test } from 'node:test';
import { describeChanges, writeChanges } from './changes.ts';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'changes-'));
  mkdirSync(join(root, 'src'));
  writeFileSync(join(root, 'src/app.ts'), 'before\n');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const EDIT = { path: 'src/app.ts', before: 'before\n', text: 'before\nafter\n' };
const NEW = { path: 'sql/a/b/c.sql', text: 'SELECT 1;\n' };

function files(): readonly string[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' }).toSorted();
}

suite('changes', () => {
  test('are written, and taken back with the folders that they made', () => {
    mkdirSync(join(root, 'sql'));
    const before = files();
    const { undo } = writeChanges(root, [EDIT, NEW]);
    assert.equal(readFileSync(join(root, NEW.path), 'utf8'), NEW.text);
    assert.equal(readFileSync(join(root, EDIT.path), 'utf8'), EDIT.text);
    undo();
    assert.deepEqual(files(), before);
    assert.equal(readFileSync(join(root, EDIT.path), 'utf8'), EDIT.before);
  });

  test('leave a folder that has got something else by now', () => {
    const { undo } = writeChanges(root, [NEW]);
    writeFileSync(join(root, 'sql/a/mine.sql'), '');
    undo();
    assert.deepEqual(files(), ['sql', 'sql/a', 'sql/a/mine.sql', 'src', 'src/app.ts']);
  });

  test('overwrite nothing, and write nothing then', () => {
    const before = files();
    assert.throws(() => writeChanges(root, [NEW, { path: 'src/app.ts', text: 'mine' }]), {
      name: 'Refusal',
      message: 'Nothing is overwritten, and there is src/app.ts already.',
    });
    assert.deepEqual(files(), before);
    assert.equal(readFileSync(join(root, EDIT.path), 'utf8'), EDIT.before);
  });

  test('that cannot all be written leave nothing', () => {
    const before = files();
    assert.throws(() => writeChanges(root, [EDIT, NEW, { path: 'src/app.ts/x.ts', text: '' }]), {
      code: /E(?:NOTDIR|EXIST)/,
    });
    assert.deepEqual(files(), before);
    assert.equal(readFileSync(join(root, EDIT.path), 'utf8'), EDIT.before);
  });

  test('are told by path and lines', () => {
    assert.deepEqual(describeChanges([NEW, EDIT]), [
      'create  sql/a/b/c.sql  1 line',
      'change  src/app.ts  1 line more',
    ]);
  });
});
