import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, suite, test } from 'node:test';

import { main } from './main.ts';
import { documentOf, operationOf, TODAY } from './testing/documents.ts';

const text = { type: 'string' };
const contract = (...names: readonly string[]): string =>
  documentOf({
    '/a': { post: operationOf({ answer: Object.fromEntries(names.map((name) => [name, text])) }) },
  });

let root: string;
before(async () => {
  root = await mkdtemp(join(tmpdir(), 'contract-diff-'));
});
after(() => rm(root, { recursive: true, force: true }));

async function write(file: string, content: string): Promise<void> {
  await mkdir(dirname(join(root, file)), { recursive: true });
  await writeFile(join(root, file), content);
}

function git(...args: readonly string[]): void {
  execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args], { cwd: root });
}

async function run(
  ...args: readonly string[]
): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
  let out = '';
  let err = '';
  const code = await main(args, {
    root,
    today: TODAY,
    stdout: (part) => (out += part),
    stderr: (part) => (err += part),
  });
  return { code, out: out.replaceAll(`${root}/`, ''), err: err.replaceAll(`${root}/`, '') };
}

const files = ([base, head]: readonly [string, string]): readonly string[] => [
  '--base-file',
  join(root, base),
  '--head-file',
  join(root, head),
];

suite('two documents', () => {
  before(async () => {
    await write('old.json', contract('a', 'b'));
    await write('new.json', contract('a'));
    await write('broken.yaml', 'openapi: 3.1.0\npaths: [\n');
    await write('split.yaml', 'openapi: 3.1.0\npaths: { /a: { $ref: parts/a.yaml } }\n');
    await write('parts/a.yaml', JSON.stringify({ post: operationOf({ answer: { a: text } }) }));
  });

  test('a break is told with its place, and ends with 1', async () => {
    const { code, out } = await run(...files(['old.json', 'new.json']));
    assert.equal(code, 1);
    assert.match(
      out,
      /^old\.json:\d+:\d+ response-required-property-removed: b of the 200 response: is gone\n {2}POST \/a; the place is in old\.json; breaks callers that are deployed, code on the SDK\n1 breaking change, 0 others, 0 changes of words since old\.json: the next version is a major one\.\n$/,
    );
  });

  test('what breaks nobody ends with 0', async () => {
    const { code, out } = await run(...files(['new.json', 'old.json']));
    assert.equal(code, 0);
    assert.match(out, /0 breaking changes, 1 other, 0 changes of words .* a minor one\.\n$/);
    assert.deepEqual(await run(...files(['new.json', 'new.json'])), {
      code: 0,
      out: 'nothing changed since new.json.\n',
      err: '',
    });
  });

  test('JSON has what programs need', async () => {
    const { code, out } = await run(...files(['old.json', 'new.json']), '--format', 'json');
    assert.equal(code, 1);
    const {
      step,
      changes,
    }: { readonly step: string; readonly changes: readonly Readonly<Record<string, unknown>>[] } =
      JSON.parse(out);
    assert.equal(step, 'major');
    assert.equal(changes.length, 1);
    const { line, column, ...rest } = changes[0] ?? {};
    assert.ok(Number(line) > 10 && Number(column) > 1);
    assert.deepEqual(rest, {
      rule: 'response-required-property-removed',
      breaking: true,
      breaks: ['wire', 'sdk'],
      step: 'major',
      operation: 'POST /a',
      alsoIn: [],
      pointer: '/paths/~1a/post/responses/200/content/application~1json/schema/properties/b',
      file: 'old.json',
      side: 'base',
      message: 'b of the 200 response: is gone',
    });
  });

  test('Markdown is a table, and GitHub gets annotations of the new document', async () => {
    const markdown = await run(...files(['old.json', 'new.json']), '--format', 'markdown');
    assert.match(
      markdown.out,
      /### Breaking\n\n\| Operation \|.*\n.*\n\| POST \/a \| b of the 200 response: is gone \(`response-required-property-removed`\) \|/,
    );
    const github = await run(...files(['old.json', 'new.json']), '--format', 'github');
    assert.match(
      github.out,
      /^::error file=new\.json,line=\d+,col=\d+,title=response-required-property-removed::POST \/a: /,
    );
  });

  test('files that a document refers to are read', async () => {
    const { code, out } = await run(...files(['split.yaml', 'new.json']));
    assert.equal(code, 0, out);
  });

  for (const [name, args, sentence] of [
    [
      'a file that is not there',
      ['none.yaml', 'new.json'],
      /none\.yaml cannot be read: there is no such file\.\n$/,
    ],
    [
      'a file that is no YAML',
      ['broken.yaml', 'new.json'],
      /broken\.yaml:\d+:\d+ yaml-syntax: .*\n.*broken\.yaml cannot be read\n$/,
    ],
    ['a file that is no contract', ['parts/a.yaml', 'new.json'], /is no OpenAPI 3 document/],
  ] as const) {
    test(`${name} ends with 2`, async () => {
      const { code, err } = await run(...files(args));
      assert.equal(code, 2);
      assert.match(err, sentence);
    });
  }
});

