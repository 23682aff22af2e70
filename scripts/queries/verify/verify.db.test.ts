import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { env } from 'node:process';
import { after, before, suite, test } from 'node:test';
import { main } from './main.ts';

const FIRST = `-- Up Migration
CREATE SCHEMA recipe;
CREATE TYPE recipe.state AS ENUM ('draft', 'public');
CREATE TABLE recipe.recipes (id integer PRIMARY KEY, title text NOT NULL, note text, size integer NOT NULL, code text NOT NULL UNIQUE, state recipe.state NOT NULL DEFAULT 'draft');
-- Down Migration
DROP TABLE recipe.recipes;
DROP TYPE recipe.state;
DROP SCHEMA recipe;
`;
const QUERIES = `/* @name FindRecipe */
SELECT id, title, note, size FROM recipe.recipes WHERE id = :id!;
/* @name FindRecipeByCode */
SELECT id FROM recipe.recipes WHERE code = :code!;
/* @name InsertRecipe */
INSERT INTO recipe.recipes (id, title, size, code) VALUES (:id!, :title!, :size!, :code!);
/* @name UpdateNote */
UPDATE recipe.recipes SET note = :note WHERE id = :id!;
/* @name ListRecipesInState */
SELECT id FROM recipe.recipes WHERE state = ANY (:states!);
/* @name UpsertRecipe */
INSERT INTO recipe.recipes (id, title, size, code) VALUES (:id!, :title!, :size!, :code!)
ON CONFLICT (code) DO UPDATE SET title = EXCLUDED.title;
`;
let root = '';

before(async () => {
  root = await mkdtemp(join(tmpdir(), 'sql-verify-'));
  await write({ 'migrations/recipe/00001_create_recipes.sql': FIRST, 'sql/recipe/recipes.sql': QUERIES });
  git('init', '-q', '-b', 'main');
  git('add', '.');
  git('-c', 'user.name=t', '-c', 'user.email=t@example.org', 'commit', '-q', '-m', 'Begin');
});
after(() => rm(root, { recursive: true, force: true }));

function git(...args: readonly string[]): void {
  execFileSync('git', args, { cwd: root });
}

async function write(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
}

async function verify(
  change: { readonly up?: string; readonly queries?: string },
  args: readonly string[] = ['--base', 'main'],
): Promise<{ readonly code: number; readonly lines: readonly string[] }> {
  const second = 'migrations/recipe/00002_change.sql';
  await rm(join(root, second), { force: true });
  await write({
    'sql/recipe/recipes.sql': change.queries ?? QUERIES,
    ...(change.up === undefined
      ? {}
      : { [second]: `-- Up Migration\n${change.up};\n-- Down Migration\nSELECT 1;\n` }),
  });
  const lines: string[] = [];
  const adminUrl = env['TEST_DATABASE_URL'];
  const code = await main(args, {
    root,
    write: (line) => lines.push(line),
    ...(adminUrl === undefined ? {} : { adminUrl }),
  });
  return { code, lines };
}

suite('verifying queries against the base', () => {
  test('passes when nothing or something harmless changed', async () => {
    assert.deepEqual(await verify({}), {
      code: 0,
      lines: ['6 queries of main and 6 of this branch work on both schemas.'],
    });
    const wider = await verify({
      up: `ALTER TABLE recipe.recipes ADD COLUMN kind text NOT NULL DEFAULT 'x'`,
    });
    assert.equal(wider.code, 0, wider.lines.join('\n'));
  });

  const breaks: readonly (readonly [string, string, string])[] = [
    [
      'a dropped column',
      'ALTER TABLE recipe.recipes DROP COLUMN note',
      "sql/recipe/recipes.sql:2:19 query-fails: FindRecipe of main fails on this branch's schema",
    ],
    [
      'a wider type',
      'ALTER TABLE recipe.recipes ALTER COLUMN size TYPE bigint',
      'column size is bigint, not integer',
    ],
    [
      'a NOT NULL that went',
      'ALTER TABLE recipe.recipes ALTER COLUMN title DROP NOT NULL',
      'column title can be null',
    ],
    [
      'a unique key that went',
      'ALTER TABLE recipe.recipes DROP CONSTRAINT recipes_code_key',
      'it can give several rows',
    ],
    [
      'a unique key that ON CONFLICT names',
      'ALTER TABLE recipe.recipes DROP CONSTRAINT recipes_code_key',
      'there is no unique or exclusion constraint matching the ON CONFLICT specification',
    ],
    [
      'a NOT NULL for a column that can be given null',
      'ALTER TABLE recipe.recipes ALTER COLUMN note SET NOT NULL',
      "null-write: UpdateNote of main on this branch's schema: it can write null to recipe.recipes.note",
    ],
    [
      'a renamed value of an enum',
      `ALTER TYPE recipe.state RENAME VALUE 'draft' TO 'private'`,
      "parameter $1 can be 'draft', which recipe.state[] does not have",
    ],
    [
      'a new column that needs a value',
      'ALTER TABLE recipe.recipes ADD COLUMN kind text NOT NULL',
      'it inserts no recipe.recipes.kind',
    ],
  ];
  for (const [what, up, message] of breaks) {
    test(`finds ${what} under the base's queries`, async () => {
      const { code, lines } = await verify({ up });
      assert.equal(code, 1);
      assert.ok(
        lines.some((line) => line.includes(message)),
        lines.join('\n'),
      );
    });
  }

  test("finds queries of the branch that the base's schema does not know", async () => {
    const { code, lines } = await verify({
      up: 'ALTER TABLE recipe.recipes ADD COLUMN kind text',
      queries: `${QUERIES}/* @name FindKind */\nSELECT kind FROM recipe.recipes WHERE id = :id!;\n`,
    });
    assert.equal(code, 1);
    assert.match(
      lines[0] ?? '',
      /^sql\/recipe\/recipes\.sql:15:8 query-fails: FindKind fails on the schema of main: column "kind" does not exist/,
    );
  });

  test('says what it cannot do', async () => {
    const unknown = await verify({}, ['--base', 'nowhere']);
    assert.equal(unknown.code, 2);
    assert.match(unknown.lines.join(), /There is no commit nowhere here to compare with/);
    for (const args of [[], ['--base'], ['--base', ''], ['--bass', 'main']]) {
      const { code, lines } = await verify({}, args);
      assert.equal(code, 2);
      assert.match(lines.join(), /^Usage: /);
    }
    const broken = await verify({ up: 'CREATE TABLE' });
    assert.equal(broken.code, 1);
    assert.match(broken.lines.join(), /migrations\/recipe\/00002_change\.sql:/);
  });
});
