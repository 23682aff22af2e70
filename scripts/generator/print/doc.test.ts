import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { assert as checkAll, array, constantFrom, property, string } from 'fast-check';

import { type Code, partsOf } from './code.ts';
import { doc } from './doc.ts';

const show = (piece: Code): string =>
  partsOf(piece)
    .map((part) => (part.kind === 'text' ? part.text : ''))
    .join('');

suite('doc', () => {
  test('prints one line where one line is enough', () => {
    assert.equal(show(doc(['', 'A ticket.'])), '/** A ticket. */');
  });

  test('parts paragraphs with an empty line and puts tags last', () => {
    assert.equal(
      show(doc(['Create', 'Two\nlines'], { deprecated: true })),
      '/**\n * Create\n *\n * Two\n * lines\n *\n * @deprecated\n */',
    );
  });

  test('prints nothing for nothing', () => {
    assert.equal(show(doc(['', '\n \n'])), '');
  });

  test('breaks an end of comment', () => {
    assert.equal(show(doc(['a */ evil() /*'])), String.raw`/** a *\/ evil() /* */`);
  });

  test('makes tags of the text plain text', () => {
    const printed = show(doc(['@ts-ignore', '  @deprecated see {@link evil}', 'mail a@b.example']));
    assert.match(printed, /^ \* \\@ts-ignore$/m);
    assert.match(printed, /^ \* {3}\\@deprecated see \{\\@link evil\}$/m);
    assert.match(printed, /^ \* mail a@b\.example$/m);
  });

  test('ends a line where the text does, whatever it ends lines with', () => {
    assert.equal(show(doc(['a\r\nb\u2028c\rd'])), '/**\n * a\n * b\n * c\n * d\n */');
  });

  test('never ends early or starts a tag, whatever the text', () => {
    const text = string({
      unit: constantFrom('*', '/', '@', '\n', ' ', '{', 'a', '\u2028', '\\', '\r'),
    });
    checkAll(
      property(array(text), (paragraphs) => {
        const printed = show(doc(paragraphs));
        if (printed === '') return;
        assert.equal(printed.indexOf('*/'), printed.length - 2);
        assert.doesNotMatch(printed.slice(3), /^[\s*/]*@/m);
      }),
    );
  });
});
