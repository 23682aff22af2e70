import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { generateNotes } from './testing/notes-project.ts';

/** Names of enumerations that an emitted file cannot declare. */
const TAKEN = `
  any arguments as await bigint boolean break case catch class const continue debugger default delete do else enum eval export extends
  false finally for function if implements import in infer instanceof interface keyof let never new null number object package
  private protected public readonly return static string super switch symbol this throw true try typeof undefined unique unknown var
  void while with yield
  Array Buffer Date DateOrString Json countQuery rowOrNoneQuery rowQuery rowsQuery stringArray numberArray BufferArray JsonArray
  DateOrStringArray constructor toString valueOf hasOwnProperty __proto__
  text bool int4 date json jsonb interval range time uuid void name
  FindClassParams FindClassResult moodsArray
`;
const FREE = `type of from async intrinsic is asserts get set module größe _under $money Mood ÄÖ Map Promise Record moods_array`;

function words(text: string): readonly string[] {
  return [...new Set(text.trim().split(/\s+/))];
}

/** `class` to a query of its own file, so that each is judged alone. */
function files(names: readonly string[]): Readonly<Record<string, string>> {
  return {
    'migrations/names/00001_create_schema.sql': `-- Up Migration\nCREATE SCHEMA names;\n${[...names, 'moods']
      .map((name) => `CREATE TYPE names."${name}" AS ENUM ('a', 'b');`)
      .join('\n')}\nCREATE TYPE names.empty AS ENUM ();\n`,
    ...Object.fromEntries(
      names.map((name, index) => [
        `sql/names/n${index}.sql`,
        `/* @name FindClass */\nSELECT 'a'::names."${name}" AS one, '{a}'::names.moods[] AS "moods!";\n`,
      ]),
    ),
  };
}

suite('the name of an enumeration', () => {
  test('is refused at the query when the emitted file cannot declare it', async () => {
    const names = words(TAKEN);
    const result = await generateNotes({
      ...files(names),
      'sql/names/zempty.sql': '/* @name FindNothing */\nSELECT NULL::names.empty AS none;\n',
    });
    assert.ok(!result.ok);
    const found = new Map(result.diagnostics.map(({ message, at }) => [at.file, message]));
    for (const [index, name] of names.entries()) {
      assert.match(
        found.get(`sql/names/n${index}.sql`) ?? '',
        /^FindClass: type .* would be declared as .*, which is .*; cast it to text, rename the type,/,
        name,
      );
    }
    assert.match(
      found.get('sql/names/zempty.sql') ?? '',
      /none has type empty, an enumeration without values; cast it to text/,
    );
    assert.equal(found.size, names.length + 1);
  });

  test('is its own otherwise, in every script', async () => {
    const names = words(FREE);
    const result = await generateNotes(files(names));
    assert.ok(result.ok, JSON.stringify(result));
    for (const [index, name] of names.entries()) {
      const text =
        result.files.find(({ path }) => path === `generated/names/queries/n${index}.ts`)?.text ?? '';
      assert.ok(text.includes(`export type ${name} = 'a' | 'b';`), text);
      assert.ok(text.includes(`  one: ${name};`), text);
    }
  });
});
