import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { call, requestOf } from '../../kit/call.ts';
import { startKitchenSink } from './start-kitchen-sink.ts';

const api = await startKitchenSink();
after(() => api[Symbol.asyncDispose]());

const COLOR = { R: 100, G: 200 };

async function given(path: string, headers: Record<string, string> = {}): Promise<unknown> {
  const answer = await call(api, path, { headers });
  assert.equal(answer.status, 200, answer.text);
  return requestOf(answer);
}

async function refusals(path: string, headers: Record<string, string> = {}): Promise<readonly string[]> {
  const answer = await call(api, path, { headers });
  assert.equal(answer.status, 400, answer.text);
  assert.equal(answer.headers.get('content-type'), 'application/problem+json');
  const problem: { errors: { parameter: string }[] } = JSON.parse(answer.text);
  return problem.errors.map(({ parameter }) => parameter);
}

suite('parameters over HTTP', () => {
  const segments = [
    '5',
    '1,2',
    '1,2',
    'R,100,G,200',
    'R=100,G=200',
    '.5',
    '.1,2',
    '.1.2',
    '.R,100,G,200',
    '.R=100.G=200',
    ';matrix=5',
    ';matrixList=1,2',
    ';matrixListExploded=1;matrixListExploded=2',
    ';matrixColor=R,100,G,200',
    ';R=100;G=200',
    '%7B%22R%22%3A100%2C%22G%22%3A200%7D',
  ];

  test('come from the path in every style', async () => {
    assert.deepEqual(await given(`/path-styles/${segments.join('/')}`), {
      path: {
        simple: 5,
        simpleList: [1, 2],
        simpleListExploded: [1, 2],
        simpleColor: COLOR,
        simpleColorExploded: COLOR,
        label: 5,
        labelList: [1, 2],
        labelListExploded: [1, 2],
        labelColor: COLOR,
        labelColorExploded: COLOR,
        matrix: 5,
        matrixList: [1, 2],
        matrixListExploded: [1, 2],
        matrixColor: COLOR,
        matrixColorExploded: COLOR,
        document: COLOR,
      },
    });
  });

  for (const [index, wrong] of [
    [0, 'x'],
    [3, 'R,100,G'],
    [5, '5'],
    [10, ';other=5'],
    [15, '%7B'],
    [0, '%ff'],
    [0, '1000'],
  ] as const) {
    test(`are refused in the path when segment ${index} is ${wrong}`, async () => {
      assert.equal((await refusals(`/path-styles/${segments.with(index, wrong).join('/')}`)).length, 1);
    });
  }

  const queries: readonly (readonly [string, Record<string, unknown>])[] = [
    ['formList=1,2', { formList: [1, 2] }],
    ['formWords=a%2Cb,c', { formWords: ['a,b', 'c'] }],
    ['formListExploded=1&formListExploded=2', { formListExploded: [1, 2] }],
    ['formListExploded=1', { formListExploded: [1] }],
    ['formColor=R,100,G,200', { formColor: COLOR }],
    ['spaceList=1%202', { spaceList: [1, 2] }],
    ['spaceWords=a+b', { spaceWords: ['a', 'b'] }],
    ['spaceListExploded=1&spaceListExploded=2', { spaceListExploded: [1, 2] }],
    ['spaceColor=R%20100%20G%20200', { spaceColor: COLOR }],
    ['pipeList=1|2', { pipeList: [1, 2] }],
    ['pipeWords=a%7Cb', { pipeWords: ['a', 'b'] }],
    ['pipeListExploded=1&pipeListExploded=2', { pipeListExploded: [1, 2] }],
    ['pipeColor=R|100|G|200', { pipeColor: COLOR }],
    ['number=-1.5', { number: -1.5 }],
    ['flag=false', { flag: false }],
    ['nullable=null', { nullable: null }],
    ['nullable=3', { nullable: 3 }],
    ['limit=7', { limit: 7 }],
    ['at=2024-01-01T00:00:00Z', { at: '2024-01-01T00:00:00Z' }],
    ['day=2024-02-29', { day: '2024-02-29' }],
    ['id=0198d7a2-8f10-7cc3-9b55-1e3a0c6b7f21', { id: '0198d7a2-8f10-7cc3-9b55-1e3a0c6b7f21' }],
    ['reserved=a+b:/?@!$c', { reserved: 'a+b:/?@!$c' }],
    ['deep[minutes]=5&deep[words]=a&deep%5Bwords%5D=b', { deep: { minutes: 5, words: ['a', 'b'] } }],
    ['low=1&high=2', { spread: { low: 1, high: 2 } }],
    ['document=%7B%22R%22%3A100%2C%22G%22%3A200%7D', { document: COLOR }],
  ];
  for (const [query, expected] of queries) {
    // @requirement 68
    test(`come from the query ${query}, defaults applied`, async () => {
      assert.deepEqual(await given(`/query-styles?${query}`), { query: { limit: 20, ...expected } });
    });
  }

  const refusedQueries: readonly (readonly [string, string])[] = [
    ...[
      'Infinity',
      '-Infinity',
      '1e309',
      '0x10',
      '0b11',
      '1e1',
      '%2B5',
      '%2010%20',
      '05',
      '1.0',
      '',
      '0',
      '101',
    ].map((text) => [`limit=${text}`, 'limit'] as const),
    ['limit=1&limit=2', 'limit'],
    ['number=NaN', 'number'],
    ['number=1e400', 'number'],
    ['flag=1', 'flag'],
    ['flag=TRUE', 'flag'],
    ['day=2024-02-30', 'day'],
    ['day=0000-01-01', 'day'],
    ['at=now', 'at'],
    ['at=2024-01-01%2000:00:00Z', 'at'],
    ['id=urn:uuid:0198d7a2-8f10-7cc3-9b55-1e3a0c6b7f21', 'id'],
    ['nope=1', 'nope'],
    ['Limit=1', 'Limit'],
    ['deep[nope]=1', 'deep'],
    ['deep=1', 'deep'],
    ['deep[minutes]=1&deep[minutes]=2', 'deep'],
    ['document=%7B%22R%22%3A1%2C%22R%22%3A2%7D', 'document'],
    ['formColor=R,100', 'formColor'],
    ['formWords=a%00', 'formWords'],
    ['formWords=%ff', 'formWords'],
    ['formList=1,2,3,4,5,6', 'formList'],
    ['__proto__=1', '__proto__'],
  ];
  for (const [query, parameter] of refusedQueries) {
    // @requirement 66, 67
    test(`are refused in the query ${query}`, async () => {
      assert.deepEqual(await refusals(`/query-styles?${query}`), [parameter]);
    });
  }

  test('of any name go to an object with additional properties', async () => {
    assert.deepEqual(await given('/query-rest?a=1&own=x&b=2'), { query: { own: 'x', rest: { a: 1, b: 2 } } });
    assert.deepEqual(await refusals('/query-rest?a=1'), ['own']);
  });

  test('come from headers in style simple', async () => {
    const headers = {
      'X-Scalar': '5',
      'X-List': '1, 2',
      'X-List-Exploded': 'a,b',
      'X-Color': 'R,100,G,200',
      'X-Color-Exploded': 'R=100,G=200',
      'X-Document': '{"R":100,"G":200}',
    };
    assert.deepEqual(await given('/header-styles', headers), {
      headers: {
        'x-scalar': 5,
        'x-list': [1, 2],
        'x-list-exploded': ['a', 'b'],
        'x-color': COLOR,
        'x-color-exploded': COLOR,
        'x-document': COLOR,
      },
    });
    assert.deepEqual(await refusals('/header-styles', { 'X-Scalar': '1e1' }), ['X-Scalar']);
  });

  test('come from cookies in style form', async () => {
    const cookie = 'scalar=5; list=1,2; listExploded=1; listExploded=2; color=R,100,G,200; other=%zz';
    assert.deepEqual(await given('/cookie-styles', { cookie }), {
      cookies: { scalar: 5, list: [1, 2], listExploded: [1, 2], color: COLOR, theme: 'light' },
    });
    assert.deepEqual(await refusals('/cookie-styles', { cookie: 'theme=pink' }), ['theme']);
  });

  // @requirement 52, 73
  test('are named all at once, and never echoed', async () => {
    const answer = await call(api, '/query-styles?limit=secret1&flag=secret2&day=secret3');
    assert.equal(JSON.parse(answer.text).errors.length, 3);
    assert.doesNotMatch(answer.text, /secret/);
  });
});
