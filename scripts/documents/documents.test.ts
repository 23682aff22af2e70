import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { formatDiagnostic, sortDiagnostics } from '../diagnostics/sort-diagnostics.ts';
import { checkDecisions } from './check-decisions.ts';
import { anchorsOf, checkReferences, type Project } from './check-references.ts';
import { checkTree, type Folders } from './check-tree.ts';
import { checkWords } from './plain-words.ts';

function lines(diagnostics: readonly Diagnostic[]): readonly string[] {
  return sortDiagnostics(diagnostics).map((diagnostic) => formatDiagnostic(diagnostic));
}

suite('plain words', () => {
  for (const [text, expected] of [
    ['// Whoever calls it answers for it.', '1:4 plain-words: "Whoever" is hard to read'],
    ['a\n * lest it fail', '2:4 plain-words: "lest" is hard to read'],
    ['Measured anew.', '1:10 plain-words: "anew" is hard to read'],
    ["nobody's", '1:1 plain-words: "nobody\'s" is hard to read'],
    ['Requirements of the door', '1:17 plain-words: "the door" is hard to read'],
    ['foreign keys, foreign files', '1:15 plain-words: "foreign" is hard to read'],
    ['warm standby', '1:6 plain-words: "standby" is hard to read'],
    ['two setbacks', '1:5 plain-words: "setbacks" is hard to read'],
    ['kept things', '1:1 plain-words: "kept things" is hard to read'],
    ['./measure-rest.ts', '1:3 plain-words: "measure-rest" is hard to read'],
  ] as const) {
    test(`find "${text}"`, () => {
      const found = lines(checkWords('a.md', text));
      assert.equal(found.length, 1, found.join('\n'));
      assert.ok(found[0]?.startsWith(`a.md:${expected}; `), found[0]);
    });
  }

  test('leave other text alone', () => {
    assert.deepEqual(
      checkWords('a.ts', 'The newest foreign key; the doors; a foreigner; nobody; molest.'),
      [],
    );
  });
});

suite('references of a document', () => {
  const anchors = anchorsOf('# What to touch\n\n## `npm run x`: a *b*, c_d\ntext # none\n');
  const files = new Set(['README.md', 'docs/adr/README.md', 'src/kernel', 'docs/images/a.png']);
  const project: Project = {
    has: (path) => files.has(path.replace(/\/$/, '')),
    anchorsOf: (path) => (path.endsWith('.md') ? anchors : undefined),
    scripts: new Set(['check', 'check:law']),
  };
  const check = (text: string): readonly string[] =>
    lines(checkReferences('docs/adr/README.md', text, project));

  test('are fine when they lead somewhere', () => {
    assert.deepEqual([...anchors], ['what-to-touch', 'npm-run-x-a-b-c_d']);
    assert.deepEqual(
      check(
        [
          '[a](../../README.md) [b](../../README.md#what-to-touch) [c](#what-to-touch) [d](https://example.com/x)',
          '![e](../images/a.png) `src/kernel/` and `src/<module>/` and `src/**`; npm run -s check:law -- x, npm run check.',
        ].join('\n'),
      ),
      [],
    );
  });

  for (const [what, text, expected] of [
    ['a file', '[a](../gone.md)', '1:3 dead-link: there is no docs/gone.md'],
    ['a heading', 'x\n[a](../../README.md#gone)', '2:3 dead-link: README.md has no heading #gone'],
    ['a script', '`npm run check:gone`', '1:2 unknown-command: package.json has no script check:gone'],
    ['a path', 'in `src/gone.ts`', '1:4 dead-path: there is no src/gone.ts'],
  ] as const) {
    test(`are found when they name ${what} that is not there`, () => {
      assert.deepEqual(check(text), [`docs/adr/README.md:${expected}`]);
    });
  }
});

function decisionsIn(files: Readonly<Record<string, string>>): readonly string[] {
  return lines(checkDecisions(new Map(Object.entries(files))));
}

suite('decisions', () => {
  const page = '# 0001: A\n\nStatus: accepted\n\n## Context\n\n## Decision\n\n## Consequences\n';

  test('are fine with a number, their parts and a line in the index', () => {
    assert.deepEqual(
      decisionsIn({ 'docs/adr/README.md': '[0001](0001-a.md)', 'docs/adr/0001-a.md': page, 'docs/b.md': '' }),
      [],
    );
  });

  for (const [what, files, expected] of [
    [
      'that are not in the index',
      { 'docs/adr/0001-a.md': page },
      'docs/adr/0001-a.md:1:1 decision: docs/adr/README.md has no link',
    ],
    [
      'with a number that is taken',
      { 'docs/adr/0001-a.md': page, 'docs/adr/0001-b.md': page },
      'docs/adr/0001-b.md:1:1 decision: the number 0001 is taken',
    ],
    [
      'without a number',
      { 'docs/adr/a.md': page },
      'docs/adr/a.md:1:1 decision: the name of a decision begins',
    ],
    [
      'with the title of another',
      { 'docs/adr/0002-a.md': page },
      'docs/adr/0002-a.md:1:1 decision: a decision begins with "# 0002: "',
    ],
    [
      'without a status',
      { 'docs/adr/0001-a.md': page.replace('Status', 'State') },
      'docs/adr/0001-a.md:1:1 decision: a decision has a line "Status',
    ],
    [
      'without a part',
      { 'docs/adr/0001-a.md': page.replace('## Decision', '') },
      'docs/adr/0001-a.md:1:1 decision: a decision has a part "## Decision"',
    ],
  ] as const) {
    test(`are found ${what}`, () => {
      assert.ok(
        decisionsIn(files).some((line) => line.startsWith(expected)),
        decisionsIn(files).join('\n'),
      );
    });
  }
});

suite('the tree of folders', () => {
  const tree = [
    '# A',
    '## The tree',
    '',
    '```',
    'src/                 the code',
    '  main.ts              entry',
    '  kernel/              shared:',
    '                       `a.ts` and more',
    '    auth/ http/          two of them',
    '  modules/<module>/    one context',
    '    domain/              rules',
    'docs/                documents',
    '```',
  ];
  const below: Readonly<Record<string, readonly string[]>> = {
    '': ['src', 'docs'],
    src: ['kernel', 'modules'],
    'src/kernel': ['auth', 'http'],
  };
  const files = new Set([
    'src',
    'src/main.ts',
    'src/kernel',
    'src/kernel/auth',
    'src/kernel/http',
    'src/modules',
    'docs',
  ]);
  const check = (text: readonly string[], folders: Partial<Folders> = {}): readonly string[] =>
    lines(
      checkTree('A.md', text.join('\n'), {
        has: (path) => files.has(path),
        foldersIn: (path) => below[path] ?? [],
        ...folders,
      }),
    );

  test('is fine when each name exists and no folder is left out', () => {
    assert.deepEqual(check(tree), []);
    assert.deepEqual(check(['# A']), []);
  });

  test('is wrong about what is not there', () => {
    const moved = tree.map((line) => line.replace('http/', 'server/'));
    assert.deepEqual(check(moved), [
      'A.md:4:1 tree: the tree does not show src/kernel/http',
      'A.md:9:1 tree: there is no src/kernel/server',
    ]);
  });

  test('is wrong when it leaves a folder out', () => {
    assert.deepEqual(check(tree, { foldersIn: (path) => [...(below[path] ?? []), 'extra'] }), [
      'A.md:4:1 tree: the tree does not show extra',
      'A.md:4:1 tree: the tree does not show src/extra',
      'A.md:4:1 tree: the tree does not show src/kernel/extra',
    ]);
  });
});
