import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { env } from 'node:process';
import { suite, test } from 'node:test';
import { memoryFolder } from '../process/memory-folder.ts';
import { ROOM_BYTES } from './main.ts';

const MAIN = import.meta.resolve('./main.ts');
const DATABASE = import.meta.resolve('../../tests/kit/database.ts');

const PASSING = `
  import { test } from 'node:test';
  test('adds', () => {});
`;
const ON_DATABASE = `
  import assert from 'node:assert/strict';
  import { mkdtemp } from 'node:fs/promises';
  import { availableParallelism, tmpdir } from 'node:os';
  import { test } from 'node:test';
  import { createTestDatabase } from ${JSON.stringify(DATABASE)};
  test('finds what the migrations made', async () => {
    await mkdtemp(tmpdir() + '/left-behind-');
    await using db = await createTestDatabase();
    const { rows } = await db.database.query('SELECT title FROM notes.pages');
    assert.equal(rows[0]?.title, process.env.EXPECTED ?? 'from the template');
  });
`;
const HANGING = `
  import { test } from 'node:test';
  test('never ends', async () => {
    process.stdout.write('hanging\\n');
    process.on('SIGTERM', () => {});
    await new Promise((resolve) => { setTimeout(resolve, 600_000); });
  });
`;
const MIGRATION = `-- Up Migration
CREATE SCHEMA notes;
CREATE TABLE notes.pages AS SELECT 'from the template' AS title;
`;

interface Run {
  readonly code: number | null;
  readonly output: string;
  /** What is left in the folder for temporary files. */
  readonly left: readonly string[];
}

/** Runs the command on a project of the given files. */
async function runTests(
  files: Readonly<Record<string, string>>,
  options: {
    readonly args?: readonly string[];
    readonly env?: NodeJS.ProcessEnv;
    readonly interruptAt?: string;
  } = {},
): Promise<Run> {
  const root = await mkdtemp(join(tmpdir(), 'runner-'));
  // Short, and open to the account that the server runs as, as /tmp is.
  const temporary = await mkdtemp(join(tmpdir(), 'temporary-'));
  await chmod(temporary, 0o1777);
  try {
    for (const [file, text] of Object.entries(files)) {
      await mkdir(dirname(join(root, file)), { recursive: true });
      await writeFile(join(root, file), text);
    }
    const script = `import { main } from ${JSON.stringify(MAIN)};
      process.exitCode = await main(${JSON.stringify(options.args ?? [])}, process.env, ${JSON.stringify(root)});`;
    const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
      env: { ...env, TMPDIR: temporary, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
        if (options.interruptAt !== undefined && output.includes(options.interruptAt)) {
          child.kill('SIGINT');
        }
      });
    }
    await once(child, 'close');
    return { code: child.exitCode, output, left: await readdir(temporary) };
  } finally {
    await rm(root, { recursive: true, force: true });
    await rm(temporary, { recursive: true, force: true });
  }
}

