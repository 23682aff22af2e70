import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RecipeNotFoundError } from '../domain/errors.ts';
import { listPosition, listScope, type RecipeListQuery, type RecipeSort } from '../domain/recipe-list.ts';
import type { RecipeRepository } from '../domain/recipe-repository.ts';
import { withContent, type Recipe } from '../domain/recipe.ts';
import { sampleRecipe } from './sample-recipes.ts';

const SORTS: readonly RecipeSort[] = ['createdAt', '-createdAt', 'title', 'totalMinutes'];

/** What every `RecipeRepository` must do. `create` gives an empty one. */
export function testRecipeRepository(create: () => Promise<RecipeRepository>): void {
  test('gives back what was stored, code point for code point and digit for digit', async () => {
    const recipes = await create();
    const recipe = sampleRecipe({
      title: 'Cre\u0300me \u{1F370} « \u202Eهلا » \t "\\\'; DROP',
      description: 'line\nline\u2028\u0001\uFFFD',
      tags: ['crème brûlée', "o'clock", '#1', 'back\\slash', '🍰'],
      steps: ['{"a":[1,"b,c"]}', 'NULL', '  spaced  '],
      ingredients: [
        { name: 'NULL', quantity: '0.000000001', unit: '{}', note: '"' },
        { name: 'a,b', quantity: '999999999.999999999' },
        { name: '1.50 stays', quantity: '1.50', note: 'n' },
        { name: 'whole', quantity: '100' },
        { name: ' salt ' },
      ],
    });
    await recipes.insert(recipe);
    assert.deepEqual(await recipes.find(recipe.id), recipe);
  });

  test('finds nothing where nothing is', async () => {
    const recipes = await create();
    assert.equal(await recipes.find(sampleRecipe().id), undefined);
    await assert.rejects(
      recipes.update(sampleRecipe().id, (recipe) => present(recipe)),
      RecipeNotFoundError,
    );
    await assert.rejects(
      recipes.remove(sampleRecipe().id, (recipe) => present(recipe)),
      RecipeNotFoundError,
    );
  });

  test('stores what a change makes, with fewer and with more ingredients', async () => {
    const recipes = await create();
    const recipe = sampleRecipe();
    await recipes.insert(recipe);
    for (const count of [1, 5, 3]) {
      const ingredients = Array.from({ length: count }, (_, index) => ({ name: `part ${count}.${index}` }));
      const content = { ...recipe, ingredients, title: `With ${count}`, visibility: 'unlisted' } as const;
      const changed = await recipes.update(recipe.id, (current) =>
        withContent(present(current), content, new Date('2026-03-02T00:00:00.001Z')),
      );
      assert.deepEqual(changed.ingredients, ingredients);
      assert.deepEqual(await recipes.find(recipe.id), changed);
    }
    assert.equal((await recipes.find(recipe.id))?.version, 4);
  });

  test('changes nothing when the change throws', async () => {
    const recipes = await create();
    const recipe = sampleRecipe();
    await recipes.insert(recipe);
    await assert.rejects(recipes.update(recipe.id, refuse), RecipeNotFoundError);
    await assert.rejects(recipes.remove(recipe.id, refuse), RecipeNotFoundError);
    assert.deepEqual(await recipes.find(recipe.id), recipe);
  });

  test('gives each of many writers at once what the one before left', async () => {
    const recipes = await create();
    const recipe = sampleRecipe();
    await recipes.insert(recipe);
    const changes = Array.from({ length: 20 }, async (_, index) =>
      recipes.update(recipe.id, (current) => {
        const before = present(current);
        // What was read belongs together: the last step names the version it was written with.
        assert.equal(before.steps.length, before.version + 1);
        assert.equal(before.ingredients.length, before.version + 1);
        const steps = [...before.steps, `by ${index}`];
        const ingredients = [...before.ingredients, { name: `by ${index}` }];
        return withContent(before, { ...before, steps, ingredients }, new Date());
      }),
    );
    await Promise.all(changes);
    const after = present(await recipes.find(recipe.id));
    assert.equal(after.version, 21);
    assert.equal(after.steps.length, 22);
    assert.equal(new Set(after.steps).size, 22);
  });

  test('removes a recipe for good', async () => {
    const recipes = await create();
    const [kept, gone] = [sampleRecipe(), sampleRecipe()];
    await recipes.insert(kept);
    await recipes.insert(gone);
    await recipes.remove(gone.id, (recipe) => present(recipe));
    assert.equal(await recipes.find(gone.id), undefined);
    assert.deepEqual(await recipes.find(kept.id), kept);
  });

  test('walks a thousand recipes of one millisecond, each exactly once, in every order', async () => {
    const recipes = await create();
    const stored = Array.from({ length: 1000 }, (_, index) =>
      sampleRecipe({
        author: index % 3 === 0 ? 'ada' : 'bob',
        visibility: index % 3 === 0 ? 'private' : 'public',
        title: index % 2 === 0 ? 'Same' : 'sáme',
        cookMinutes: index % 5 === 0 ? 5 : 10,
      }),
    );
    await Promise.all(stored.map(async (recipe) => recipes.insert(recipe)));
    for (const sort of SORTS) {
      const seen = await walk(recipes, { ...everythingOf('ada'), sort, count: 77 });
      assert.equal(seen.length, 1000, sort);
      assert.equal(new Set(seen).size, 1000, sort);
      const whole = await recipes.list({ ...everythingOf('ada'), sort, count: 1000 });
      assert.deepEqual(
        seen,
        whole.map(({ id }) => id),
        sort,
      );
    }
  });

  test('sorts by time, title and duration', async () => {
    const recipes = await create();
    const facts = [
      { title: 'éclair', cookMinutes: 30, now: new Date('2026-01-03T00:00:00.000Z') },
      { title: 'Zabaione', cookMinutes: 5, now: new Date('2026-01-01T00:00:00.000Z') },
      { title: 'eclair b', cookMinutes: 10, now: new Date('2026-01-02T00:00:00.000Z') },
      { title: 'apple', cookMinutes: 7, now: new Date('1999-12-31T23:59:59.999Z') },
      { title: '\u{1D400}pple pie', cookMinutes: 8, now: new Date('2030-01-01T00:00:00.000Z') },
    ];
    for (const fact of facts) {
      await recipes.insert(sampleRecipe(fact));
    }
    const titles = async (sort: RecipeSort): Promise<readonly string[]> =>
      (await recipes.list({ ...everythingOf('bob'), sort, count: 10 })).map(({ title }) => title);
    const byTime = ['apple', 'Zabaione', 'eclair b', 'éclair', '\u{1D400}pple pie'];
    assert.deepEqual(await titles('createdAt'), byTime);
    assert.deepEqual(await titles('-createdAt'), byTime.toReversed());
    assert.deepEqual(await titles('title'), ['apple', '\u{1D400}pple pie', 'éclair', 'eclair b', 'Zabaione']);
    assert.deepEqual(await titles('totalMinutes'), [
      'Zabaione',
      'apple',
      '\u{1D400}pple pie',
      'eclair b',
      'éclair',
    ]);
  });

  test('lists public recipes of everybody and all of the reader', async () => {
    const recipes = await create();
    for (const author of ['ada', 'bob']) {
      for (const visibility of ['private', 'unlisted', 'public'] as const) {
        await recipes.insert(sampleRecipe({ author, visibility, title: `${author} ${visibility}` }));
      }
    }
    const titles = async (filter: Parameters<typeof listScope>[1]): Promise<readonly string[]> => {
      const found: string[][] = [];
      // The words are in every recipe: a search goes the other way and must come to the same.
      for (const words of [undefined, 'tomatoes']) {
        for (const sort of SORTS) {
          const search = words === undefined ? {} : { words };
          const query = {
            ...everythingOf('ada'),
            ...search,
            scope: listScope('ada', filter),
            sort,
            count: 10,
          };
          found.push((await recipes.list(query)).map(({ title }) => title).toSorted());
        }
      }
      for (const other of found) {
        assert.deepEqual(other, found[0]);
      }
      return found[0] ?? [];
    };
    const own = ['ada private', 'ada public', 'ada unlisted'];
    assert.deepEqual(await titles({}), [...own, 'bob public']);
    assert.deepEqual(await titles({ author: 'ada' }), own);
    assert.deepEqual(await titles({ author: 'bob' }), ['bob public']);
    assert.deepEqual(await titles({ author: 'carol' }), []);
    assert.deepEqual(await titles({ visibility: 'public' }), ['ada public', 'bob public']);
    assert.deepEqual(await titles({ visibility: 'unlisted' }), ['ada unlisted']);
    assert.deepEqual(await titles({ author: 'bob', visibility: 'private' }), []);
    assert.deepEqual(await titles({ author: 'ada', visibility: 'private' }), ['ada private']);
  });

  test('finds recipes by the beginnings of words, all tags and duration', async () => {
    const recipes = await create();
    await recipes.insert(
      sampleRecipe({ title: 'Roasted Tomato Soup', tags: ['vegan', 'quick soup'], cookMinutes: 20 }),
    );
    await recipes.insert(
      sampleRecipe({
        title: 'Ratatouille',
        description: 'Über alles',
        tags: ['vegan', "chef's"],
        cookMinutes: 60,
        ingredients: [{ name: 'Zucchini' }],
      }),
    );
    await recipes.insert(
      sampleRecipe({ title: 'Pancakes', tags: ['quick'], cookMinutes: 10, ingredients: [{ name: 'milk' }] }),
    );
    const found = async (filter: Partial<RecipeListQuery>): Promise<readonly string[]> => {
      const query = { ...everythingOf('bob'), sort: 'title', count: 10, ...filter } as const;
      return (await recipes.list(query)).map(({ title }) => title);
    };
    assert.deepEqual(await found({ words: 'TOMATO' }), ['Roasted Tomato Soup']);
    assert.deepEqual(await found({ words: 'soup rOast' }), ['Roasted Tomato Soup']);
    assert.deepEqual(await found({ words: 'oast' }), []);
    assert.deepEqual(await found({ words: 'über' }), ['Ratatouille']);
    assert.deepEqual(await found({ words: 'zucch' }), ['Ratatouille']);
    assert.deepEqual(await found({ words: 'vegan' }), ['Ratatouille', 'Roasted Tomato Soup']);
    assert.deepEqual(await found({ words: 'soup pancakes' }), []);
    assert.deepEqual(await found({ words: '!!! & | : * \\ \' "' }), []);
    assert.deepEqual(await found({ words: "pan' | !cakes:*" }), []);
    assert.deepEqual(await found({ words: '!!!', tags: ['vegan'] }), []);
    assert.deepEqual(await found({ tags: ['vegan'] }), ['Ratatouille', 'Roasted Tomato Soup']);
    assert.deepEqual(await found({ tags: ['vegan', 'quick soup'] }), ['Roasted Tomato Soup']);
    assert.deepEqual(await found({ tags: ["chef's"] }), ['Ratatouille']);
    assert.deepEqual(await found({ tags: ['quick'] }), ['Pancakes']);
    assert.deepEqual(await found({ tags: ['qui'] }), []);
    assert.deepEqual(await found({ tags: ["' | 'x"] }), []);
    assert.deepEqual(await found({ tags: ['vegan'], words: 'soup' }), ['Roasted Tomato Soup']);
    assert.deepEqual(await found({ maxTotalMinutes: 20 }), ['Pancakes', 'Roasted Tomato Soup']);
    assert.deepEqual(await found({ maxTotalMinutes: 19, tags: ['quick'] }), ['Pancakes']);
    assert.deepEqual(await found({ maxTotalMinutes: 9 }), []);
  });

  test('finds letters without their accents, and the other way round', async () => {
    const recipes = await create();
    const titles = [
      'Käsespätzle',
      'Smørrebrød',
      'Crème brûlée',
      'Żurek',
      'Soße',
      'Œufs',
      'Ελιές',
      'Ёлка',
      'ＷＩＤＥ',
    ];
    for (const title of titles) {
      await recipes.insert(sampleRecipe({ title }));
    }
    const found = async (words: string): Promise<readonly string[]> =>
      (await recipes.list({ ...everythingOf('bob'), sort: 'title', count: 10, words })).map(
        ({ title }) => title,
      );
    const searches = [
      ['kasespatzle', 'Käse', 'KÄSESPÄTZLE', 'kases', 'ka\u0308sespa\u0308tzle'],
      ['smorrebrod', 'smørrebrød', 'SMØRRE'],
      ['creme brulee', 'crème', 'brule'],
      ['zurek', 'żurek'],
      ['sosse', 'soße', 'SOSSE'],
      ['oeufs', 'œufs'],
      ['ελιες', 'Ελιές', 'ΕΛΙΕΣ'],
      ['елка', 'ёлка'],
      ['wide', 'ＷＩＤＥ'],
    ];
    for (const [index, spellings] of searches.entries()) {
      for (const words of spellings) {
        assert.deepEqual(await found(words), [titles[index]], words);
      }
    }
  });

  test('finds a recipe by what it says now', async () => {
    const recipes = await create();
    const recipe = sampleRecipe({ title: 'Before', tags: ['old'], ingredients: [{ name: 'butter' }] });
    await recipes.insert(recipe);
    const content = { ...recipe, title: 'After', tags: ['new'], ingredients: [{ name: 'oil' }] };
    await recipes.update(recipe.id, (current) => withContent(present(current), content, new Date()));
    const count = async (filter: Partial<RecipeListQuery>): Promise<number> =>
      (await recipes.list({ ...everythingOf('ada'), sort: 'title', count: 10, ...filter })).length;
    assert.deepEqual(
      await Promise.all(['before', 'butter', 'old'].map(async (words) => count({ words }))),
      [0, 0, 0],
    );
    assert.deepEqual(
      await Promise.all(['after', 'oil', 'new'].map(async (words) => count({ words }))),
      [1, 1, 1],
    );
    assert.deepEqual([await count({ tags: ['old'] }), await count({ tags: ['new'] })], [0, 1]);
  });

  test('counts the tags of public recipes and of the reader, as they are now', async () => {
    const recipes = await create();
    const shared = sampleRecipe({ author: 'ada', visibility: 'public', tags: ['soup', 'vegan'] });
    const hidden = sampleRecipe({ author: 'ada', visibility: 'private', tags: ['soup', 'secret'] });
    const others = sampleRecipe({ author: 'bob', visibility: 'unlisted', tags: ['soup', 'bob'] });
    for (const recipe of [shared, hidden, others]) {
      await recipes.insert(recipe);
    }
    const tags = async (reader: string, prefix = '', count = 10): Promise<readonly string[]> =>
      (await recipes.countTags({ reader, prefix, count })).map((each) => `${each.tag} ${each.recipes}`);
    assert.deepEqual(await tags('ada'), ['soup 2', 'secret 1', 'vegan 1']);
    assert.deepEqual(await tags('bob'), ['soup 2', 'bob 1', 'vegan 1']);
    assert.deepEqual(await tags('carol'), ['soup 1', 'vegan 1']);
    assert.deepEqual(await tags('ada', 's'), ['soup 2', 'secret 1']);
    assert.deepEqual(await tags('ada', '', 1), ['soup 2']);
    assert.deepEqual(await tags('ada', '%'), []);

    await recipes.update(hidden.id, (current) =>
      withContent(present(current), { ...hidden, visibility: 'public', tags: ['soup', 'new'] }, new Date()),
    );
    await recipes.remove(shared.id, (current) => present(current));
    assert.deepEqual(await tags('ada'), ['new 1', 'soup 1']);
    assert.deepEqual(await tags('carol'), ['new 1', 'soup 1']);
  });
}

function refuse(): never {
  throw new RecipeNotFoundError();
}

function everythingOf(reader: string): Pick<RecipeListQuery, 'scope' | 'tags'> {
  return { scope: listScope(reader, {}), tags: [] };
}

/** Ids of a whole list, page by page. */
async function walk(recipes: RecipeRepository, query: RecipeListQuery): Promise<readonly string[]> {
  const seen: string[] = [];
  let page = await recipes.list(query);
  while (page.length > 0 && seen.length <= 2000) {
    seen.push(...page.map(({ id }) => id));
    const last = page.at(-1);
    page = last === undefined ? [] : await recipes.list({ ...query, after: listPosition(last, query.sort) });
  }
  return seen;
}

function present(recipe: Recipe | undefined): Recipe {
  if (recipe === undefined) {
    throw new RecipeNotFoundError();
  }
  return recipe;
}
