import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** One save of a YAML file. */
export interface Edit {
  readonly kind: string;
  readonly change: () => Promise<void>;
}

/** How often each kind of edit is made. */
const ROUNDS = 3;
const RECIPE = 'specs/recipe/openapi.yaml';
const PANTRY = 'specs/pantry/openapi.yaml';

/** The edits, in order: each changes what the one before it left. */
export async function edits(root: string): Promise<readonly Edit[]> {
  const recipe = await readFile(join(root, RECIPE), 'utf8');
  const write = async (file: string, text: string): Promise<void> => {
    await mkdir(dirname(join(root, file)), { recursive: true });
    await writeFile(join(root, file), text);
  };
  return Array.from({ length: ROUNDS }, (_, round): readonly Edit[] => {
    const described = replaced(recipe, /^( +summary: ).*$/m, `$1What to do in round ${round}.`);
    const property = `        round${round}: { type: boolean, description: Of the round. }\n`;
    const extended = replaced(
      described,
      /^( {4}RecipeContent:\n[\s\S]*?^ {6}properties:\n)/m,
      `$1${property}`,
    );
    const renamed = replaced(
      extended,
      /operationId: listRecipes\b/,
      `operationId: listRecipesOfRound${round}`,
    );
    return [
      { kind: 'a description', change: () => write(RECIPE, described) },
      { kind: 'a new property', change: () => write(RECIPE, extended) },
      { kind: 'a renamed operation', change: () => write(RECIPE, renamed) },
      {
        kind: 'a broken reference',
        change: () => write(RECIPE, renamed.replace('#/components/schemas/', '#/components/schemas/No')),
      },
      { kind: 'broken YAML', change: () => write(RECIPE, renamed.replace('paths:', 'paths: [')) },
      { kind: 'both repaired', change: () => write(RECIPE, recipe) },
      { kind: 'a new module', change: () => write(PANTRY, newModule(recipe)) },
      { kind: 'the module removed', change: () => rm(dirname(join(root, PANTRY)), { recursive: true }) },
    ];
  }).flat();
}

/** @throws when the text to replace is not there: the edit would change nothing. */
function replaced(text: string, pattern: RegExp, by: string): string {
  const edited = text.replace(pattern, by);
  if (edited === text)
    throw new Error(`${RECIPE} has nothing like ${String(pattern)} any more; change this edit`);
  return edited;
}

/** The head of the recipe module with one operation of its own. */
function newModule(recipe: string): string {
  const servers = /^servers:[\s\S]*?(?=^\S)/m.exec(recipe)?.[0] ?? '';
  return `openapi: 3.1.1
info: { title: Pantry, version: 1.0.0, license: { name: MIT, identifier: MIT } }
${servers}security: [{ bearerAuth: [] }]
tags: [{ name: Pantry, description: What is left. }]
paths:
  /pantry:
    delete:
      operationId: emptyPantry
      tags: [Pantry]
      summary: Empty the pantry
      responses:
        '204': { description: It is empty. }
components:
  securitySchemes:
    bearerAuth: { $ref: ../common/components.yaml#/components/securitySchemes/bearerAuth }
`;
}
