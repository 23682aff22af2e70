import { formsOf, toKebab } from '../names/forms.ts';
import { Refusal } from '../refusal.ts';

/** A table of a module as the migrations make it, its columns in their order. */
export interface Table {
  /** As SQL writes it, with its schema: `pantry.jars`. */
  readonly written: string;
  readonly name: string;
  readonly columns: readonly { readonly name: string; readonly written: string; readonly isKey: boolean }[];
}

/** What a query's name says: `ListJarsByOwnerAndName`. */
export const QUERY_NAME =
  /^(?<verb>Find|Get|List|Count|Insert|Update|Delete)(?<thing>[A-Z][A-Za-z0-9]*?)(?:By(?<by>[A-Z][A-Za-z0-9]*))?$/;

/** The statement that a query's name describes, with its name. @throws {Refusal} when the table has no such columns. */
export function writeQuery(name: string, table: Table): string {
  const { verb = '', by } = QUERY_NAME.exec(name)?.groups ?? {};
  const keys = table.columns.filter(({ isKey }) => isKey);
  const isOfMany = verb === 'List' || verb === 'Count' || verb === 'Insert';
  const sought =
    by === undefined ? (isOfMany ? [] : keys) : by.split('And').map((each) => columnOf(each, table));
  if (sought.length === 0 && !isOfMany) {
    throw new Refusal(
      `${table.written} has no primary key: say what one is looked for by, such as ${name}ByName.`,
    );
  }
  const where = sought.map((column) => `${column.written} = :${parameter(column.name)}!`).join(' AND ');
  const condition = where === '' ? '' : `\nWHERE ${where}`;
  const results = table.columns.map(({ name: column, written }) =>
    parameter(column) === column ? written : `${written} AS "${parameter(column)}"`,
  );
  const parameters = table.columns.map((column) => `:${parameter(column.name)}!`);
  const statements: Readonly<Record<string, string>> = {
    Find: `SELECT ${results.join(', ')}\nFROM ${table.written}${condition};`,
    Get: `SELECT ${results.join(', ')}\nFROM ${table.written}${condition};`,
    List: `SELECT ${results.join(', ')}\nFROM ${table.written}${condition}\nORDER BY ${keys.map(({ written }) => written).join(', ')}\nLIMIT :count!;`,
    Count: `SELECT count(*) AS "count"\nFROM ${table.written}${condition};`,
    Insert: `INSERT INTO ${table.written} (${table.columns.map(({ written }) => written).join(', ')})\nVALUES (${parameters.join(', ')});`,
    Update: `UPDATE ${table.written}\nSET ${table.columns
      .filter((column) => !sought.includes(column))
      .map((column) => `${column.written} = :${parameter(column.name)}!`)
      .join(', ')}${condition};`,
    Delete: `DELETE FROM ${table.written}${condition};`,
  };
  return `/* @name ${name} */\n${statements[verb] ?? ''}\n`;
}

function columnOf(word: string, table: Table): Table['columns'][number] {
  const name = formsOf(toKebab(word)).snake;
  const column = table.columns.find((each) => each.name === name);
  if (column === undefined) {
    throw new Refusal(
      `${table.written} has no column ${name}; it has ${table.columns.map((each) => each.name).join(', ')}. Add it first: npm run new -- migration <module> add_${name}.`,
    );
  }
  return column;
}

/** `createdAt`, from `created_at`. */
function parameter(column: string): string {
  return formsOf(column.replaceAll('_', '-')).camel;
}
