import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { ProblemItem } from '#kernel/http/problems/problem.ts';
import type { Operation, Parameter } from '../operation.ts';
import { decodeParameters, planParameters, type DecodedParameters } from './decode-parameters.ts';

type Given = Partial<Parameter> & Pick<Parameter, 'in' | 'style' | 'decode'>;

const INTEGERS = { kind: 'array', items: ['integer'] } as const;
const STRINGS = { kind: 'array', items: ['string'] } as const;
const COLOR = {
  kind: 'object',
  properties: { R: { array: false, types: ['integer'] }, G: { array: false, types: ['integer'] } },
  additional: [],
} as const;

function parameter(given: Given): Parameter {
  return { name: 'p', key: 'p', required: false, explode: false, allowReserved: false, ...given };
}

function decode(
  parameters: readonly Parameter[],
  raw: { path?: string; query?: string; headers?: Record<string, readonly string[]> },
): { decoded: DecodedParameters; errors: ProblemItem[] } {
  const operation: Operation = {
    id: 'probe',
    method: 'get',
    path: '/probe/{p}',
    security: [],
    parameters,
    body: null,
    responses: [],
    deprecated: false,
    extensions: {},
  };
  const errors: ProblemItem[] = [];
  const decoded = decodeParameters(
    planParameters(operation, []),
    {
      path: new Map([['p', raw.path ?? '']]),
      query: raw.query ?? '',
      headerLines: (name) => raw.headers?.[name] ?? [],
    },
    errors,
  );
  return { decoded, errors };
}

suite('decodeParameters, in the path', () => {
  const cases: readonly (readonly [string, Given, string, unknown])[] = [
    [
      'simple scalar',
      { in: 'path', style: 'simple', decode: { kind: 'scalar', types: ['integer'] } },
      '5',
      5,
    ],
    [
      'simple text with an escape',
      { in: 'path', style: 'simple', decode: { kind: 'scalar', types: ['string'] } },
      'a%2Fb+c%C3%A9',
      'a/b+cé',
    ],
    ['simple array', { in: 'path', style: 'simple', decode: INTEGERS }, '3,4,5', [3, 4, 5]],
    [
      'simple array with an encoded comma',
      { in: 'path', style: 'simple', decode: STRINGS },
      'a%2Cb,c',
      ['a,b', 'c'],
    ],
    ['simple object', { in: 'path', style: 'simple', decode: COLOR }, 'R,100,G,200', { R: 100, G: 200 }],
    [
      'simple object, exploded',
      { in: 'path', style: 'simple', explode: true, decode: COLOR },
      'R=100,G=200',
      { R: 100, G: 200 },
    ],
    [
      'label scalar',
      { in: 'path', style: 'label', decode: { kind: 'scalar', types: ['number'] } },
      '.1.5',
      1.5,
    ],
    ['label array', { in: 'path', style: 'label', decode: INTEGERS }, '.3,4,5', [3, 4, 5]],
    [
      'label array, exploded',
      { in: 'path', style: 'label', explode: true, decode: INTEGERS },
      '.3.4.5',
      [3, 4, 5],
    ],
    ['label object', { in: 'path', style: 'label', decode: COLOR }, '.R,100,G,200', { R: 100, G: 200 }],
    [
      'label object, exploded',
      { in: 'path', style: 'label', explode: true, decode: COLOR },
      '.R=100.G=200',
      { R: 100, G: 200 },
    ],
    [
      'matrix scalar',
      { in: 'path', style: 'matrix', decode: { kind: 'scalar', types: ['integer'] } },
      ';p=5',
      5,
    ],
    ['matrix array', { in: 'path', style: 'matrix', decode: INTEGERS }, ';p=3,4', [3, 4]],
    [
      'matrix array, exploded',
      { in: 'path', style: 'matrix', explode: true, decode: INTEGERS },
      ';p=3;p=4',
      [3, 4],
    ],
    ['matrix object', { in: 'path', style: 'matrix', decode: COLOR }, ';p=R,100,G,200', { R: 100, G: 200 }],
    [
      'matrix object, exploded',
      { in: 'path', style: 'matrix', explode: true, decode: COLOR },
      ';R=100;G=200',
      { R: 100, G: 200 },
    ],
    [
      'JSON content',
      { in: 'path', style: 'simple', decode: { kind: 'json' } },
      '%7B%22a%22%3A1%7D',
      { a: 1 },
    ],
  ];
  for (const [what, given, path, expected] of cases) {
    test(`reads a ${what}`, () => {
      const { decoded, errors } = decode([parameter(given)], { path });
      assert.deepEqual(errors, []);
      assert.deepEqual(decoded.path['p'], expected);
    });
  }

  const refused: readonly (readonly [string, Given, string])[] = [
    ['a label without its dot', { in: 'path', style: 'label', decode: INTEGERS }, '3,4'],
    ['a matrix without its semicolon', { in: 'path', style: 'matrix', decode: INTEGERS }, 'p=3'],
    ['a matrix of another name', { in: 'path', style: 'matrix', decode: INTEGERS }, ';q=3'],
    ['an object with a name without value', { in: 'path', style: 'simple', decode: COLOR }, 'R,100,G'],
    ['a malformed escape', { in: 'path', style: 'simple', decode: STRINGS }, '%zz'],
    ['escapes that are not UTF-8', { in: 'path', style: 'simple', decode: STRINGS }, '%ff'],
    ['an encoded U+0000', { in: 'path', style: 'simple', decode: STRINGS }, 'a%00'],
    ['JSON that is none', { in: 'path', style: 'simple', decode: { kind: 'json' } }, '%7B'],
    ['__proto__ as a member', { in: 'path', style: 'simple', decode: COLOR }, '__proto__,1'],
  ];
  for (const [what, given, path] of refused) {
    test(`refuses ${what}`, () => {
      const { errors } = decode([parameter(given)], { path });
      assert.equal(errors.length, 1);
      assert.equal(errors[0]?.parameter, 'p');
    });
  }
});

