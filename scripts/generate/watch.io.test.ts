import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { suite, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';

import tasks from '../../.vscode/tasks.json' with { type: 'json' };
import { withRunLock } from './cache/run-lock.ts';
import { recordOutput, SampleProject } from './testing/sample-project.ts';
import { watchSources } from './watch.ts';

/** What the editor's task waits for to know that a run begins or ends. */
const background = tasks.tasks
  .flatMap(({ problemMatcher }) => (typeof problemMatcher === 'object' ? [problemMatcher] : []))
  .flatMap((matcher) => ('background' in matcher && matcher.background ? [matcher.background] : []))[0];
const BEGINS = new RegExp(background?.beginsPattern ?? '^$', 'm');
const ENDS = new RegExp(background?.endsPattern ?? '^$', 'm');

/** A project being watched: what was said, and the end of it. */
async function watching(
  project: SampleProject,
  work: (
    said: (pattern: RegExp) => Promise<void>,
    forget: () => void,
    complaints: () => readonly string[],
  ) => Promise<void>,
): Promise<void> {
  const output = recordOutput();
  const stop = new AbortController();
  const run = watchSources({ root: project.root, useCache: true, isVerbose: false, output }, stop.signal);
  const lines = (): string => [...output.said, ...output.complained].join('\n');
  const said = async (pattern: RegExp): Promise<void> => {
    const deadline = Date.now() + 30_000;
    while (!pattern.test(lines())) {
      assert.ok(Date.now() < deadline, `waited for ${String(pattern)} in:\n${lines()}`);
      await delay(10);
    }
  };
  const forget = (): void => {
    output.said.length = 0;
    output.complained.length = 0;
  };
  try {
    await said(/^watching specs\/, sql\/, migrations\/; Ctrl-C ends it$/m);
    await said(ENDS);
    await work(said, forget, () => output.complained);
  } finally {
    stop.abort();
    await run;
  }
}

/** Waits for the end of a run that has said that it is done: tools may still print, and results are kept. */
async function runEnded(project: SampleProject): Promise<void> {
  await withRunLock(
    project.root,
    () => {},
    async () => {},
  );
}

/** What `--check` finds in a process that has nothing loaded; a stale file is a finding too. */
async function checkAlone(project: SampleProject): Promise<readonly string[]> {
  const main = new URL('main.ts', import.meta.url).href;
  const script = `import { main } from ${JSON.stringify(main)};
    const print = (line) => console.log(line);
    await main(['--check', '--no-cache'], ${JSON.stringify(project.root)}, { out: print, err: print });`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
  const isSummary = /^(fresh: .*|\d+ errors?; nothing was written\.)$/;
  return stdout.split('\n').filter((line) => line !== '' && !isSummary.test(line));
}

suite('generate --watch', () => {
  test('generates at once, again after each change, waits out errors, and ends when told to', async () => {
    await using project = await SampleProject.create('minimal');
    const spec = project.path('specs/pantry/openapi.yaml');
    const text = await readFile(spec, 'utf8');
    await watching(project, async (said, forget) => {
      await said(/^generated: \d+ created/m);
      forget();
      await writeFile(spec, text.replace('restockPantry', 'refillPantry'));
      await said(
        /^changed: specs\/pantry\/openapi\.yaml$[\s\S]*^generated: \d+ updated[\s\S]*^done in \d+ ms$/m,
      );
      assert.match(await readFile(project.path('generated/pantry/handlers.ts'), 'utf8'), /refillPantry\(/);
      forget();
      await writeFile(spec, text.replace('restockPantry', 'refill pantry'));
      await said(/^specs\/pantry\/openapi\.yaml:\d+:\d+ [a-z-]+: /m);
      await said(/^done in \d+ ms$/m);
      await said(BEGINS);
      await said(ENDS);
      forget();
      await writeFile(`${spec}.new`, text);
      await rename(`${spec}.new`, spec);
      await said(/^generated: \d+ updated/m);
      assert.match(await readFile(project.path('generated/pantry/handlers.ts'), 'utf8'), /restockPantry\(/);
    });
  });

  test('ends every edit in what a run of its own would write or say', async () => {
    await using project = await SampleProject.create('several-modules');
    const pantry = project.path('specs/pantry/openapi.yaml');
    const common = project.path('specs/common/components.yaml');
    const mealPlan = project.path('specs/meal-plan/openapi.yaml');
    const [text = '', shared = '', other = ''] = await Promise.all(
      [pantry, common, mealPlan].map((file) => readFile(file, 'utf8')),
    );
    const edits: readonly (() => Promise<void>)[] = [
      () => writeFile(pantry, text.replace('Get the jars', 'List the jars')),
      () => writeFile(pantry, text.replace('maxItems: 9,', '')),
      () => writeFile(common, shared.replace('Problem:', 'Trouble:')),
      () => writeFile(common, shared),
      () => rm(mealPlan),
      () => writeFile(pantry, 'openapi: ['),
      () => writeFile(pantry, text),
      () => writeFile(mealPlan, other.replace('maxLength: 9', 'maxLength: 8')),
    ];
    await watching(project, async (said, forget, complaints) => {
      for (const [index, edit] of edits.entries()) {
        forget();
        await edit();
        await said(/^done in \d+ ms$/m);
        await runEnded(project);
        const told = complaints().filter((line) => line.startsWith('specs/'));
        assert.deepEqual(told, await checkAlone(project), `after edit ${index}`);
      }
    });
  });

  test('sees a module come and go', async () => {
    await using project = await SampleProject.create('several-modules');
    const moved = project.path('elsewhere');
    await watching(project, async (said, forget) => {
      forget();
      await rename(project.path('specs/meal-plan'), moved);
      await said(/^generated: .*\b\d+ removed/m);
      forget();
      await rename(moved, project.path('specs/meal-plan'));
      await said(/^generated: .*\b\d+ created/m);
    });
  });

  test('sees a folder that was not there when it started', async () => {
    await using project = await SampleProject.create('minimal');
    await watching(project, async (said) => {
      await mkdir(project.path('sql/pantry'), { recursive: true });
      await writeFile(project.path('sql/pantry/nameless.sql'), 'select 1;\n');
      await said(/^sql\/pantry\/nameless\.sql:\d+:\d+ /m);
      await rm(project.path('sql'), { recursive: true });
      await said(/^generated: \d+ unchanged/m);
    });
  });
});
