import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import * as fc from 'fast-check';
import type { Recipe, RecipePage, RecipeSummary, RecipeTagList } from '#generated/recipe/schemas.ts';
import { startRecipeApp, type Person } from '../testing/recipe-app.ts';

/** What a list is asked for; an absent filter lets everything pass. */
interface Asked {
  readonly q?: string | undefined;
  readonly tag?: readonly string[] | undefined;
  readonly author?: string | undefined;
  readonly visibility?: Recipe['visibility'] | undefined;
  readonly maxTotalMinutes?: number | undefined;
  readonly sort?: 'createdAt' | '-createdAt' | 'title' | 'totalMinutes' | undefined;
}

const PEOPLE = ['ada', 'bob', 'cyd'] as const;
const SORTS = ['createdAt', '-createdAt', 'title', 'totalMinutes'] as const;
const VISIBILITIES = ['private', 'unlisted', 'public'] as const;
const TAGS = ['quick', 'vegan', 'soup'] as const;
const WORDS = ['Tomato', 'tom', 'Soup', 'salad', 'Fish'] as const;
const RECIPE_COUNT = 60;

const anyAsked: fc.Arbitrary<Asked> = fc.record({
  q: sometimes(
    fc
      .array(fc.constantFrom('tom', 'TOMATO', 'so', 'salad', 'fis', 'absent'), { minLength: 1, maxLength: 2 })
      .map((words) => words.join(' ')),
  ),
  tag: sometimes(fc.uniqueArray(fc.constantFrom(...TAGS, 'none'), { minLength: 1, maxLength: 2 })),
  author: sometimes(fc.constantFrom(...PEOPLE, 'nobody')),
  visibility: sometimes(fc.constantFrom(...VISIBILITIES)),
  maxTotalMinutes: sometimes(fc.constantFrom(0, 10, 20, 30)),
  sort: fc.option(fc.constantFrom(...SORTS), { nil: undefined }),
});

/** One time out of three: with every filter at once nothing is left. */
function sometimes<T>(values: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.oneof({ weight: 2, arbitrary: fc.constant(undefined) }, values);
}

suite('lists of recipes', async () => {
  // Every recipe is made in one millisecond, so that nothing but the id tells them apart in most orders.
  const app = await startRecipeApp({ now: () => new Date('2026-03-01T12:00:00.123Z') });
  after(async () => app[Symbol.asyncDispose]());
  const recipes: Recipe[] = [];
  const personOf = (name: string): Person => app.person(name);

  before(async () => {
    for (let index = 0; index < RECIPE_COUNT; index += 1) {
      const json = {
        title: `${pick(WORDS, index)} ${pick(['a', 'B', 'c'], index * 7)}`,
        description: index % 4 === 0 ? pick(WORDS, index + 2) : '',
        servings: 2,
        prepMinutes: (index % 3) * 10,
        cookMinutes: index % 5 === 0 ? 10 : 0,
        tags: TAGS.filter((_, at) => (index >> at) % 2 === 1),
        ingredients: [{ name: pick(WORDS, index * 3) }],
        steps: ['Cook.'],
        visibility: pick(VISIBILITIES, index * 5 + (index >> 2)),
      };
      const created = await personOf(pick(PEOPLE, index + (index >> 3)))('POST', '/recipes', { json });
      assert.equal(created.status, 201);
      recipes.push(await read<Recipe>(created));
    }
  });

  // @requirement 78
  test('hold what passes every filter that is given, in the order asked for, whatever the pages', async () => {
    const seen = { nonEmpty: 0, paged: 0 };
    const property = fc.asyncProperty(
      fc.constantFrom(...PEOPLE),
      anyAsked,
      fc.integer({ min: 1, max: 25 }),
      async (reader, asked, limit) => {
        const expected = listFor(recipes, reader, asked);
        const pages = await walk(personOf(reader), asked, limit);
        assert.deepEqual(
          pages.flat().map(({ id }) => id),
          expected.map(({ id }) => id),
        );
        assert.ok(
          pages.slice(0, -1).every((page) => page.length === limit),
          'a page before the last is short',
        );
        seen.nonEmpty += Number(expected.length > 0);
        seen.paged += Number(pages.length > 1);
      },
    );
    await fc.assert(property, { numRuns: 200 });
    assert.ok(seen.nonEmpty > 20 && seen.paged > 10, JSON.stringify(seen));
  });

  test('show a recipe as getting it does, without ingredients and steps', async () => {
    for (const item of (await walk(personOf('ada'), {}, 100)).flat()) {
      const whole = recipes.find(({ id }) => id === item.id)!;
      const { ingredients: _ingredients, steps: _steps, ...summary } = whole;
      assert.deepEqual(item, summary);
    }
  });

  test('agree with the numbers of their tags', async () => {
    for (const reader of PEOPLE) {
      for (const prefix of ['', 'qu', 'VEG', 'soup', 'x']) {
        const query = prefix === '' ? '' : `?prefix=${prefix}`;
        const answer = await personOf(reader)('GET', `/recipe-tags${query}`);
        const counts = TAGS.filter((tag) => tag.startsWith(prefix.toLowerCase()))
          .map((tag) => ({ tag: tag, recipes: listFor(recipes, reader, { tag: [tag] }).length }))
          .filter((count) => count.recipes > 0)
          .toSorted((one, other) => other.recipes - one.recipes || (one.tag < other.tag ? -1 : 1));
        assert.deepEqual((await read<RecipeTagList>(answer)).items, counts, `${reader} ${prefix}`);
      }
    }
  });

  test('have HEAD like all that can be read, which tells the same without a body', async () => {
    const { id } = recipes.find(({ visibility }) => visibility === 'public')!;
    for (const path of [
      '/recipes?limit=3',
      `/recipes/${id}`,
      `/recipes/${id}/scaled?servings=3`,
      '/recipe-tags',
    ]) {
      const [get, head] = [await personOf('bob')('GET', path), await personOf('bob')('HEAD', path)];
      assert.deepEqual([head.status, await head.text()], [200, ''], path);
      for (const name of ['content-type', 'content-length', 'etag', 'cache-control', 'vary']) {
        assert.equal(head.headers.get(name), get.headers.get(name), `${name} of ${path}`);
      }
      assert.ok((await get.text()).length > 0);
    }
  });
});

