import assert from 'node:assert/strict';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { suite, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';

import { recordOutput, SampleProject } from './testing/sample-project.ts';
import { watchSources } from './watch.ts';

/** A project being watched: what was said, and the end of it. */
async function watching(
  project: SampleProject,
  work: (said: (pattern: RegExp) => Promise<void>, forget: () => void) => Promise<void>,
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
    await work(said, forget);
  } finally {
    stop.abort();
    await run;
  }
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
      forget();
      await writeFile(`${spec}.new`, text);
      await rename(`${spec}.new`, spec);
      await said(/^generated: \d+ updated/m);
      assert.match(await readFile(project.path('generated/pantry/handlers.ts'), 'utf8'), /restockPantry\(/);
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
