/** Every example of the README, compiled and run against the running API. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { after, suite, test } from 'node:test';

import { PgRecipeRepository } from '../../../src/modules/recipe/infra/pg-recipe-repository.ts';
import { sampleRecipe } from '../../../src/modules/recipe/testing/sample-recipes.ts';
import { createConsumer } from '../consumer-project.ts';
import { SDK } from '../packed.ts';
import { findExamples, NOT_RUN, readExamples, RUNNABLE, type Example } from '../readme-examples.ts';
import { runExample, type Run } from './readme-runs.ts';
import { RECIPE_ID, SCENES } from './readme-scenes.ts';
import { startApi } from './running-api.ts';

const api = await startApi();
after(() => api[Symbol.asyncDispose]());
const project = await createConsumer();
after(() => project[Symbol.asyncDispose]());
const recipes = new PgRecipeRepository(api.database);
const examples = await readExamples();
const runnable = examples.filter(({ language }) => RUNNABLE.includes(language));

/** Runs an example as `ann`, whose recipes are those that the scenes tell of. */
async function run(example: Example, scene = ''): Promise<Run> {
  await api.database.query('DELETE FROM recipe.recipes');
  const soup = sampleRecipe({ author: 'ann', id: RECIPE_ID, tags: ['soup'] });
  await recipes.insert({ ...soup, version: 3 });
  await recipes.insert(sampleRecipe({ author: 'ann', title: 'Leek soup', tags: ['soup'] }));
  const now = Math.floor(Date.now() / 1000);
  return runExample(project, example, {
    scene,
    origin: api.origin,
    token: api.identity.token({ claims: { sub: 'ann' } }),
    expiredToken: api.identity.token({ claims: { sub: 'ann', iat: now - 7200, exp: now - 3600 } }),
  });
}

/** The only example of a text of Markdown. */
function planted(code: string): Example {
  const [example] = findExamples(`# Planted\n\nText.\n\n\`\`\`ts\n${code}\n\`\`\`\n`);
  assert.ok(example);
  return example;
}

suite('the examples of the README', () => {
  test('are all in languages that run, or that have a reason not to', () => {
    const others = examples.filter(({ language }) => !RUNNABLE.includes(language));
    for (const { language, line } of others) {
      assert.ok(NOT_RUN[language], `sdk/README.md:${line} is in “${language}”, which nothing runs`);
    }
    assert.deepEqual(Object.keys(NOT_RUN), [...new Set(others.map(({ language }) => language))]);
  });

  test('have scenes each, and each scene its example', () => {
    assert.deepEqual(
      runnable.map(({ title }) => title),
      Object.keys(SCENES),
    );
  });

  test('install the package by its name', async () => {
    const text = await readFile(path.join(SDK, 'package.json'), 'utf8');
    const { name }: { name: string } = JSON.parse(text);
    const shell = examples.filter(({ language }) => language === 'sh');
    assert.deepEqual(
      shell.map((example) => example.text),
      [`npm install ${name}\n`],
    );
  });

  for (const example of runnable) {
    for (const [name, scene] of Object.entries(SCENES[example.title] ?? {})) {
      test(`sdk/README.md:${example.line}, ${example.title}: ${name}`, async () => {
        const { said, requests } = await run(example, name);
        const place = `sdk/README.md:${example.line}`;
        assert.deepEqual(
          requests,
          scene.requests,
          `${place} asked the API something else, and said: ${said}`,
        );
        assert.match(said, scene.says, `${place} said something else: ${said}`);
      });
    }
  }
});

suite('an example that is broken', () => {
  const faults: readonly (readonly [fault: string, code: string, message: RegExp])[] = [
    [
      'throws',
      `const a = 1;\nthrow new Error(\`broken \${a}\`);`,
      /README\.md:5: [^]*README\.md:7[^]*broken 1/,
    ],
    ['is no TypeScript', 'const = 1;', /README\.md:5: [^]* is no module: [^]*README\.md:6:6/],
    [
      'calls what is not there',
      'const client: unknown = 1;\nmissing(client);',
      /README\.md:7[^]*missing is not defined/,
    ],
    [
      'imports what is not exported',
      `import { noSuch } from '@chompardo/sdk';\nnoSuch();`,
      /README\.md:5: [^]*noSuch/,
    ],
    ['imports what is not installed', `import '@chompardo/sdk/none';`, /README\.md:5: [^]*none/],
    ['leaves a rejection unhandled', `void Promise.reject(new Error('later'));`, /README\.md:6[^]*later/],
    ['never ends', 'await new Promise(() => {});', /README\.md:5: [^]*failed with code 13/],
    [
      'calls another API',
      `await fetch('https://example.org/');`,
      /README\.md:5: [^]*is not the API of the README/,
    ],
  ];
  for (const [fault, code, message] of faults) {
    test(`is found when it ${fault}`, async () => {
      await assert.rejects(run(planted(code)), { message });
    });
  }

  test('shows what it asks and how the API answers', async () => {
    const code = `import { createClient, listRecipes } from '@chompardo/sdk';
      const client = createClient({ baseUrl: 'https://api.example.com' });
      console.log((await listRecipes({}, { client })).status);`;
    assert.deepEqual(await run(planted(code)), { said: '401\n', requests: ['GET /recipes 401'] });
  });

  test('is found when its block does not end', () => {
    assert.throws(() => findExamples('# A\n```ts\nconst a = 1;\n'), /line 2/);
  });

  test('has a title of its own below a heading that it shares', () => {
    const found = findExamples('# A\n```ts\n# 1\n```\n```\n```\n## B\n```sh\nls\n```\n');
    assert.deepEqual(
      found.map(({ title, language, line, text }) => [title, language, line, text]),
      [
        ['A', 'ts', 2, '# 1\n'],
        ['A (2)', '', 5, '\n'],
        ['B', 'sh', 8, 'ls\n'],
      ],
    );
  });
});