suite('the specs of a commit', () => {
  before(async () => {
    git('init', '-q', '-b', 'main');
    await write('specs/openapi.yaml', documentOf({}));
    await write('specs/thing/openapi.yaml', contract('a', 'b'));
    git('add', 'specs');
    git('commit', '-q', '-m', 'Begin');
    git('tag', 'v1.0.0');
    await write('specs/thing/openapi.yaml', contract('a'));
  });

  test('the working tree is compared with the last release, or with a commit', async () => {
    for (const args of [[], ['--base', 'main']]) {
      const { code, out, err } = await run(...args);
      assert.equal(code, 1);
      assert.match(out, /^specs\/thing\/openapi\.yaml:\d+:\d+ response-required-property-removed/);
      assert.match(out, args.length === 0 ? /the place is in v1\.0\.0/ : /the place is in main/);
      assert.match(err, /accept the break with its reason in specs\/\.accepted-changes\.yaml/);
    }
  });

  test('a break that was accepted ends with 0, an entry that accepts nothing with 1', async () => {
    const entry = {
      rule: 'response-required-property-removed',
      operation: 'POST /a',
      reason: 'Nobody reads it.',
      until: '2027-01-31',
    };
    await write('specs/.accepted-changes.yaml', JSON.stringify([entry]));
    const accepted = await run('--base', 'main');
    assert.equal(accepted.code, 0);
    assert.match(accepted.out, /accepted: Nobody reads it\.\n1 breaking change \(1 accepted\)/);
    await write('specs/.accepted-changes.yaml', JSON.stringify([entry, { ...entry, operation: 'GET /b' }]));
    const stale = await run('--base', 'main');
    assert.equal(stale.code, 1);
    assert.match(stale.err, /this accepts no break/);
    await rm(join(root, 'specs/.accepted-changes.yaml'));
  });

  for (const [name, args, sentence] of [
    ['a commit that is not there', ['--base', 'nowhere'], /There is no commit nowhere here/],
    ['a format that is not there', ['--format', 'xml'], /There is no format xml\.\nUsage: /],
    ['one file', ['--base-file', 'a'], /--base-file and --head-file go together/],
    ['a file and a commit', ['--base', 'main', '--base-file', 'a', '--head-file', 'b'], /not with both/],
    ['an unknown option', ['--bass', 'main'], /--bass/],
  ] as const) {
    test(`${name} ends with 2`, async () => {
      const { code, err } = await run(...args);
      assert.equal(code, 2);
      assert.match(err, sentence);
    });
  }

  test('without a release somebody has to say with what', async () => {
    git('tag', '-d', 'v1.0.0');
    const { code, err } = await run();
    assert.equal(code, 2);
    assert.match(err, /There is no release to compare with .* --base origin\/main/);
  });
});