function pick<T>(values: readonly T[], index: number): T {
  return values[index % values.length]!;
}

async function read<T>(response: Response): Promise<T> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the app holds its responses to the contract in tests
  return (await response.json()) as T;
}

async function walk(
  person: Person,
  asked: Asked,
  limit: number,
): Promise<readonly (readonly RecipeSummary[])[]> {
  const pages: (readonly RecipeSummary[])[] = [];
  for (let cursor: string | undefined; pages.length <= RECIPE_COUNT;) {
    const query = new URLSearchParams({ limit: String(limit) });
    for (const [name, value] of Object.entries({ ...asked, cursor })) {
      for (const each of [value].flat()) if (each !== undefined) query.append(name, String(each));
    }
    const answer = await person('GET', `/recipes?${query.toString()}`);
    assert.equal(answer.status, 200);
    const { items, nextCursor } = await read<RecipePage>(answer);
    pages.push(items);
    if (nextCursor === undefined) return pages;
    cursor = nextCursor;
  }
  throw new Error('The list has no end.');
}

/** The list as the contract's words have it, made of the recipes themselves. */
function listFor(recipes: readonly Recipe[], reader: string, asked: Asked): readonly Recipe[] {
  const { q, tag = [], author, visibility, maxTotalMinutes = Infinity, sort = '-createdAt' } = asked;
  const starts = q === undefined ? [] : q.toLowerCase().split(' ');
  const keyOf = KEYS[sort];
  const direction = sort.startsWith('-') ? -1 : 1;
  return recipes
    .filter(
      (recipe) =>
        (recipe.visibility === 'public' || recipe.author === reader) &&
        starts.every((start) => wordsOf(recipe).some((word) => word.startsWith(start))) &&
        tag.every((each) => recipe.tags.includes(each)) &&
        (author === undefined || recipe.author === author) &&
        (visibility === undefined || recipe.visibility === visibility) &&
        recipe.totalMinutes <= maxTotalMinutes,
    )
    .toSorted((one, other) => direction * (compare(keyOf(one), keyOf(other)) || compare(one.id, other.id)));
}

const KEYS: Record<(typeof SORTS)[number], (recipe: Recipe) => string | number> = {
  createdAt: ({ createdAt }) => createdAt,
  '-createdAt': ({ createdAt }) => createdAt,
  title: ({ title }) => title.toLowerCase(),
  totalMinutes: ({ totalMinutes }) => totalMinutes,
};

function wordsOf({ title, description, tags, ingredients }: Recipe): readonly string[] {
  const texts = [title, description, ...tags, ...ingredients.map(({ name }) => name)];
  return texts.join(' ').toLowerCase().split(' ');
}

function compare(one: string | number, other: string | number): number {
  return one < other ? -1 : Number(one > other);
}