suite('decodeParameters, in the query', () => {
  const cases: readonly (readonly [string, Partial<Given> & Pick<Given, 'decode'>, string, unknown])[] = [
    ['form scalar', { decode: { kind: 'scalar', types: ['string'] } }, 'p=a+b%2Bc', 'a b+c'],
    [
      'date-time with unescaped colons',
      { decode: { kind: 'scalar', types: ['string'] } },
      'p=2024-01-01T00:00:00Z',
      '2024-01-01T00:00:00Z',
    ],
    [
      'reserved text',
      { allowReserved: true, decode: { kind: 'scalar', types: ['string'] } },
      'p=a+b/c?d',
      'a+b/c?d',
    ],
    ['empty text', { decode: { kind: 'scalar', types: ['string'] } }, 'p=', ''],
    ['boolean', { decode: { kind: 'scalar', types: ['boolean'] } }, 'p=true', true],
    ['null', { decode: { kind: 'scalar', types: ['integer', 'null'] } }, 'p=null', null],
    ['exploded array', { explode: true, decode: INTEGERS }, 'p=3&p=4', [3, 4]],
    ['exploded array of one', { explode: true, decode: INTEGERS }, 'p=3', [3]],
    ['form array', { decode: STRINGS }, 'p=a%2Cb,c', ['a,b', 'c']],
    ['empty form array', { decode: STRINGS }, 'p=', []],
    ['space-delimited array', { style: 'spaceDelimited', decode: STRINGS }, 'p=a%20b+c', ['a', 'b', 'c']],
    ['pipe-delimited array', { style: 'pipeDelimited', decode: STRINGS }, 'p=a|b%7Cc', ['a', 'b', 'c']],
    ['form object', { decode: COLOR }, 'p=R,100,G,200', { R: 100, G: 200 }],
    ['exploded form object', { explode: true, decode: COLOR }, 'R=100&G=200', { R: 100, G: 200 }],
    [
      'space-delimited object',
      { style: 'spaceDelimited', decode: COLOR },
      'p=R%20100%20G%20200',
      { R: 100, G: 200 },
    ],
    ['pipe-delimited object', { style: 'pipeDelimited', decode: COLOR }, 'p=R|100|G|200', { R: 100, G: 200 }],
    [
      'deep object',
      { style: 'deepObject', explode: true, decode: COLOR },
      'p[R]=100&p%5BG%5D=200',
      { R: 100, G: 200 },
    ],
    [
      'deep object with an array',
      {
        style: 'deepObject',
        explode: true,
        decode: { kind: 'object', properties: { t: { array: true, types: ['string'] } }, additional: [] },
      },
      'p[t]=a&p[t]=b',
      { t: ['a', 'b'] },
    ],
    ['JSON content', { decode: { kind: 'json' } }, 'p=%7B%22a%22%3A%5B1%5D%7D', { a: [1] }],
  ];
  for (const [what, given, query, expected] of cases) {
    test(`reads a ${what}`, () => {
      const { decoded, errors } = decode([parameter({ in: 'query', style: 'form', ...given })], { query });
      assert.deepEqual(errors, []);
      assert.deepEqual(decoded.query['p'], expected);
    });
  }

  for (const text of [
    'Infinity',
    '-Infinity',
    '1e309',
    '0x10',
    '0b11',
    '1e1',
    '+5',
    ' 10 ',
    '05',
    '5.0',
    '',
    '9007199254740993',
  ]) {
    // @requirement 66
    test(`does not take "${text}" for an integer`, () => {
      const given = parameter({ in: 'query', style: 'form', decode: { kind: 'scalar', types: ['integer'] } });
      const { decoded } = decode([given], { query: `p=${encodeURIComponent(text)}` });
      assert.equal(typeof decoded.query['p'], 'string');
    });
  }

  test('leaves an absent parameter out', () => {
    const { decoded, errors } = decode([parameter({ in: 'query', style: 'form', decode: INTEGERS })], {});
    assert.deepEqual([decoded.query, errors], [{}, []]);
  });

  test('refuses a scalar that is given twice', () => {
    const given = parameter({ in: 'query', style: 'form', decode: { kind: 'scalar', types: ['integer'] } });
    const { errors } = decode([given], { query: 'p=1&p=2' });
    assert.deepEqual(errors, [{ code: 'repeated', detail: 'must occur once', parameter: 'p' }]);
  });

  // @requirement 71
  test('refuses names that the contract lacks, and does not echo values', () => {
    const { errors } = decode([], { query: 'secret=42&__proto__=1' });
    assert.equal(errors.length, 2);
    assert.doesNotMatch(JSON.stringify(errors), /42/);
  });

  test('gives an exploded object with additional members only what no other parameter claims', () => {
    const rest = parameter({
      in: 'query',
      style: 'form',
      explode: true,
      name: 'rest',
      key: 'rest',
      decode: { kind: 'object', properties: {}, additional: ['integer'] },
    });
    const own = parameter({ in: 'query', style: 'form', decode: { kind: 'scalar', types: ['string'] } });
    const { decoded } = decode([rest, own], { query: 'a=1&p=x&b=2' });
    assert.deepEqual(decoded.query, { p: 'x', rest: { a: 1, b: 2 } });
  });
});

