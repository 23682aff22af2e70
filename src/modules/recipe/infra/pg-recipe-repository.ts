import {
  deleteRecipe,
  findRecipeById,
  findRecipeForUpdate,
  insertRecipe,
  listTagCounts,
  updateRecipe,
  type FindRecipeByIdResult,
  type InsertRecipeParams,
} from '#generated/recipe/queries/recipes.ts';
import type { Database, Queryable } from '#kernel/database/database.ts';
import { RecipeVersionMismatchError } from '../domain/errors.ts';
import type { Ingredient } from '../domain/recipe-content.ts';
import type { RecipeListQuery } from '../domain/recipe-list.ts';
import type { RecipeRepository, TagCount } from '../domain/recipe-repository.ts';
import type { Recipe, RecipeSummary } from '../domain/recipe.ts';
import { titleKey } from '../domain/text.ts';
import { listRows, type SummaryRow } from './list-rows.ts';

/** Recipes in PostgreSQL, in the schema `recipe`. */
export class PgRecipeRepository implements RecipeRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async find(id: string): Promise<Recipe | undefined> {
    return findRecipe(id, this.#database);
  }

  async list(query: RecipeListQuery): Promise<readonly RecipeSummary[]> {
    const rows = await listRows(query, this.#database);
    return rows.map((row) => toSummary(row));
  }

  async insert(recipe: Recipe): Promise<void> {
    await insertRecipe.run(toParameters(recipe), this.#database);
  }

  async update(id: string, change: (recipe: Recipe | undefined) => Recipe): Promise<Recipe> {
    return this.#database.transaction(async (transaction) => {
      const current = await lockRecipe(id, transaction);
      const changed = change(current);
      const replacedVersion = current?.version ?? 0;
      const kept = await updateRecipe.run({ ...toParameters(changed), replacedVersion }, transaction);
      assertHit(kept.length > 0);
      return changed;
    });
  }

  async remove(id: string, check: (recipe: Recipe | undefined) => Recipe): Promise<void> {
    await this.#database.transaction(async (transaction) => {
      const { version } = check(await lockRecipe(id, transaction));
      const deleted = await deleteRecipe.run({ id, version }, transaction);
      assertHit(deleted !== undefined);
    });
  }

  async countTags(query: {
    readonly reader: string;
    readonly prefix: string;
    readonly count: number;
  }): Promise<readonly TagCount[]> {
    const { reader, prefix, count } = query;
    return listTagCounts.run({ author: reader, prefix, count }, this.#database);
  }
}

/**
 * The recipe, locked against other changes. Two statements on purpose: the one that waits for the lock still sees the
 * ingredients of before.
 */
async function lockRecipe(id: string, transaction: Queryable): Promise<Recipe | undefined> {
  const locked = await findRecipeForUpdate.run({ id }, transaction);
  return locked === undefined ? undefined : findRecipe(id, transaction);
}

async function findRecipe(id: string, queryable: Queryable): Promise<Recipe | undefined> {
  const row = await findRecipeById.run({ id }, queryable);
  return row === undefined ? undefined : toRecipe(row);
}

/** The lock makes this a formality; the statement still names the version, for writers that take no lock. */
function assertHit(isHit: boolean): void {
  if (!isHit) {
    throw new RecipeVersionMismatchError();
  }
}

/** A recipe from its row. Ingredients come as four lists of equal length, with the empty string where a part is absent. */
function toRecipe(row: FindRecipeByIdResult): Recipe {
  const { ingredientNames, ingredientQuantities, ingredientUnits, ingredientNotes, steps, ...summary } = row;
  const ingredients = ingredientNames.map((name, index) =>
    toIngredient(
      name,
      ingredientQuantities[index] ?? '',
      ingredientUnits[index] ?? '',
      ingredientNotes[index] ?? '',
    ),
  );
  return { ...toSummary(summary), ingredients, steps };
}

function toIngredient(name: string, quantity: string, unit: string, note: string): Ingredient {
  return {
    name,
    ...(quantity === '' ? {} : { quantity }),
    ...(unit === '' ? {} : { unit }),
    ...(note === '' ? {} : { note }),
  };
}

/** A summary from its row. */
function toSummary(row: SummaryRow): RecipeSummary {
  return { ...row, createdAt: new Date(row.createdAt), updatedAt: new Date(row.updatedAt) };
}

/** The parameters that store a recipe. */
function toParameters(recipe: Recipe): InsertRecipeParams {
  const { ingredients } = recipe;
  return {
    id: recipe.id,
    author: recipe.author,
    visibility: recipe.visibility,
    title: recipe.title,
    titleKey: titleKey(recipe.title),
    description: recipe.description,
    servings: recipe.servings,
    prepMinutes: recipe.prepMinutes,
    cookMinutes: recipe.cookMinutes,
    tags: [...recipe.tags],
    steps: [...recipe.steps],
    createdAt: recipe.createdAt.toISOString(),
    updatedAt: recipe.updatedAt.toISOString(),
    version: recipe.version,
    ingredientNames: ingredients.map(({ name }) => name),
    ingredientQuantities: ingredients.map(({ quantity }) => quantity ?? ''),
    ingredientUnits: ingredients.map(({ unit }) => unit ?? ''),
    ingredientNotes: ingredients.map(({ note }) => note ?? ''),
  };
}
