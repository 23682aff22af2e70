import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import type { RecipePage, RecipeTagList } from '#generated/recipe/schemas.ts';
import { PgRecipeRepository } from '../infra/pg-recipe-repository.ts';
import { startRecipeApp, type Person } from '../testing/recipe-app.ts';
import { create, problem, read } from '../testing/recipe-calls.ts';
import { sampleRecipe } from '../testing/sample-recipes.ts';

/** The tags that begin with `t-` and their numbers, as this person sees them. */
async function testTags(person: Person, query = ''): Promise<readonly string[]> {
  const { items } = await read<RecipeTagList>(await person('GET', `/recipe-tags?prefix=T-${query}`), 200);
  return items.map(({ tag, recipes }) => `${tag} ${recipes}`);
}

suite('pages, filters and tags of recipes', async () => {
  const app = await startRecipeApp();
  after(async () => app[Symbol.asyncDispose]());

  // @requirement 78
  test('walks a thousand recipes of one millisecond, each exactly once, in every order', async () => {
    const now = new Date('2026-03-01T12:00:00.123Z');
    const repository = new PgRecipeRepository(app.database);
    const ids = new Set<string>();
    for (let index = 0; index < 1000; index += 1) {
      const id = `0198d7a2-8f10-7cc3-9b55-${((index * 7919) % 1000).toString(16).padStart(12, '0')}`;
      const visibility = (['private', 'unlisted', 'public'] as const)[index % 3] ?? 'public';
      await repository.insert(
        sampleRecipe({ id, author: 'walker', now, visibility, title: 'Same', tags: ['walk'] }),
      );
      ids.add(id);
    }
    const walker = app.person('walker');
    for (const sort of ['createdAt', '-createdAt', 'title', 'totalMinutes']) {
      for (const filter of ['author=walker', 'tag=walk&q=same']) {
        const seen: string[] = [];
        let cursor: string | undefined;
        do {
          const query = `${filter}&sort=${sort}&limit=100${cursor === undefined ? '' : `&cursor=${cursor}`}`;
          const page = await read<RecipePage>(await walker('GET', `/recipes?${query}`), 200);
          seen.push(...page.items.map(({ id }) => id));
          cursor = page.nextCursor;
        } while (cursor !== undefined && seen.length <= 1000);
        assert.equal(seen.length, 1000, `${sort} ${filter}`);
        assert.deepEqual(new Set(seen), ids, `${sort} ${filter}`);
      }
    }
  });

  // @requirement 78
  test('a cursor is good for its own list and its own reader only', async () => {
    const [ada, bob] = [app.somebody(), app.somebody()];
    for (const title of ['a', 'b', 'c']) {
      await create(ada, { title, visibility: 'public', tags: ['cursor-test'] });
    }
    const list = '/recipes?tag=cursor-test&sort=title';
    const { nextCursor } = await read<RecipePage>(await ada('GET', `${list}&limit=1`), 200);
    assert.ok(nextCursor !== undefined);
    const rest = await read<RecipePage>(await ada('GET', `${list}&limit=2&cursor=${nextCursor}`), 200);
    assert.deepEqual(
      rest.items.map(({ title }) => title),
      ['b', 'c'],
    );
    assert.equal(rest.nextCursor, undefined);

    const last = nextCursor.endsWith('A') ? 'B' : 'A';
    const refusals = [
      await bob('GET', `${list}&cursor=${nextCursor}`),
      await ada('GET', `${list}&cursor=${nextCursor.slice(0, -1)}${last}`),
      await ada('GET', `${list}&cursor=${nextCursor.slice(1)}`),
      await ada('GET', `/recipes?tag=cursor-test&cursor=${nextCursor}`),
      await ada('GET', `/recipes?tag=cursor-test&sort=createdAt&cursor=${nextCursor}`),
      await ada('GET', `/recipes?sort=title&cursor=${nextCursor}`),
      await ada('GET', `${list}&visibility=public&cursor=${nextCursor}`),
    ];
    for (const response of refusals) {
      const { errors } = await problem(response, 400, 'invalid-cursor');
      assert.deepEqual(errors, [
        { parameter: 'cursor', code: 'cursor', detail: 'must be a nextCursor of this list' },
      ]);
    }
  });

  test('filters combine', async () => {
    const ada = app.somebody();
    const author = (await create(ada, { title: 'Tomato soup', tags: ['f-soup', 'f-vegan'], cookMinutes: 30 }))
      .author;
    await create(ada, { title: 'Tomato salad', tags: ['f-vegan'], prepMinutes: 10, visibility: 'public' });
    await create(ada, { title: 'Fish soup', tags: ['f-soup'], cookMinutes: 60, visibility: 'unlisted' });
    const titles = async (query: string): Promise<readonly string[]> => {
      const path = `/recipes?author=${author}&sort=title&${query}`;
      return (await read<RecipePage>(await ada('GET', path), 200)).items.map(({ title }) => title);
    };
    assert.deepEqual(await titles('q=tomato'), ['Tomato salad', 'Tomato soup']);
    assert.deepEqual(await titles('q=SOUP%20tom'), ['Tomato soup']);
    assert.deepEqual(await titles('q=!!'), []);
    assert.deepEqual(await titles('tag=F-Soup'), ['Fish soup', 'Tomato soup']);
    assert.deepEqual(await titles('tag=f-soup&tag=f-vegan'), ['Tomato soup']);
    assert.deepEqual(await titles('maxTotalMinutes=30'), ['Tomato salad', 'Tomato soup']);
    assert.deepEqual(await titles('maxTotalMinutes=30&q=soup'), ['Tomato soup']);
    assert.deepEqual(await titles('visibility=public'), ['Tomato salad']);
    assert.deepEqual(await titles('visibility=unlisted'), ['Fish soup']);
    assert.deepEqual(await titles('visibility=private'), ['Tomato soup']);
    const newest = await read<RecipePage>(await ada('GET', `/recipes?author=${author}&limit=1`), 200);
    assert.deepEqual(
      newest.items.map(({ title }) => title),
      ['Fish soup'],
    );
  });

  test('tags are counted as they are now, the most used first', async () => {
    const ada = app.somebody();
    await create(ada, { tags: ['t-a', 't-b'] });
    const { id } = await create(ada, { tags: ['t-b', 't-c'], visibility: 'public' });
    assert.deepEqual(await testTags(ada), ['t-b 2', 't-a 1', 't-c 1']);
    assert.deepEqual(await testTags(ada, '&limit=1'), ['t-b 2']);
    assert.deepEqual(await testTags(app.somebody()), ['t-b 1', 't-c 1']);
    await ada('DELETE', `/recipes/${id}`);
    assert.deepEqual(await testTags(ada), ['t-a 1', 't-b 1']);
    assert.deepEqual(await testTags(app.somebody()), []);
  });
});
