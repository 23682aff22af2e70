import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { suite, test } from 'node:test';
import { promisify } from 'node:util';
import { commandIn, migration } from '../testing/migration-project.ts';

interface Clone extends AsyncDisposable {
  readonly root: string;
  git(...args: string[]): Promise<unknown>;
  write(file: string, text: string): Promise<void>;
  commit(): Promise<void>;
  /** What `verify --files --base main` says. */
  verify(base?: string): Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }>;
}

const SCHEMA = migration('CREATE SCHEMA IF NOT EXISTS notes;', 'DROP SCHEMA IF EXISTS notes;');
const PAGES = migration('CREATE TABLE notes.pages (id uuid PRIMARY KEY);', 'DROP TABLE notes.pages;');
const TAGS = PAGES.replaceAll('pages', 'tags');

/** A repository whose branch main has two migrations, on a branch of its own. */
async function createClone(): Promise<Clone> {
  const root = await mkdtemp(join(tmpdir(), 'verify-base-'));
  const author = ['-c', 'user.name=a', '-c', 'user.email=a@example.com', '-c', 'commit.gpgsign=false'];
  const clone: Clone = {
    root,
    git: (...args) => promisify(execFile)('git', [...author, ...args], { cwd: root }),
    async write(file, text) {
      const path = join(root, 'migrations', file);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, text);
    },
    async commit() {
      await clone.git('add', '.');
      await clone.git('commit', '--quiet', '--allow-empty', '--message', 'A change');
    },
    verify: (base = 'main') => commandIn(root, ['verify', '--files', '--base', base], {}),
    [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }),
  };
  await clone.git('init', '--quiet', '--initial-branch', 'main');
  await clone.write('notes/00001_create_schema.sql', SCHEMA);
  await clone.write('notes/00002_create_pages.sql', PAGES);
  await clone.commit();
  await clone.git('checkout', '--quiet', '-b', 'branch');
  return clone;
}

suite('a branch', () => {
  test('may add migrations behind those of its base', async () => {
    await using clone = await createClone();
    await clone.write('notes/00003_create_tags.sql', TAGS);
    await clone.write('notes/00002_create_pages.sql', PAGES.replaceAll('\n', '\r\n'));
    assert.deepEqual(await clone.verify(), {
      code: 0,
      stdout:
        'files: 3 migrations of 1 modules are safe to run\nbase: the migrations of main are as they were\n',
      stderr: '',
    });
  });

  test('may not edit, rename or delete one of its base, committed or not', async () => {
    await using clone = await createClone();
    await clone.write('notes/00002_create_pages.sql', PAGES.replace('uuid', 'bigint'));
    const edited = await clone.verify();
    assert.equal(edited.code, 1);
    assert.equal(
      edited.stderr,
      'migrations/notes/00002_create_pages.sql:1:1 differs from main, where it may be applied already; put it back, and add a new migration instead.\n',
    );
    await clone.commit();
    assert.deepEqual(await clone.verify(), edited);

    await clone.write('notes/00002_create_pages.sql', PAGES);
    const folder = join(clone.root, 'migrations/notes');
    await rename(join(folder, '00002_create_pages.sql'), join(folder, '00004_create_pages.sql'));
    const renamed = await clone.verify();
    assert.equal(renamed.code, 1);
    assert.equal(
      renamed.stderr,
      'migrations/notes/00004_create_pages.sql:1:1 is migrations/notes/00002_create_pages.sql of main; give it that name again.\n',
    );

    await rm(join(folder, '00004_create_pages.sql'));
    const deleted = await clone.verify();
    assert.equal(deleted.code, 1);
    assert.equal(
      deleted.stderr,
      'migrations/notes/00002_create_pages.sql:1:1 is gone, and main has it; put it back, and undo it with a new migration.\n',
    );
  });

  test('may not slip one in before the last of its base, also when the base went on in the meantime', async () => {
    await using clone = await createClone();
    await clone.git('checkout', '--quiet', 'main');
    await clone.write('notes/00003_create_tags.sql', TAGS);
    await clone.write('notes/00004_create_moods.sql', PAGES.replaceAll('pages', 'moods'));
    await clone.commit();
    await clone.git('checkout', '--quiet', 'branch');
    // What the base got since is not gone from here.
    assert.equal((await clone.verify()).code, 0);
    await clone.write('notes/00003_create_links.sql', PAGES.replaceAll('pages', 'links'));
    const between = await clone.verify();
    assert.equal(between.code, 1);
    assert.equal(
      between.stderr,
      'migrations/notes/00003_create_links.sql:1:1 comes before migrations/notes/00004_create_moods.sql, which main has; number it above 4.\n',
    );
    await rm(join(clone.root, 'migrations/notes/00003_create_links.sql'));
    await clone.write('notes/00003_create_tags.sql', TAGS.replace('uuid', 'bigint'));
    assert.match((await clone.verify()).stderr, /00003_create_tags\.sql:1:1 differs from main/);
    await clone.write('notes/00003_create_tags.sql', TAGS);
    assert.equal((await clone.verify()).code, 0);
  });

  test('is not compared with what is not there, and that is said', async () => {
    await using clone = await createClone();
    for (const base of ['origin/main', '--upload-pack=x', 'no/such/branch']) {
      const { code, stderr } = await commandIn(clone.root, ['verify', '--files', `--base=${base}`], {});
      assert.equal(code, 2);
      assert.ok(stderr.startsWith(`There is no commit ${base} here to compare with: `), stderr);
    }
    await rm(join(clone.root, '.git'), { recursive: true });
    const { code, stderr } = await clone.verify();
    assert.equal(code, 2);
    assert.match(stderr, /^There is no Git repository here to compare with; leave out --base/);
  });

  test('of a shallow clone is compared with the base itself', async () => {
    await using clone = await createClone();
    await clone.write('notes/00003_create_tags.sql', TAGS);
    await clone.commit();
    const shallow = await mkdtemp(join(tmpdir(), 'verify-shallow-'));
    try {
      await clone.git('clone', '--quiet', '--depth=1', '--no-single-branch', `file://${clone.root}`, shallow);
      const args = ['verify', '--files', '--base', 'origin/main'];
      assert.equal((await commandIn(shallow, args, {})).code, 0);
      await rm(join(shallow, 'migrations/notes/00002_create_pages.sql'));
      assert.match((await commandIn(shallow, args, {})).stderr, /00002_create_pages\.sql:1:1 is gone/);
    } finally {
      await rm(shallow, { recursive: true });
    }
  });
});
