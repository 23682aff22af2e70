import { withSchemaDatabase } from '../../queries/generate/schema-database.ts';
import { readQueryFiles, type QueryFile } from '../../queries/parse/query-file.ts';
import { schemaOfModule } from '../../sql/module-schema.ts';
import type { Change } from '../changes.ts';
import { formsOf, pluralOf, toKebab } from '../names/forms.ts';
import { assertModule } from '../names/known-names.ts';
import { Refusal } from '../refusal.ts';
import { QUERY_NAME, writeQuery, type Table } from './write-query.ts';

/** Which query to add. */
export interface QueryRequest {
  readonly module: string;
  /** As `FindJarById`. */
  readonly name: string;
  /** Which of the module's tables it is about; found by the query's name when left out. */
  readonly table?: string | undefined;
}

/**
 * The query files of a module with one query more, about a table as the migrations make it. Starts PostgreSQL to ask for the table's
 * columns, and writes nothing.
 *
 * @throws {Refusal} when the name says nothing, or is taken, or no table fits it.
 * @throws {MigrationError} when a migration fails.
 */
export async function planQuery(root: string, request: QueryRequest): Promise<readonly Change[]> {
  const { module, name } = request;
  assertModule(root, module);
  if (!QUERY_NAME.test(name)) {
    throw new Refusal(
      `${JSON.stringify(name)} cannot name a query: write a verb (Find, Get, List, Count, Insert, Update, Delete), a table's entry and what it is looked for by, in PascalCase, such as FindJarById or ListJarsByOwner.`,
    );
  }
  const files = await readQueryFiles(root);
  const holder = files.find(
    ({ text, module: of }) => of === module && new RegExp(`@name\\s+${name}\\s`, 'i').test(text),
  );
  if (holder !== undefined) throw new Refusal(`The query ${name} is there already: ${holder.file}.`);
  const tables = await readTables(root, schemaOfModule(module));
  const table = chooseTable(tables, request);
  const statement = writeQuery(name, table);
  return [intoFile(module, table, statement, files)];
}

/** Adds a statement to the file that is about its table, or makes that file. */
function intoFile(module: string, table: Table, statement: string, files: readonly QueryFile[]): Change {
  const path = `sql/${module}/${table.name.replaceAll('_', '-')}.sql`;
  const own = files.filter((file) => file.module === module);
  const file = own.find((each) => each.file === path) ?? own.find(({ text }) => text.includes(table.written));
  return file === undefined
    ? { path, text: statement }
    : { path: file.file, before: file.text, text: `${file.text.trimEnd()}\n\n${statement}` };
}

function chooseTable(tables: readonly Table[], { module, name, table }: QueryRequest): Table {
  const { thing = '' } = QUERY_NAME.exec(name)?.groups ?? {};
  const kebab = toKebab(thing);
  const wanted = table === undefined ? [kebab, pluralOf(kebab)].map((each) => formsOf(each).snake) : [table];
  const found =
    tables.find((each) => wanted.includes(each.name)) ??
    (table === undefined && tables.length === 1 ? tables[0] : undefined);
  if (found !== undefined) return found;
  throw new Refusal(
    tables.length === 0
      ? `Module ${module} has no tables to ask: make one first, npm run new -- migration ${module} create_things.`
      : `Module ${module} has no table ${wanted.join(' or ')}; it has ${tables.map((each) => each.name).join(', ')}. Say which: --table <name>.`,
  );
}

/** The tables that the migrations make in a schema. */
async function readTables(root: string, schema: string): Promise<readonly Table[]> {
  return withSchemaDatabase({ root }, async ([client]) => {
    const { rows } = await client.query<{
      table: string;
      written: string;
      column: string;
      quoted: string;
      key: boolean;
    }>(
      `SELECT c.relname AS table, format('%I.%I', n.nspname, c.relname) AS written, a.attname AS column, quote_ident(a.attname) AS quoted,
         EXISTS (SELECT FROM pg_index AS i WHERE i.indrelid = c.oid AND i.indisprimary AND a.attnum = ANY (i.indkey)) AS key
       FROM pg_class AS c
       JOIN pg_namespace AS n ON n.oid = c.relnamespace
       JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
       WHERE n.nspname = $1 AND c.relkind IN ('r', 'p') AND NOT c.relispartition
       ORDER BY c.relname, a.attnum`,
      [schema],
    );
    return [...Map.groupBy(rows, (row) => row.table)].map(([name, columns]) => ({
      name,
      written: columns[0]?.written ?? name,
      columns: columns.map(({ column, quoted, key }) => ({ name: column, written: quoted, isKey: key })),
    }));
  });
}