suite('the test command', () => {
  test('gives each test a migrated database and leaves nothing behind', async () => {
    const files = {
      'migrations/notes/00001_create.sql': MIGRATION,
      'src/a.test.ts': PASSING,
      'src/b.db.test.ts': ON_DATABASE,
    };
    const passed = await runTests(files, { args: ['--verbose'] });
    assert.match(passed.output, /finds what the migrations made/);
    assert.match(passed.output, /\n2 passed, 0 failed\n$/);
    assert.deepEqual([passed.code, passed.left], [0, []]);
    const failed = await runTests(files, { env: { EXPECTED: 'something else' } });
    assert.match(
      failed.output,
      /✖ finds what the migrations made\n {2}src\/b\.db\.test\.ts:7\n.*something else/s,
    );
    assert.match(failed.output, /What failed:\n {2}src\/b\.db\.test\.ts:7 finds what the migrations made\n/);
    assert.match(failed.output, /\n1 passed, 1 failed\n$/);
    assert.deepEqual([failed.code, failed.left], [1, []]);
  });

  test('keeps temporary files in memory where there is room, unless TMPDIR says where', async () => {
    const says = `
      import { test } from 'node:test';
      test('says', () => process.stdout.write('in ' + process.env.TMPDIR + '\\n'));
    `;
    const where = async (variables: NodeJS.ProcessEnv): Promise<string> => {
      const { output } = await runTests({ 'src/a.test.ts': says }, { env: variables });
      return dirname(/^in (\S+)$/m.exec(output)?.[1] ?? output);
    };
    const inMemory = await memoryFolder({ roomBytes: ROOM_BYTES, programs: true });
    assert.equal(await where({ TMPDIR: undefined }), inMemory ?? '/tmp');
    assert.equal(await where({ TMPDIR: tmpdir() }), tmpdir());
  });

  test('says of each file how far the run is', async () => {
    const run = await runTests({ 'src/a.io.test.ts': PASSING, 'src/b.io.test.ts': PASSING });
    assert.match(run.output, /^\[1\/2\] ✔ +[0-9.]+ s {2}src\/[ab]\.io\.test\.ts \(1 test\)\n\[2\/2\] ✔/);
  });

  for (const [does, text] of Object.entries({
    'writes a file': `import { writeFileSync } from 'node:fs'; test('x', () => writeFileSync('x.txt', ''));`,
    'starts a process': `import { spawnSync } from 'node:child_process'; test('x', () => void spawnSync('true'));`,
    'starts a thread': `import { Worker } from 'node:worker_threads'; test('x', () => void new Worker('0', { eval: true }));`,
  })) {
    test(`refuses a unit test that ${does}`, async () => {
      const run = await runTests({ 'src/a.test.ts': `import { test } from 'node:test';\n${text}` });
      assert.match(
        run.output,
        /✖ x\n {2}src\/a\.test\.ts:2\n {2}A unit test does no I\/O; one that must is named x\.io\.test\.ts\./,
      );
      assert.equal(run.code, 1);
    });
  }

  test('runs a file for each processor at a time, and names the slowest ones', async () => {
    const waits = Array.from({ length: availableParallelism() }, (_, index) => index);
    const meeting = await mkdtemp(join(tmpdir(), 'meeting-'));
    // Each file comes to the meeting and leaves when all are there: with fewer at a time none ever leaves.
    const meets = (index: number): string => `
      import { readdirSync, writeFileSync } from 'node:fs';
      import { test } from 'node:test';
      test('meets the others', { timeout: 60_000 }, async () => {
        writeFileSync(${JSON.stringify(meeting)} + '/${index}', '');
        while (readdirSync(${JSON.stringify(meeting)}).length < ${waits.length}) {
          await new Promise((resolve) => { setTimeout(resolve, 10); });
        }
      });
    `;
    const quick = Array.from({ length: 10 }, (_, index) => [`src/z/${index}.io.test.ts`, PASSING]);
    const meetings = waits.map((index) => [`src/${index}.io.test.ts`, meets(index)]);
    const run = await runTests(Object.fromEntries([...meetings, ...quick]));
    await rm(meeting, { recursive: true });
    assert.equal(run.code, 0, run.output);
    assert.match(
      run.output,
      /\nThe slowest files:\n(?: +[0-9.]+ s  src\/[^\n]+\.test\.ts\n){10}\d+ passed, 0 failed\n$/,
    );
  });

  test('starts no server for unit tests', async () => {
    const run = await runTests(
      { 'src/a.test.ts': PASSING, 'src/b.db.test.ts': 'throw new Error("it was run");' },
      { args: ['--unit'] },
    );
    assert.deepEqual([run.code, run.left], [0, []]);
    assert.match(run.output, /^1 passed, 0 failed$/m);
  });

  test('ends its tests and its server on Ctrl-C, those that do not listen included', async () => {
    const run = await runTests(
      { 'migrations/notes/00001_create.sql': MIGRATION, 'src/hang.db.test.ts': HANGING },
      { interruptAt: 'hanging' },
    );
    assert.deepEqual([run.code, run.left], [130, []]);
  });

  test('fails when no test ran', async () => {
    assert.equal((await runTests({})).code, 1);
    assert.equal((await runTests({ 'src/a.test.ts': PASSING }, { args: ['src/other'] })).code, 1);
    const unnamed = await runTests({ 'src/a.test.ts': PASSING }, { args: ['--name', 'no such'] });
    assert.match(unnamed.output, /No test ran/);
    assert.equal(unnamed.code, 1);
  });

  test('says where a migration fails instead of running anything', async () => {
    const run = await runTests({
      'migrations/notes/00001_create.sql': '-- Up Migration\nCREATE SCHEMMA notes;\n',
      'src/b.db.test.ts': ON_DATABASE,
    });
    assert.match(run.output, /^migrations\/notes\/00001_create\.sql:2:8 syntax error/m);
    assert.doesNotMatch(run.output, /\n\s+at /);
    assert.deepEqual([run.code, run.left], [1, []]);
  });

  test('refuses options that it does not know', async () => {
    const run = await runTests({ 'src/a.test.ts': PASSING }, { args: ['--fast'] });
    assert.match(run.output, /^Usage:/);
    assert.equal(run.code, 2);
  });
});
