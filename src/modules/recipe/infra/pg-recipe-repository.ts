import {
  deleteRecipe,
  findRecipeById,
  findRecipeForUpdate,
  insertRecipe,
  listTagCounts,
  updateRecipe,
} from '#generated/recipe/queries/recipes.ts';
import type { Database, Queryable } from '#kernel/database/database.ts';
import { RecipeVersionMismatchError } from '../domain/errors.ts';
import type { RecipeListQuery } from '../domain/recipe-list.ts';
import type { RecipeRepository, TagCount } from '../domain/recipe-repository.ts';
import type { Recipe, RecipeSummary } from '../domain/recipe.ts';
import { listRows } from './list-rows.ts';
import { toParameters, toRecipe, toSummary } from './recipe-row.ts';

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
 * The recipe as it is once nobody else is changing it. Two statements on purpose: the one that waits for the lock still sees the
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
