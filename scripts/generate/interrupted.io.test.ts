import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { suite, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';

import { main } from './main.ts';
import { recordOutput, SampleProject } from './testing/sample-project.ts';

const MAIN = new URL('main.ts', import.meta.url).href;

/** Starts `npm run generate` for a project in a process of its own. */
function start(project: SampleProject): ReturnType<typeof spawn> {
  const script = `import { main } from ${JSON.stringify(MAIN)};
    process.exitCode = await main([], ${JSON.stringify(project.root)}, { out: () => {}, err: console.error });`;
  return spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'ignore' });
}

/** Runs to the end, in this process; gives the texts of what was generated, by path. */
async function generated(project: SampleProject): Promise<ReadonlyMap<string, string>> {
  const output = recordOutput();
  assert.equal(await main([], project.root, output), 0, output.complained.join('\n'));
  return texts(project);
}

async function texts(project: SampleProject): Promise<ReadonlyMap<string, string>> {
  const files = Object.entries(await project.snapshot());
  const found = files.map(([file, [text]]): [string, string] => [file, text]);
  return new Map(found.filter(([file]) => !file.startsWith('specs/')));
}

suite('a run that is killed', () => {
  test('leaves every file as it was or as it is to be, and the next run repairs the rest', async () => {
    await using project = await SampleProject.create('several-modules');
    const spec = project.path('specs/pantry/openapi.yaml');
    const text = await readFile(spec, 'utf8');
    const before = await generated(project);
    await writeFile(spec, text.replaceAll('getJars', 'getAllJars'));
    const after = await generated(project);
    assert.notDeepEqual(after, before);

    for (const [round, wanted] of [text, text.replaceAll('getJars', 'getAllJars'), text].entries()) {
      await writeFile(spec, wanted);
      await rm(project.path('.cache/generate/staging'), { recursive: true, force: true });
      const child = start(project);
      // It has begun to write when its temporary files are there.
      while (child.exitCode === null && !(await isStaging(project))) await delay(0);
      await delay(round);
      child.kill('SIGKILL');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
      for (const [file, found] of await texts(project)) {
        assert.ok(found === before.get(file) || found === after.get(file), `${file} is torn`);
      }
    }
    // In a process that remembers nothing: it has only what the killed ones have left on the disk.
    const repair = start(project);
    await once(repair, 'exit');
    assert.equal(repair.exitCode, 0);
    assert.deepEqual(await texts(project), before);
    assert.equal(await isStaging(project), false);
  });
});

async function isStaging(project: SampleProject): Promise<boolean> {
  return (await readdir(project.path('.cache/generate'))).includes('staging');
}
