import { listRecipesByCreatedAtDescending } from '#generated/recipe/queries/recipe-lists.ts';
import { findRecipeById, insertRecipe } from '#generated/recipe/queries/recipes.ts';
import type { Query } from '#kernel/database/query.ts';

/** A statement as this API sends it: its text, and which parameter stands at each place. */
export interface Statement {
  readonly text: string;
  readonly parameters: readonly string[];
}

/** The statements behind the measured operations, for the peers: all send the same SQL. */
export async function readStatements(): Promise<Readonly<Record<'get' | 'list' | 'insert', Statement>>> {
  return {
    get: await readStatement(findRecipeById, ['id']),
    list: await readStatement(listRecipesByCreatedAtDescending, [
      'isFromEverybody',
      'author',
      'visibilities',
      'maxTotalMinutes',
      'count',
      'key',
      'id',
    ]),
    insert: await readStatement(insertRecipe, [
      'id',
      'author',
      'visibility',
      'title',
      'titleKey',
      'description',
      'servings',
      'prepMinutes',
      'cookMinutes',
      'tags',
      'ingredientNames',
      'ingredientQuantities',
      'ingredientUnits',
      'ingredientNotes',
      'steps',
      'createdAt',
      'updatedAt',
      'version',
    ]),
  };
}

/** Runs the query with the name of each parameter as its value, and sees which value goes where. */
async function readStatement<Params>(
  query: Query<Params, unknown>,
  names: readonly (keyof Params & string)[],
): Promise<Statement> {
  let statement: Statement | undefined;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- nothing looks at the values on their way
  const parameters = Object.fromEntries(names.map((name) => [name, name])) as Params;
  await query.run(parameters, {
    query: (text, values = []) => {
      statement = { text, parameters: values.map(String) };
      return Promise.resolve({ rows: [{}], rowCount: 1 });
    },
  });
  if (statement === undefined) throw new Error(`${query.name} sent no statement.`);
  return statement;
}