function oneHeader(decoding: Parameter['decode'], lines: readonly string[], explode = false): unknown {
  const given = parameter({ in: 'header', style: 'simple', explode, decode: decoding });
  return decode([given], { headers: { p: lines } }).decoded.headers['p'];
}

function oneCookie(given: Omit<Given, 'in' | 'style'>, cookie: string): unknown {
  const { decoded, errors } = decode([parameter({ in: 'cookie', style: 'form', ...given })], {
    headers: { cookie: [cookie] },
  });
  assert.deepEqual(errors, []);
  return decoded.cookies['p'];
}

suite('decodeParameters, in headers and cookies', () => {
  test('reads headers in style simple', () => {
    assert.equal(oneHeader({ kind: 'scalar', types: ['integer'] }, ['5']), 5);
    assert.equal(oneHeader({ kind: 'scalar', types: ['string'] }, ['"a, b"']), '"a, b"');
    assert.deepEqual(oneHeader(STRINGS, ['a, b', 'c']), ['a', 'b', 'c']);
    assert.deepEqual(oneHeader(COLOR, ['R,100,G,200']), { R: 100, G: 200 });
    assert.deepEqual(oneHeader(COLOR, ['R=100, G=200'], true), { R: 100, G: 200 });
    assert.deepEqual(oneHeader({ kind: 'json' }, ['{"a":1}']), { a: 1 });
  });

  test('refuses two lines of a header that is no list', () => {
    const given = parameter({
      in: 'header',
      style: 'simple',
      decode: { kind: 'scalar', types: ['integer'] },
    });
    assert.equal(decode([given], { headers: { p: ['1', '2'] } }).errors.length, 1);
  });

  test('reads cookies in style form and ignores others', () => {
    assert.equal(oneCookie({ decode: { kind: 'scalar', types: ['integer'] } }, 'x=1; p=5; y=%zz; %zz=1'), 5);
    assert.equal(oneCookie({ decode: { kind: 'scalar', types: ['string'] } }, 'p=a+b%20c'), 'a+b c');
    assert.deepEqual(oneCookie({ decode: INTEGERS }, 'p=1,2'), [1, 2]);
    assert.deepEqual(oneCookie({ explode: true, decode: INTEGERS }, 'p=1; p=2'), [1, 2]);
    assert.deepEqual(oneCookie({ explode: true, decode: COLOR }, 'R=1; G=2'), { R: 1, G: 2 });
    assert.deepEqual(oneCookie({ decode: COLOR }, 'p=R,1,G,2'), { R: 1, G: 2 });
    assert.deepEqual(oneCookie({ decode: { kind: 'json' } }, 'p=%7B%7D'), {});
  });
});
