import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { memberLines, withMemberAt } from './spec-file.ts';

const SPEC = `# Jars.
openapi: 3.1.0
paths: # all of them
  /jars: { get: { summary: List } } # in braces

  # One jar.
  '/jars/{jarId}':
    get:
      description: |
        Gives it.

        Whole.

    # Nothing else yet.

components:
  schemas: {}
  # The end.
`;

suite('a spec with one member more', () => {
  const cases: readonly (readonly [
    what: string,
    path: readonly string[],
    key: string,
    before: string,
    after: string,
  ])[] = [
    [
      'behind the last one of its mapping, comments and blank lines untouched',
      ['paths', '/jars/{jarId}'],
      'put',
      '        Whole.\n',
      '        Whole.\n    put:\n      a: 1\n      b:\n        - c\n',
    ],
    [
      'in an inner mapping of the last member',
      ['paths'],
      '/lids',
      '        Whole.\n',
      '        Whole.\n  /lids:\n    a: 1\n    b:\n      - c\n',
    ],
    [
      'where the mapping is empty',
      ['components', 'schemas'],
      'Jar',
      '  schemas: {}\n',
      '  schemas:\n    Jar:\n      a: 1\n      b:\n        - c\n',
    ],
    [
      'with the mappings that are missing',
      ['components', 'parameters'],
      'JarId',
      '  schemas: {}\n',
      '  schemas: {}\n  parameters:\n    JarId:\n      a: 1\n      b:\n        - c\n',
    ],
  ];
  for (const [what, path, key, before, after] of cases) {
    test(what, () => {
      assert.equal(
        withMemberAt('a.yaml', SPEC, path, key, ['a: 1', 'b:', '  - c']),
        SPEC.replace(before, after),
      );
    });
  }

  test('where nothing stands behind the key, or nothing behind the file', () => {
    assert.equal(
      withMemberAt('a.yaml', 'paths: # none\nb: 1\n', ['paths'], '/a', ['c: 1']),
      'paths: # none\n  /a:\n    c: 1\nb: 1\n',
    );
    assert.equal(
      withMemberAt('a.yaml', 'paths:\n  /a: 1', ['paths'], '/b', ['c: 1']),
      'paths:\n  /a: 1\n  /b:\n    c: 1',
    );
  });

  test('is refused where lines cannot be added, and where there is no spec', () => {
    const refusals: readonly (readonly [text: string, path: readonly string[], message: RegExp])[] = [
      [SPEC, ['paths', '/jars'], /^a\.yaml has paths > \/jars in braces: write it as lines first\.$/],
      ['paths: [1]\n', ['paths'], /something else than a mapping/],
      ['paths: text\n', ['paths'], /something else than a mapping/],
      ['- 1\n', ['paths'], /^a\.yaml is no valid spec/],
      ['{ paths: {} }\n', ['paths'], /^a\.yaml is no valid spec/],
      ['a: "\n', ['paths'], /^a\.yaml is no valid spec/],
    ];
    for (const [text, path, message] of refusals) {
      assert.throws(
        () => withMemberAt('a.yaml', text, path, 'get', ['a: 1']),
        { name: 'Refusal', message },
        text,
      );
    }
  });

  test('gives the lines of a member without their indentation', () => {
    assert.deepEqual(memberLines('a.yaml', SPEC, ['paths', '/jars/{jarId}', 'get']), [
      'get:',
      '  description: |',
      '    Gives it.',
      '',
      '    Whole.',
    ]);
    assert.equal(memberLines('a.yaml', SPEC, ['paths', '/lids']), undefined);
    assert.equal(memberLines('a.yaml', SPEC, ['openapi', 'x']), undefined);
  });
});
