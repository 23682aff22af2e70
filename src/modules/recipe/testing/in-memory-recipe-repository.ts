import { InMemoryRepository } from '#tests/kit/in-memory-repository.ts';
import { RecipeVersionMismatchError } from '../domain/errors.ts';
import { totalMinutes } from '../domain/recipe-content.ts';
import {
  listPosition,
  type ListPosition,
  type RecipeListQuery,
  type RecipeSort,
} from '../domain/recipe-list.ts';
import type { RecipeRepository, TagCount } from '../domain/recipe-repository.ts';
import type { Recipe, RecipeSummary } from '../domain/recipe.ts';
import { compareCodePoints } from '../domain/text.ts';

/** Recipes in a Map: the port without a database, held to the same suite as PostgreSQL. */
export class InMemoryRecipeRepository extends InMemoryRepository<Recipe> implements RecipeRepository {
  constructor() {
    super(() => new RecipeVersionMismatchError());
  }

  async list(query: RecipeListQuery): Promise<readonly RecipeSummary[]> {
    const order = compareIn(query.sort);
    return this.all
      .filter((recipe) => isInScope(recipe, query) && passesFilters(recipe, query))
      .map((recipe) => ({ recipe, position: listPosition(recipe, query.sort) }))
      .filter(({ position }) => query.after === undefined || order(position, query.after) > 0)
      .toSorted((left, right) => order(left.position, right.position))
      .slice(0, query.count)
      .map(({ recipe: { ingredients: _ingredients, steps: _steps, ...summary } }) => summary);
  }

  async countTags(query: {
    readonly reader: string;
    readonly prefix: string;
    readonly count: number;
  }): Promise<readonly TagCount[]> {
    const counts = new Map<string, number>();
    for (const { tags, visibility, author } of this.all) {
      const isSeen = visibility === 'public' || author === query.reader;
      for (const tag of tags.filter((each) => isSeen && each.startsWith(query.prefix))) {
        counts.set(tag, (counts.get(tag) ?? 0) + 1);
      }
    }
    return Array.from(counts, ([tag, recipes]) => ({ tag, recipes }))
      .toSorted((left, right) => right.recipes - left.recipes || compareCodePoints(left.tag, right.tag))
      .slice(0, query.count);
  }
}

function isInScope(recipe: Recipe, { scope }: RecipeListQuery): boolean {
  const isOfEverybody = scope.isFromEverybody && recipe.visibility === 'public';
  return isOfEverybody || (recipe.author === scope.author && scope.visibilities.includes(recipe.visibility));
}

function passesFilters(recipe: Recipe, query: RecipeListQuery): boolean {
  const words = wordsOf(
    [recipe.title, recipe.description, ...recipe.tags, ...recipe.ingredients.map(({ name }) => name)].join(
      ' ',
    ),
  );
  const wanted = query.words === undefined ? [] : wordsOf(query.words);
  const isSearchEmpty = query.words !== undefined && wanted.length === 0;
  return (
    !isSearchEmpty &&
    wanted.every((beginning) => words.some((word) => word.startsWith(beginning))) &&
    query.tags.every((tag) => recipe.tags.includes(tag)) &&
    totalMinutes(recipe) <= (query.maxTotalMinutes ?? Infinity)
  );
}

function wordsOf(text: string): readonly string[] {
  return searchedLetters(text).match(/[\p{L}\p{N}]+/gu) ?? [];
}

const WRITTEN_OUT: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  þ: 'th',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  ħ: 'h',
  ı: 'i',
  ŧ: 't',
};

/** As `recipe.fold` makes them, but for the vowel signs of Indic scripts. */
function searchedLetters(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/ς/g, 'σ')
    .replaceAll(/\p{M}+/gu, '')
    .replaceAll(/[ßæœþøłđðħıŧ]/g, (letter) => WRITTEN_OUT[letter] ?? letter);
}

function compareIn(sort: RecipeSort): (left: ListPosition, right: ListPosition) => number {
  const direction = sort.startsWith('-') ? -1 : 1;
  return (left, right) =>
    direction * (compareKeys(left.key, right.key) || compareCodePoints(left.id, right.id));
}

function compareKeys(left: string | number, right: string | number): number {
  return typeof left === 'number' && typeof right === 'number'
    ? left - right
    : compareCodePoints(`${left}`, `${right}`);
}
