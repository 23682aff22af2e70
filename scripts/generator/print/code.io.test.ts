import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { suite, test } from 'node:test';

import { typeIdentifier } from '../contract/identifiers.ts';
import { branches, type Code, code, empty, join, partsOf, typeRef, widthOf } from './code.ts';

const show = (piece: Code): string =>
  partsOf(piece)
    .map((part) => (part.kind === 'text' ? part.text : part.type.name))
    .join('');

suite('code', () => {
  test('takes off the margin that its lines share', () => {
    const printed = code`
      interface A {
        b: string;
      }
    `;
    assert.equal(show(printed), 'interface A {\n  b: string;\n}');
  });

  test('indents a piece of several lines as the line it stands in', () => {
    const inner = code`
      {
        b: string;
      }
    `;
    const printed = code`
      interface A {
        a: ${inner};
      }
    `;
    assert.equal(show(printed), 'interface A {\n  a: {\n    b: string;\n  };\n}');
  });

  test('prints a list one piece a line and leaves out empty pieces', () => {
    const printed = code`
      {
        ${[code`a;`, empty, code`b;`]}
      }
    `;
    assert.equal(show(printed), '{\n  a;\n  b;\n}');
  });

  test('drops a line whose holes are all empty, and keeps a line with text', () => {
    const printed = code`
      ${empty}
      a${empty};
      ${empty}${empty}
    `;
    assert.equal(show(printed), 'a;');
  });

  test('leaves a template of one line as it is', () => {
    assert.equal(show(code`  a ${code`b`} `), '  a b ');
  });

  test('joins pieces without gaps for empty ones', () => {
    assert.equal(show(join([code`a`, empty, code`b`], ' | ')), 'a | b');
    assert.equal(show(join([], ', ')), '');
  });

  test('hangs branches below the line they belong to', () => {
    const object = code`
      {
        a: string;
      }
    `;
    assert.equal(
      show(code`type A =${branches([code`B`, object], '|')};`),
      'type A =\n  | B\n  | {\n      a: string;\n    };',
    );
  });

  test('counts the columns of one line, and calls several lines infinitely wide', () => {
    assert.equal(
      widthOf(code`a: ${typeRef(typeIdentifier('Ticket') ?? assert.fail(), 'generated/ticket/schemas.ts')}`),
      9,
    );
    assert.equal(widthOf(join([code`a`, code`b`], '\n')), Number.POSITIVE_INFINITY);
  });
});

test('only print/ turns text into code: emitters import neither textCode nor codeOf', async () => {
  const folder = path.join(import.meta.dirname, '..', 'emit');
  const files = (await readdir(folder)).filter((file) => file.endsWith('.ts'));
  const texts = await Promise.all(files.map((file) => readFile(path.join(folder, file), 'utf8')));
  assert.ok(files.length >= 10);
  assert.deepEqual(
    files.filter((_file, index) => /\b(textCode|codeOf)\b/.test(texts[index] ?? '')),
    [],
  );
});
