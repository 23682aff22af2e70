import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import * as styles from './encode-parameter-styles.ts';
import { form, header, simple, type ParameterEncoder } from './encode-parameter.ts';

const COLORS = ['blue', 'black', 'brown'];
const RGB = { R: 100, G: 200, B: 150 };

suite('parameter styles', () => {
  // The table of OpenAPI 3.1 section 4.8.12.4, with separators encoded as its section on delimiters asks.
  const rows: [name: string, encode: ParameterEncoder, value: unknown, expected: string][] = [
    ['form, scalar', form, 'blue', 'color=blue'],
    ['form, array exploded', form, COLORS, 'color=blue&color=black&color=brown'],
    ['form, empty array', form, [], ''],
    ['form, array joined', styles.formJoined, COLORS, 'color=blue,black,brown'],
    ['form, empty array joined', styles.formJoined, [], ''],
    ['form, object exploded', styles.formObject, RGB, 'R=100&G=200&B=150'],
    ['form, object joined', styles.formJoined, RGB, 'color=R,100,G,200,B,150'],
    ['spaceDelimited, array', styles.spaceDelimited, COLORS, 'color=blue%20black%20brown'],
    ['spaceDelimited, object', styles.spaceDelimited, RGB, 'color=R%20100%20G%20200%20B%20150'],
    ['pipeDelimited, array', styles.pipeDelimited, COLORS, 'color=blue%7Cblack%7Cbrown'],
    ['deepObject', styles.deepObject, RGB, 'color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150'],
    ['deepObject with an array', styles.deepObject, { tag: ['a', 'b'] }, 'color%5Btag%5D=a&color%5Btag%5D=b'],
    ['simple, scalar', simple, 'blue', 'blue'],
    ['simple, array', simple, COLORS, 'blue,black,brown'],
    ['simple, object', styles.simpleObject, RGB, 'R,100,G,200,B,150'],
    ['simple, object exploded', styles.simpleExploded, RGB, 'R=100,G=200,B=150'],
    ['label, scalar', styles.label, 'blue', '.blue'],
    ['label, array', styles.label, COLORS, '.blue,black,brown'],
    ['label, array exploded', styles.labelExploded, COLORS, '.blue.black.brown'],
    ['label, object exploded', styles.labelExploded, RGB, '.R=100.G=200.B=150'],
    ['matrix, scalar', styles.matrix, 'blue', ';color=blue'],
    ['matrix, array', styles.matrix, COLORS, ';color=blue,black,brown'],
    ['matrix, array exploded', styles.matrixExploded, COLORS, ';color=blue;color=black;color=brown'],
    ['matrix, object exploded', styles.matrixExploded, RGB, ';R=100;G=200;B=150'],
    ['header, array', header, COLORS, 'blue,black,brown'],
    ['header, object', styles.headerObject, RGB, 'R,100,G,200,B,150'],
    ['header, object exploded', styles.headerExploded, RGB, 'R=100,G=200,B=150'],
    ['JSON in a query', styles.jsonInQuery, { a: 1 }, 'color=%7B%22a%22%3A1%7D'],
    ['JSON in a path', styles.jsonInPath, { a: 1 }, '%7B%22a%22%3A1%7D'],
    ['JSON in a header', styles.jsonInHeader, { a: 'é' }, '{"a":"\\u00e9"}'],
  ];
  for (const [name, encode, value, expected] of rows) {
    test(name, () => assert.equal(encode('color', value), expected));
  }

  test('what separates members is encoded inside of them', () => {
    assert.equal(styles.formJoined('q', ['a,b', 'c&d']), 'q=a%2Cb,c%26d');
    assert.equal(styles.pipeDelimited('q', ['a|b']), 'q=a%7Cb');
    assert.equal(styles.deepObject('q', { 'a]b': '=' }), 'q%5Ba%5Db%5D=%3D');
  });

  test('members that are undefined are left out', () => {
    assert.equal(styles.deepObject('q', { a: undefined, b: 1 }), 'q%5Bb%5D=1');
    assert.equal(styles.formObject('q', { a: undefined }), '');
  });
});
