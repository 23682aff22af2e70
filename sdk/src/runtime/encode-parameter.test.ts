import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { inspect } from 'node:util';
import { binaryBody, textBody } from './encode-body.ts';
import { formBody } from './encode-form.ts';
import { multipartBody } from './encode-multipart.ts';
import { jsonText } from './json-text.ts';
import * as styles from './encode-parameter-styles.ts';
import { exact } from './encode-exact.ts';
import { form, header, simple, type ParameterEncoder } from './encode-parameter.ts';

const COLORS = ['blue', 'black', 'brown'];
const RGB = { R: 100, G: 200, B: 150 };

suite('parameter styles', () => {
  // The table of OpenAPI 3.1 section 4.8.12.4, with separators encoded as its section on delimiters asks.
  const rows: [name: string, encode: ParameterEncoder, value: unknown, expected: string][] = [
    ['form, scalar', form, 'blue', 'color=blue'],
    ['form, array exploded', form, COLORS, 'color=blue&color=black&color=brown'],
    ['form, a date', form, new Date(0), 'color=1970-01-01T00%3A00%3A00.000Z'],
    ['form, a number beyond 2^53', form, 1.2e18, 'color=1.2e%2B18'],
    ['form, array joined', styles.formJoined, COLORS, 'color=blue,black,brown'],
    ['form, empty array joined', styles.formJoined, [], 'color='],
    ['spaceDelimited, empty array', styles.spaceDelimited, [], 'color='],
    ['header, empty array', header, [], ''],
    ['header, empty text', header, '', ''],
    ['header, empty object', styles.headerObject, {}, ''],
    ['cookie, scalar', styles.inCookie(form), 'a;b', 'color=a%3Bb'],
    ['cookie, array exploded', styles.inCookie(form), COLORS, 'color=blue; color=black; color=brown'],
    ['cookie, object exploded', styles.inCookie(styles.formObject), RGB, 'R=100; G=200; B=150'],
    ['cookie, array joined', styles.inCookie(styles.formJoined), COLORS, 'color=blue,black,brown'],
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

  test('what separates members is encoded inside of them, where it is read before it is decoded', () => {
    assert.equal(styles.formJoined('q', ['a,b', 'c&d']), 'q=a%2Cb,c%26d');
    assert.equal(styles.matrix('q', ['a,b', 'c;d']), ';q=a%2Cb,c%3Bd');
    assert.equal(styles.deepObject('q', { 'a]b': '=' }), 'q%5Ba%5Db%5D=%3D');
  });

  test('items of a member repeat its name, in every style of objects', () => {
    const value = { tag: ['a', 'b'], n: 1 };
    assert.equal(styles.formJoined('q', value), 'q=tag,a,tag,b,n,1');
    assert.equal(styles.simpleExploded('q', value), 'tag=a,tag=b,n=1');
    assert.equal(styles.headerObject('q', value), 'tag,a,tag,b,n,1');
    assert.equal(styles.labelExploded('q', value), '.tag=a.tag=b.n=1');
  });

  test('members that are undefined are left out', () => {
    assert.equal(styles.deepObject('q', { a: undefined, b: 1 }), 'q%5Bb%5D=1');
    assert.equal(styles.headerObject('q', { a: undefined }), '');
  });

  const TEXTS = { kind: 'array', items: ['string'] } as const;
  const REFUSED: readonly [encode: ParameterEncoder, style: string, ...values: unknown[]][] = [
    [form, 'form', [], Number.NaN, Infinity, null, {}, [[]], [undefined, 'a'], ['a', null], Symbol.iterator],
    [form, 'form', '\ud800', ['a\udfff'], '\0', new Date(Number.NaN)],
    [simple, 'simple', Number.NaN, ['a', undefined], '\ud800'],
    [header, 'simple', ['a,b', 'c'], [''], ' a', 'a\t', 'a\nb', '€', ['a', ' b'], '\0', null],
    [styles.formJoined, 'form', [''], { a: [] }, { a: null }, { constructor: 1 }, { '\ud800': 1 }],
    [styles.spaceDelimited, 'spaceDelimited', ['a b', 'c'], [''], { 'a b': 1 }],
    [styles.pipeDelimited, 'pipeDelimited', ['a|b', 'c'], 'a|b', { a: '|' }],
    [styles.formObject, 'form', {}, { a: [] }, { a: undefined }, { a: { b: 1 } }],
    [styles.formObjectBeside('q', 'deep['), 'form', { q: 1 }, { 'deep[a]': 1 }],
    [styles.deepObject, 'deepObject', {}, { a: [] }, { a: { b: 1 } }, { a: Number.NaN }],
    [styles.simpleObject, 'simple', {}],
    [styles.label, 'label', '', '.', []],
    [styles.labelExploded, 'label', ['1.5'], [1.5], [''], [], { a: '1.5' }, { 'a.b': 1 }, {}],
    [styles.matrix, 'matrix', ['']],
    [styles.matrixExploded, 'matrix', [], {}],
    [styles.headerObject, 'simple', { name: 'x,role' }, { 'a,b': 1 }, { a: ' b' }],
    [styles.headerExploded, 'simple', { name: 'x,role=admin' }, { 'a=b': 1 }, { a: 'b ' }],
    [styles.inCookie(form), 'form', [], '\ud800'],
    [styles.inCookie(styles.formObject), 'form', { 'a b': 1 }, { é: 1 }],
    [exact('form', { kind: 'scalar', types: ['integer', 'string'] }, form), 'form', '5', '-1', null],
    [exact('form', { kind: 'scalar', types: ['null', 'string'] }, form), 'form', 'null', ''],
    [exact('form', TEXTS, form), 'form', 'a', [1], [null], null],
  ];
  for (const [encode, style, ...values] of REFUSED) {
    for (const value of values) {
      test(`${encode.name || 'an encoder'} refuses ${inspect(value)}, by parameter and style`, () => {
        assert.throws(() => encode('color', value), {
          name: 'TypeError',
          message: new RegExp(`^color \\(style ${style}\\) cannot carry `),
        });
      });
    }
  }

  test('an ambiguous text goes out when it is read as it was given', () => {
    const mixed = exact('form', { kind: 'scalar', types: ['integer', 'null', 'string'] }, form);
    assert.deepEqual(
      [5, null, 'a', '05'].map((value) => mixed('q', value)),
      ['q=5', 'q=null', 'q=a', 'q=05'],
    );
  });
});

suite('JSON', () => {
  for (const value of [
    { minutes: Number.NaN },
    [Infinity],
    { list: [undefined] },
    [() => 1],
    { map: new Map() },
    { file: new Blob() },
    [new Set()],
    1.2e18,
    { a: '\ud800' },
    { a: 'b\0' },
    undefined,
  ]) {
    test(`refuses ${inspect(value)}`, () => assert.throws(() => jsonText(value), TypeError));
  }

  test('is what JSON.stringify says of everything else', () => {
    const value = {
      a: null,
      b: [{}, []],
      c: '1234567890123456',
      d: 1e21,
      e: undefined,
      f: new Date(0),
      g: '\\ud800 😀',
    };
    assert.equal(jsonText(value), JSON.stringify(value));
  });
});

suite('parts and forms', () => {
  const stream = { fd: null, async *[Symbol.asyncIterator]() {} };
  for (const value of [
    new Map([['a', 1]]),
    new Set(),
    stream,
    [stream],
    Number.NaN,
    null,
    [],
    [[]],
    '\ud800',
    () => 1,
  ]) {
    test(`do not send ${inspect(value)} as something else`, () => {
      assert.throws(() => formBody({ a: value }), TypeError);
      // A part of JSON can say null.
      if (value !== null) assert.throws(() => multipartBody({ a: value }), TypeError);
    });
  }

  test('do not send other things than text and octets where those are asked for', () => {
    for (const value of [new Map(), {}, 5, null]) {
      assert.throws(() => textBody(value), /^TypeError: body \(style text\) cannot carry/);
      assert.throws(() => binaryBody(value), /^TypeError: body \(style octets\) cannot carry/);
    }
  });

  test('keep line breaks of a field, which a form would change', async () => {
    const parts = multipartBody({ a: 'x\ny\r\nz\r' });
    assert.ok(parts instanceof FormData);
    const sent = await new Response(parts).text();
    assert.match(sent, /x\ny\r\nz\r\r\n--/);
  });
});
