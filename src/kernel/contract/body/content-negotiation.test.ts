import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { isAccepted, parseMediaType, preferredType } from './content-negotiation.ts';

suite('parseMediaType', () => {
  test('reads type and parameters in any case, with quotes', () => {
    const type = parseMediaType('Text/HTML ; Charset="utf-8";x="a\\"b;c"');
    assert.equal(type?.essence, 'text/html');
    assert.deepEqual(
      [...(type?.parameters ?? [])],
      [
        ['charset', 'utf-8'],
        ['x', 'a"b;c'],
      ],
    );
  });

  for (const text of [
    '',
    'text',
    'text/',
    '/html',
    'text/html; charset',
    'text/html; =x',
    'text/ht ml',
    'a/b/c',
  ]) {
    test(`does not read "${text}"`, () => assert.equal(parseMediaType(text), undefined));
  }
});

suite('isAccepted', () => {
  const cases: readonly (readonly [string | undefined, readonly string[], boolean])[] = [
    [undefined, ['application/json'], true],
    ['application/json', ['application/json'], true],
    ['text/*', ['text/plain'], true],
    ['text/plain', ['image/png', 'text/plain'], true],
    ['image/png', ['image/*'], true],
    ['text/plain', ['image/*'], false],
    ['*/*;q=0', ['application/json'], false],
    ['application/json;q=0, */*', ['application/json'], false],
    ['application/*;q=0, application/json', ['application/json'], true],
    ['application/json;q=0.001', ['application/json'], true],
    ['application/json;charset=utf-8', ['application/json'], true],
    [`${'a/b,'.repeat(1000)}text/x`, ['application/json'], true],
  ];
  for (const [accept, offered, expected] of cases) {
    test(`${accept?.slice(0, 60) ?? 'nothing'} ${expected ? 'takes' : 'does not take'} ${offered.join(', ')}`, () => {
      assert.equal(isAccepted(accept, offered), expected);
    });
  }
});

suite('preferredType', () => {
  const offered = ['application/json', 'text/csv'];
  for (const [accept, expected] of [
    [undefined, 'application/json'],
    ['', 'application/json'],
    ['*/*', 'application/json'],
    ['text/csv', 'text/csv'],
    ['text/*', 'text/csv'],
    ['TEXT/CSV;q=0.5', 'text/csv'],
    ['application/json;q=0.5, text/csv', 'text/csv'],
    ['application/json, text/csv;q=0.5', 'application/json'],
    ['*/*;q=0.1, text/csv', 'text/csv'],
    ['text/csv, application/json', 'application/json'],
    ['application/json;q=0, */*', 'text/csv'],
  ] as const) {
    test(`of JSON and CSV is ${expected} for ${accept ?? 'nothing'}`, () => {
      assert.equal(preferredType(accept, offered), expected);
    });
  }
});
