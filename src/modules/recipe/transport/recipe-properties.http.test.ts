import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import * as fc from 'fast-check';
import { startRecipeApp } from '../testing/recipe-app.ts';
import { codePoint } from '#tests/kit/code-point.ts';

/** Any text: controls, combining marks, right-to-left, emoji, and now and then a lone surrogate. */
const anyText = fc.oneof(
  { weight: 4, arbitrary: fc.string({ unit: codePoint, maxLength: 60 }) },
  { weight: 2, arbitrary: fc.string({ unit: 'grapheme', maxLength: 60 }) },
  {
    weight: 2,
    arbitrary: fc.string({
      unit: fc.constantFrom(...Array.from(`'"\\%_:*&|!()<>{}[],;-#$ \0a`)),
      maxLength: 60,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('\uD800', 'a\uDFFF', '\u0000', '\uFDFA'.repeat(60), '\u0130'.repeat(40)),
  },
);

suite('the recipe API, whatever it is sent', async () => {
  const app = await startRecipeApp();
  after(async () => app[Symbol.asyncDispose]());
  const person = app.person('anybody');

  // @requirement 77
  test('a search finds something, nothing, or is refused with a 4xx', async () => {
    const parameters = fc.record(
      {
        q: anyText,
        tag: anyText,
        author: anyText,
        cursor: fc.oneof(anyText, fc.base64String()),
        sort: fc.constantFrom('createdAt', '-createdAt', 'title', 'totalMinutes'),
        maxTotalMinutes: fc.oneof(anyText, fc.integer().map(String)),
        limit: fc.oneof(anyText, fc.integer().map(String)),
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(parameters, async (given) => {
        const list = await person('GET', `/recipes?${new URLSearchParams(given).toString()}`);
        assert.ok(list.status === 200 || (list.status >= 400 && list.status < 500), await list.text());
        const { q: prefix = '' } = given;
        const tags = await person('GET', `/recipe-tags?${new URLSearchParams({ prefix }).toString()}`);
        assert.ok(tags.status === 200 || tags.status === 400, await tags.text());
      }),
      { numRuns: 150 },
    );
    for (const q of fc.sample(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }), 50)) {
      const response = await person('GET', `/recipes?${new URLSearchParams({ q }).toString()}`);
      assert.equal(response.status, 200, JSON.stringify(q));
    }
  });
});
