import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { formatDiagnostic } from '../diagnostics/sort-diagnostics.ts';
import { checkDocument, checkRequirements } from './check-requirements.ts';
import { findTags } from './find-tags.ts';
import { printRequirements } from './print-requirements.ts';
import { readRequirements } from './read-requirements.ts';

const YAML = `areas:
  - title: Tokens
    requirements:
      - number: 1
        sentence: A | b
        source: RFC 1
      - number: 2
        sentence: Owners only
      - number: 3
        sentence: Not yet
        state: open
        remark: This was not tried.
`;

/** Not as it stands in a test, so that this file itself has no tags. */
const TAG = 'requirement';
const TESTS = `
suite('outer', () => {
  suite('inner', () => {
    test('another', () => {});
  });

  // @${TAG} 1, 2
  test(
    'it\\'s proven',
    () => {},
  );
  for (const what of []) {
    suite("of many", () => {
      // @${TAG} 2
      test(\`with \${what}\`, () => {});
    });
  }
});
// @${TAG} 1
suite('whole', () => {});
`;

function lines(diagnostics: readonly Diagnostic[]): readonly string[] {
  return diagnostics.map((diagnostic) => formatDiagnostic(diagnostic));
}

const requirements = readRequirements('r.yaml', YAML);
const { tests } = findTags('a/b.test.ts', TESTS);

suite('tags', () => {
  test('are read with the titles of the test and of the suites around it', () => {
    assert.deepEqual(
      tests.map((tagged) => [tagged.at.line, tagged.requirements, tagged.titles.join(' › ')]),
      [
        [7, [1, 2], "outer › it's proven"],
        [14, [2], 'outer › of many › with ${what}'],
        [19, [1], 'whole'],
      ],
    );
  });

  for (const [what, source, expected] of [
    [
      'without a number',
      "// @requirement\ntest('a')",
      'a.test.ts:1:1 requirement-tag: this tag cannot be read',
    ],
    [
      'with a name',
      "  // @requirements abc\n  test('a')",
      'a.test.ts:1:3 requirement-tag: this tag cannot be read',
    ],
    [
      'above no test',
      '// @requirement 1\nconst a = 1;',
      'a.test.ts:1:1 requirement-tag: this tag is not right above',
    ],
    [
      'above a title that is computed',
      '// @requirement 1\ntest(title)',
      'a.test.ts:1:1 requirement-tag: this tag is',
    ],
  ] as const) {
    test(`are a finding ${what}`, () => {
      const found = findTags('a.test.ts', source);
      assert.deepEqual(found.tests, []);
      assert.equal(found.diagnostics.length, 1);
      assert.ok(lines(found.diagnostics)[0]?.startsWith(expected), lines(found.diagnostics)[0]);
    });
  }
});

suite('requirements', () => {
  for (const [what, from, to, expected] of [
    [
      'a number that is left out',
      'number: 2',
      'number: 4',
      'r.yaml:7:17 requirements: 2 was expected here, not 4',
    ],
    [
      'a number that comes twice',
      'number: 2',
      'number: 1',
      'r.yaml:7:17 requirements: 2 was expected here, not 1',
    ],
    [
      'a misspelt member',
      'source',
      'sorce',
      'r.yaml:4:9 requirements: this must NOT have additional properties (sorce)',
    ],
    [
      'an unknown state',
      'state: open',
      'state: half',
      'r.yaml:11:16 requirements: this must be equal to one of the allowed values',
    ],
    [
      'a state without a remark',
      /\n +remark.*/,
      '',
      "r.yaml:9:9 requirements: this must have required property 'remark'",
    ],
    ['text that is no YAML', 'A | b', '"A', 'r.yaml:13:1 requirements: Missing closing'],
  ] as const) {
    test(`are refused with ${what}`, () => {
      const found = lines(readRequirements('r.yaml', YAML.replace(from, to)).diagnostics);
      assert.ok(
        found.some((line) => line.startsWith(expected)),
        found.join('\n'),
      );
    });
  }

  test('that are held need a test', () => {
    assert.deepEqual(checkRequirements(requirements, tests), []);
    assert.deepEqual(lines(checkRequirements(requirements, [])), [
      'r.yaml:4:17 requirement-without-test: no test proves requirement 1; write // @requirement 1 above the one that does, or give it a state',
      'r.yaml:7:17 requirement-without-test: no test proves requirement 2; write // @requirement 2 above the one that does, or give it a state',
    ]);
  });

  test('that do not exist are not proven by a tag', () => {
    const planted = findTags('a.test.ts', "// @requirement 1, 2, 79\ntest('a')").tests;
    assert.deepEqual(lines(checkRequirements(requirements, planted)), [
      'a.test.ts:1:1 unknown-requirement: there is no requirement 79 in docs/requirements.yaml',
    ]);
  });
});

suite('the page', () => {
  const page = printRequirements(requirements, tests);

  test('has a row for each requirement with its tests, file by file', () => {
    assert.deepEqual(
      page.split('\n').filter((line) => /^\| \d/.test(line)),
      [
        String.raw`| 1 | A \| b | RFC 1 | held | [b.test.ts](../a/b.test.ts): ` +
          "`outer › it's proven`, `whole` |",
        '| 2 | Owners only | our own | held | [b.test.ts](../a/b.test.ts): ' +
          "`outer › it's proven`, `outer › of many › with ${what}` |",
        '| 3 | Not yet | our own | open | This was not tried. |',
      ],
    );
  });

  test('is the same in whatever order the tests are found', () => {
    const other = findTags('a/a.test.ts', "// @requirement 1\ntest('a')").tests;
    assert.equal(
      printRequirements(requirements, [...tests, ...other]),
      printRequirements(requirements, [...other, ...tests]),
    );
  });

  test('is stale from the first line that differs', () => {
    assert.deepEqual(checkDocument('r.md', page, page), []);
    const renamed = page.replace('`whole`', '`gone`');
    assert.deepEqual(lines(checkDocument('r.md', renamed, page)), [
      `r.md:${page.split('\n').findIndex((line) => line.includes('`whole`')) + 1}:1 stale-document: this is stale; run npm run docs:requirements`,
    ]);
    assert.equal(checkDocument('r.md', '', page).length, 1);
  });
});
