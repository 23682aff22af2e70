import assert from 'node:assert/strict';
import { appendFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { suite, test } from 'node:test';

import { main } from './main.ts';
import { type RecordedOutput, recordOutput, SampleProject } from './testing/sample-project.ts';

async function run(
  project: SampleProject,
  ...flags: string[]
): Promise<RecordedOutput & { readonly code: number }> {
  const output = recordOutput();
  return { ...output, code: await main(flags, project.root, output) };
}

suite('generate', () => {
  test('writes what is missing, then finds nothing to do and touches nothing', async () => {
    await using project = await SampleProject.create('several-modules');
    const first = await run(project);
    assert.deepEqual([first.code, first.complained], [0, []]);
    assert.match(
      first.said.join('\n'),
      /^generated: \d+ created \(\d+\.\d s\)\nprinted: \d+ created \(\d+\.\d s\)$/,
    );
    const before = await project.snapshot();
    assert.ok(Object.keys(before).includes('generated/meal-plan/handlers.ts'));
    assert.match((await run(project)).said.join('\n'), /^generated: \d+ unchanged \(\d+\.\d s\)$/);
    assert.match((await run(project, '--no-cache')).said.join('\n'), /^generated: \d+ unchanged/);
    assert.deepEqual(await project.snapshot(), before);
  });

  test('updates what changed and removes what nothing emits any more, the module folder with it', async () => {
    await using project = await SampleProject.create('several-modules');
    await run(project);
    const gone = Object.keys(await project.snapshot()).filter((file) => /generated\/.*meal-plan/.test(file));
    await rm(project.path('specs/meal-plan'), { recursive: true });
    const { code, said } = await run(project);
    assert.equal(code, 0);
    assert.match(
      said.join('\n'),
      new RegExp(`^generated: \\d+ updated, ${gone.length} removed, \\d+ unchanged`),
    );
    const left = Object.keys(await project.snapshot());
    assert.deepEqual(
      left.filter((file) => file.includes('meal-plan')),
      [],
    );
    assert.ok(left.includes('generated/pantry/handlers.ts'));
  });

  test('says everything that is wrong with the specs, and writes nothing', async () => {
    await using project = await SampleProject.create('several-modules');
    await run(project);
    const broken = { $ref: '#/components/schemas/Missing' };
    for (const module of ['pantry', 'meal-plan']) {
      const file = project.path(`specs/${module}/openapi.yaml`);
      const text = await readFile(file, 'utf8');
      await writeFile(
        file,
        text.replace(/\{ \$ref: '#\/components\/schemas\/\w+' \}/, JSON.stringify(broken)),
      );
    }
    const before = await project.snapshot();
    const { code, complained } = await run(project);
    assert.equal(code, 1);
    for (const module of ['pantry', 'meal-plan']) {
      assert.match(
        complained.join('\n'),
        new RegExp(`^specs/${module}/openapi\\.yaml:\\d+:\\d+ [a-z0-9-]+: .*Missing`, 'm'),
      );
    }
    assert.match(complained.at(-1) ?? '', /^\d+ errors; nothing was written\.$/);
    assert.deepEqual(await project.snapshot(), before);
  });

  test('escapes what a source would do to a terminal', async () => {
    await using project = await SampleProject.create('minimal');
    const spec = project.path('specs/pantry/openapi.yaml');
    const text = await readFile(spec, 'utf8');
    await writeFile(spec, text.replace(/^paths:/m, `"a\\x1b[2Jb\\u202ec": 1\n$&`));
    const { code, complained } = await run(project);
    assert.equal(code, 1);
    assert.match(complained.join('\n'), /a\\u001b\[2Jb\\u202ec/);
    // oxlint-disable-next-line no-control-regex -- they are what must not be there
    assert.doesNotMatch(complained.join(''), /[\u0000-\u001f\u202e]/);
  });

  test('writes nothing beside a file that is not its own, and says which', async () => {
    await using project = await SampleProject.create('minimal');
    await run(project);
    await writeFile(project.path('generated/pantry/notes.ts'), 'export const mine = 1;\n');
    await appendFile(project.path('generated/pantry/handlers.ts'), '// stale\n');
    const before = await project.snapshot();
    for (const flags of [[], ['--check']]) {
      const { code, said, complained } = await run(project, ...flags);
      assert.equal(code, 1);
      assert.match(
        [...said, ...complained].join('\n'),
        /^unowned: generated\/pantry\/notes\.ts was not written by/m,
      );
    }
    assert.deepEqual(await project.snapshot(), before);
  });

  test('does not overwrite a file without the header where it would emit one', async () => {
    await using project = await SampleProject.create('minimal');
    await mkdir(project.path('generated/pantry'), { recursive: true });
    await writeFile(project.path('generated/pantry/handlers.ts'), 'export const mine = 1;\n');
    const before = await project.snapshot();
    assert.equal((await run(project)).code, 1);
    assert.deepEqual(await project.snapshot(), before);
  });

  test('lets two runs at once through one after the other', async () => {
    await using project = await SampleProject.create('several-modules');
    const runs = await Promise.all([run(project), run(project), run(project)]);
    assert.deepEqual(
      runs.map((each) => each.code),
      [0, 0, 0],
    );
    assert.equal(runs.filter((each) => / created /.test(each.said.join('\n'))).length, 1);
    assert.equal((await run(project, '--check', '--no-cache')).code, 0);
  });

  test('prints what each stage took when asked', async () => {
    await using project = await SampleProject.create('minimal');
    const { complained } = await run(project, '--verbose');
    for (const stage of ['compile specs/', 'contract', 'queries', 'read generated/', 'write']) {
      assert.match(complained.join('\n'), new RegExp(`^ {2}${stage} +\\d+ ms$`, 'm'));
    }
  });
});

suite('generate --check', () => {
  test('passes a fresh tree', async () => {
    await using project = await SampleProject.create('minimal');
    await run(project);
    const { code, said, complained } = await run(project, '--check');
    assert.deepEqual([code, complained], [0, []]);
    assert.match(said.join('\n'), /^fresh: \d+ unchanged/);
  });

  test('shows each stale, missing and orphaned file, and changes nothing', async () => {
    await using project = await SampleProject.create('minimal');
    await run(project);
    const handlers = project.path('generated/pantry/handlers.ts');
    const text = await readFile(handlers, 'utf8');
    await writeFile(handlers, text.replace('readonly status: 204', 'readonly status: 205'));
    await rm(project.path('generated/pantry/operations.ts'));
    await mkdir(project.path('generated/gone'), { recursive: true });
    await writeFile(project.path('generated/gone/schemas.ts'), text);
    const before = await project.snapshot();
    const { code, said, complained } = await run(project, '--check');
    assert.equal(code, 1);
    assert.match(said.join('\n'), /^stale: generated\/pantry\/handlers\.ts\n--- .*\n\+\+\+ .*\n@@ /);
    assert.match(
      said.join('\n'),
      /^- {2}\| \{ readonly status: 205 \};\n\+ {2}\| \{ readonly status: 204 \};$/m,
    );
    assert.match(said.join('\n'), /^missing: generated\/pantry\/operations\.ts$/m);
    assert.match(said.join('\n'), /^orphaned: generated\/gone\/schemas\.ts /m);
    assert.match(complained.join('\n'), /run npm run generate/);
    assert.deepEqual(await project.snapshot(), before);
  });

  test('finds a changed spec, also when the cache holds the result of the old one', async () => {
    await using project = await SampleProject.create('minimal');
    await run(project);
    const spec = project.path('specs/pantry/openapi.yaml');
    await writeFile(spec, (await readFile(spec, 'utf8')).replace('restockPantry', 'refillPantry'));
    const { code, said } = await run(project, '--check');
    assert.equal(code, 1);
    assert.match(said.join('\n'), /^\+ {2}refillPantry\(request: RefillPantryRequest/m);
  });
});

suite('the command line', () => {
  test('answers an unknown flag with one sentence and 2', async () => {
    await using project = await SampleProject.create('minimal');
    const { code, said, complained } = await run(project, '--wacth');
    assert.deepEqual([code, said], [2, []]);
    assert.deepEqual(complained, ['Unknown argument "--wacth"; --help lists the known ones.']);
  });

  test('explains itself', async () => {
    await using project = await SampleProject.create('minimal');
    const { code, said } = await run(project, '--help');
    assert.equal(code, 0);
    assert.match(said.join('\n'), /--check.*\n.*--watch/);
  });

  test('says in one line why it could not be done', async () => {
    await using project = await SampleProject.create('minimal');
    await writeFile(project.path('.cache'), 'a file where a folder must be');
    const { code, complained } = await run(project);
    assert.equal(code, 2);
    assert.match(complained.join('\n'), /^generate could not be done: .*\.cache.*$/);
    assert.equal(complained.length, 1);
  });

  test('has a sentence for a project without specs', async () => {
    await using project = await SampleProject.create('minimal');
    await rm(project.path('specs'), { recursive: true });
    const { code, complained } = await run(project);
    assert.equal(code, 1);
    assert.match(complained.join('\n'), /^specs\S*:\d+:\d+ [a-z-]+: /);
    assert.doesNotMatch(complained.join('\n'), /\n {4}at /);
  });
});
