import type { RecipeHandlers } from '#generated/recipe/handlers.ts';
import type {
  Recipe as WireRecipe,
  RecipeSummary as WireRecipeSummary,
  ScaledRecipe as WireScaledRecipe,
} from '#generated/recipe/schemas.ts';
import { parseIfMatch, toVersionTag } from '#kernel/contract/entity-tags.ts';
import type { RecipeUseCases, Recipe, RecipeSummary, ScaledRecipe } from '../application/recipe-api.ts';
import { decodeCursor, encodeCursor } from './list-cursor.ts';

/** Implements the recipe contract over the use cases. */
export function createRecipeHandlers(useCases: RecipeUseCases): RecipeHandlers {
  return {
    async listRecipes({ query }, { user }) {
      const { cursor, limit, sort, ...filters } = query;
      const { q, tag, ...rest } = filters;
      const owner = { reader: user.subject, sort, filters };
      const page = await useCases.listRecipes({
        ...rest,
        reader: user.subject,
        sort,
        limit,
        ...(q === undefined ? {} : { words: q }),
        ...(tag === undefined ? {} : { tags: tag }),
        ...(cursor === undefined ? {} : { after: decodeCursor(cursor, owner) }),
      });
      const items = page.items.map((recipe) => toWireSummary(recipe));
      const body =
        page.next === undefined ? { items } : { items, nextCursor: encodeCursor(page.next, owner) };
      return { status: 200, body };
    },

    async createRecipe({ body }, { user }) {
      const recipe = await useCases.createRecipe({ author: user.subject, draft: body });
      const headers = { location: `/recipes/${recipe.id}`, etag: toVersionTag(recipe.version) };
      return { status: 201, body: toWireRecipe(recipe), headers };
    },

    async getRecipe({ path }, { user }) {
      const recipe = await useCases.getRecipe({ id: path.recipeId, reader: user.subject });
      return { status: 200, body: toWireRecipe(recipe), headers: { etag: toVersionTag(recipe.version) } };
    },

    async replaceRecipe({ path, headers, body }, { user }) {
      const recipe = await useCases.replaceRecipe({
        id: path.recipeId,
        editor: user.subject,
        condition: parseIfMatch(headers['if-match']),
        draft: body,
      });
      return { status: 200, body: toWireRecipe(recipe), headers: { etag: toVersionTag(recipe.version) } };
    },

    async updateRecipe({ path, headers, body }, { user }) {
      const recipe = await useCases.updateRecipe({
        id: path.recipeId,
        editor: user.subject,
        condition: parseIfMatch(headers['if-match']),
        patch: body,
      });
      return { status: 200, body: toWireRecipe(recipe), headers: { etag: toVersionTag(recipe.version) } };
    },

    async deleteRecipe({ path, headers }, { user }) {
      const condition = parseIfMatch(headers['if-match']);
      await useCases.deleteRecipe({ id: path.recipeId, editor: user.subject, condition });
      return { status: 204 };
    },

    async getScaledRecipe({ path, query }, { user }) {
      const scaled = await useCases.getScaledRecipe({
        id: path.recipeId,
        reader: user.subject,
        servings: query.servings,
      });
      const headers = { etag: toVersionTag(scaled.recipe.version) };
      return { status: 200, body: toWireScaledRecipe(scaled), headers };
    },

    async listRecipeTags({ query }, { user }) {
      const items = await useCases.listRecipeTags({ ...query, reader: user.subject });
      return { status: 200, body: { items } };
    },
  };
}

/** A recipe as the contract says it. */
function toWireRecipe(recipe: Recipe): WireRecipe {
  return { ...toWireSummary(recipe), ingredients: recipe.ingredients, steps: recipe.steps };
}

/** A summary as the contract says it. */
function toWireSummary(recipe: RecipeSummary): WireRecipeSummary {
  return {
    id: recipe.id,
    title: recipe.title,
    description: recipe.description,
    servings: recipe.servings,
    prepMinutes: recipe.prepMinutes,
    cookMinutes: recipe.cookMinutes,
    totalMinutes: recipe.prepMinutes + recipe.cookMinutes,
    tags: recipe.tags,
    visibility: recipe.visibility,
    author: recipe.author,
    createdAt: recipe.createdAt.toISOString(),
    updatedAt: recipe.updatedAt.toISOString(),
    version: recipe.version,
  };
}

/** A scaled recipe as the contract says it. */
function toWireScaledRecipe({ recipe, servings, ingredients }: ScaledRecipe): WireScaledRecipe {
  return {
    recipeId: recipe.id,
    title: recipe.title,
    servings,
    originalServings: recipe.servings,
    version: recipe.version,
    ingredients,
  };
}
