import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { sampleDraft } from '../testing/sample-recipes.ts';
import { InvalidRecipeError } from './errors.ts';
import { patchRecipeContent, toRecipeContent, type RecipeDraft, type RecipePatch } from './recipe-content.ts';

/** A text of this many code points, and twice as many bytes. */
function long(length: number): string {
  return 'é'.repeat(length);
}

suite('content of recipes', () => {
  test('what is left out has its default', () => {
    const { description, prepMinutes, cookMinutes, tags, visibility } = toRecipeContent(sampleDraft());
    assert.deepEqual([description, prepMinutes, cookMinutes, tags, visibility], ['', 0, 0, [], 'private']);
  });

  test('texts and quantities stay as they were written', () => {
    const draft = sampleDraft({ title: ' Cre\u0300me ', ingredients: [{ name: ' x ', quantity: '1.50' }] });
    const content = toRecipeContent(draft);
    assert.deepEqual([content.title, content.ingredients], [draft.title, draft.ingredients]);
  });

  const accepted: readonly Partial<RecipeDraft>[] = [
    { title: '🍰'.repeat(200) },
    { description: '' },
    { description: long(4000) },
    { servings: 1000 },
    { prepMinutes: 43_200, cookMinutes: 43_200 },
    { tags: Array.from({ length: 20 }, (_, index) => `${index}`) },
    { tags: [long(40), `  ${long(40)}  `] },
    { ingredients: [{ name: long(200), quantity: '999999999.999999999', unit: long(40), note: long(500) }] },
    { steps: Array.from({ length: 100 }, () => long(4000)) },
  ];
  for (const [index, parts] of accepted.entries()) {
    test(`accepts the limits, case ${index}: ${Object.keys(parts).join(', ')}`, () => {
      toRecipeContent(sampleDraft(parts));
    });
  }

  const refused: readonly [parts: Partial<RecipeDraft>, pointers: readonly string[]][] = [
    [{ title: '' }, ['/title']],
    [{ title: ' \u3000' }, ['/title']],
    [{ title: long(201) }, ['/title']],
    [{ description: long(4001) }, ['/description']],
    [{ servings: 0 }, ['/servings']],
    [{ servings: 1001 }, ['/servings']],
    [{ servings: 1.5 }, ['/servings']],
    [{ servings: Number.NaN }, ['/servings']],
    [{ prepMinutes: -1, cookMinutes: 43_201 }, ['/prepMinutes', '/cookMinutes']],
    [{ tags: ['ok', ' ', long(41)] }, ['/tags/1', '/tags/2']],
    [{ tags: Array.from({ length: 21 }, (_, index) => `${index}`) }, ['/tags']],
    // Lower case of U+0130 is two code points: forty of them become eighty.
    [{ tags: ['\u0130'.repeat(40)] }, ['/tags/0']],
    [{ ingredients: [] }, ['/ingredients']],
    [{ ingredients: Array.from({ length: 101 }, () => ({ name: 'x' })) }, ['/ingredients']],
    [
      {
        ingredients: [
          { name: 'fine' },
          { name: ' ', quantity: '0', unit: ' ', note: '\n' },
          { name: 'x', quantity: '0.000' },
          { name: 'x', quantity: '-1' },
        ],
      },
      [
        '/ingredients/1/name',
        '/ingredients/1/unit',
        '/ingredients/1/note',
        '/ingredients/1/quantity',
        '/ingredients/2/quantity',
        '/ingredients/3/quantity',
      ],
    ],
    [{ steps: [] }, ['/steps']],
    [{ steps: ['fine', '', long(4001)] }, ['/steps/1', '/steps/2']],
  ];
  for (const [parts, pointers] of refused) {
    test(`names every broken rule: ${pointers.join(' ')} of ${JSON.stringify(parts).slice(0, 60)}`, () => {
      assert.throws(
        () => toRecipeContent(sampleDraft(parts)),
        (error) => {
          assert.ok(error instanceof InvalidRecipeError);
          assert.deepEqual(
            error.details.map(({ pointer }) => pointer),
            pointers,
          );
          return true;
        },
      );
    });
  }

  const full = toRecipeContent(
    sampleDraft({ description: 'Good.', prepMinutes: 5, cookMinutes: 6, tags: ['a'], visibility: 'public' }),
  );
  const patches: readonly [name: string, patch: RecipePatch, expected: Partial<RecipeDraft>][] = [
    ['an empty patch changes nothing', {}, {}],
    ['a member is replaced', { title: 'New', cookMinutes: 0 }, { title: 'New', cookMinutes: 0 }],
    [
      'a list is replaced as a whole',
      { tags: ['B', 'c'], steps: ['Only.'] },
      { tags: ['b', 'c'], steps: ['Only.'] },
    ],
    [
      'null sets optional members to their defaults',
      { description: null, prepMinutes: null, cookMinutes: null, tags: null, visibility: null },
      { description: '', prepMinutes: 0, cookMinutes: 0, tags: [], visibility: 'private' },
    ],
  ];
  for (const [name, patch, expected] of patches) {
    test(name, () => {
      assert.deepEqual(patchRecipeContent(full, patch), { ...full, ...expected });
    });
  }

  test('the result of a patch is held to the rules', () => {
    assert.throws(() => patchRecipeContent(full, { title: ' ' }), InvalidRecipeError);
  });
});
