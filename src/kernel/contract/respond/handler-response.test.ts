import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { inspect } from 'node:util';
import type { Operation } from '../operation.ts';
import { decodeHeaderParameter } from '../decode/parameter-styles.ts';
import { encodeHeaders, ResponseError, writeHeaderValue } from './handler-response.ts';

const RGB = { R: 100, G: 200 };

suite('a response header', () => {
  for (const [value, explode, text] of [
    ['a, b', false, 'a, b'],
    ['', false, ''],
    [5, false, '5'],
    [true, false, 'true'],
    ['é', false, 'é'],
    [['a', 'b'], false, 'a, b'],
    [['a', 'b'], true, 'a, b'],
    [[], false, ''],
    [['', 'a'], false, ', a'],
    [RGB, false, 'R,100,G,200'],
    [RGB, true, 'R=100,G=200'],
    [{ ...RGB, B: undefined }, false, 'R,100,G,200'],
    [{ tag: ['a', 'b'] }, true, 'tag=a,tag=b'],
    [{}, false, ''],
  ] as const) {
    test(`${JSON.stringify(value)}${explode ? ', exploded,' : ''} is ${JSON.stringify(text)}`, () => {
      assert.equal(writeHeaderValue(value, explode), text);
    });
  }

  for (const value of [
    ['a,b', 'c'],
    [''],
    [' a'],
    ' a',
    'a\t',
    'a\nb',
    '€',
    Number.NaN,
    [undefined],
    [['a']],
    { a: 'x,role,admin' },
    { 'a,b': 1 },
    { a: { b: 1 } },
    () => 1,
  ]) {
    test(`does not carry ${inspect(value)}`, () => {
      assert.throws(() => writeHeaderValue(value, false), { name: 'Error' });
      assert.throws(() => writeHeaderValue(value, true), { name: 'Error' });
    });
  }

  test('of an exploded object has no name with "=" in it', () => {
    assert.throws(() => writeHeaderValue({ 'a=b': 1 }, true), /"="/);
    assert.equal(writeHeaderValue({ 'a=b': 1 }, false), 'a=b,1');
  });

  test('is read as it was written', () => {
    const decode = { kind: 'object', properties: {}, additional: ['integer', 'string'] } as const;
    for (const explode of [false, true]) {
      const parameter = { name: 'x', key: 'x', in: 'header', required: false, style: 'simple' } as const;
      const lines = [writeHeaderValue({ R: 100, name: 'a b', '': 'x=y' }, explode)];
      assert.deepEqual(
        decodeHeaderParameter(lines, { ...parameter, explode, allowReserved: false, decode }),
        {
          R: 100,
          name: 'a b',
          '': 'x=y',
        },
      );
    }
  });

  test('is exploded where the contract says so, and a defect is told by its name', () => {
    const operation: Operation = {
      id: 'probe',
      method: 'get',
      path: '/',
      security: [],
      parameters: [],
      body: null,
      responses: [
        {
          status: 200,
          content: [],
          headers: [
            { name: 'x-a', required: false, explode: true },
            { name: 'x-b', required: false },
          ],
        },
      ],
      deprecated: false,
      extensions: {},
    };
    assert.deepEqual(encodeHeaders(operation, { status: 200, headers: { 'x-a': RGB, 'x-b': RGB } }), {
      'x-a': 'R=100,G=200',
      'x-b': 'R,100,G,200',
    });
    assert.throws(
      () => encodeHeaders(operation, { status: 200, headers: { 'x-a': ['a,b'] } }),
      (error: unknown) => error instanceof ResponseError && /header x-a cannot carry/.test(error.message),
    );
  });
});
