import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { locate } from '../../sql/source-text.ts';
import type { SourceText } from '../../sql/source-text.ts';
import { sqlTokens } from './sql-tokens.ts';

/** A file's text with each statement of several variants written out for each of them, or what is wrong with its variants. */
export type ExpandedFile =
  | { readonly ok: true; readonly source: SourceText }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/** One `@variants` of an annotation: a table whose first line names its columns, and each other line is a variant. */
interface VariantTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Offsets in the file. */
  readonly start: number;
  readonly end: number;
}

/** A piece of the text that is made: copied from the file, or written in place of a column's name at `start`. */
interface Piece {
  readonly text: string;
  readonly start: number;
  readonly isCopy: boolean;
}

const COMMENT = /\/\*[^]*?\*\//g;
/** To a line that is empty or begins the next thing, or to the comment's end. */
const TABLE = /@variants\b[ \t]*([^]*?)(?=\n[ \t]*(?:\n|@|\*\/|$)|\*\/)/g;
/** A column's name; with the line around it when it is alone there. */
const PLACEHOLDER = /\n[ \t]*\{(\w+)\}[ \t]*(?=\n)|\{(\w+)\}/g;

/**
 * Writes out the variants of a file's statements, each an annotated statement of its own:
 *
 *     @name ListTicketsBy{order}
 *     @variants {order} | {key}
 *               Title   | title_key
 *               Age     | created_at
 *
 * makes two, with `{order}` and `{key}` replaced in the name and in the statement. Several tables make each combination of their
 * lines. Offsets of the text that is made lead back to the file.
 */
export function expandVariants(source: SourceText): ExpandedFile {
  const { text } = source;
  const pieces: Piece[] = [];
  const diagnostics: Diagnostic[] = [];
  let done = 0;
  for (const comment of text.matchAll(COMMENT)) {
    if (comment.index < done || !comment[0].includes('@variants')) continue;
    const bodyStart = comment.index + comment[0].length;
    const end = statementEnd(text, bodyStart);
    const tables = readTables(comment[0], comment.index);
    diagnostics.push(...checkTables(source, tables, { start: comment.index, bodyStart, end }));
    pieces.push(copy(text, done, comment.index));
    for (const values of combine(tables)) {
      let from = comment.index;
      for (const table of tables) {
        pieces.push(...fill(text, from, table.start, values));
        from = table.end;
      }
      pieces.push(...fill(text, from, end, values), { text: '\n', start: end, isCopy: false });
    }
    done = end;
  }
  if (diagnostics.length > 0) return { ok: false, diagnostics };
  return { ok: true, source: done === 0 ? source : join(source, [...pieces, copy(text, done, text.length)]) };
}

function join(source: SourceText, pieces: readonly Piece[]): SourceText {
  const toOffset = (offset: number): number => {
    let before = 0;
    for (const { text, start, isCopy } of pieces) {
      if (offset < before + text.length) return isCopy ? start + offset - before : start;
      before += text.length;
    }
    return source.text.length;
  };
  return { file: source.file, text: pieces.map(({ text }) => text).join(''), origin: { source, toOffset } };
}

function copy(text: string, start: number, end: number): Piece {
  return { text: text.slice(start, end), start, isCopy: true };
}

/** A part of the file with the columns' values in it; a line that holds nothing but an empty value is left out. */
function fill(
  text: string,
  start: number,
  end: number,
  values: ReadonlyMap<string, string>,
): readonly Piece[] {
  const pieces: Piece[] = [];
  let from = start;
  for (const match of text.slice(start, end).matchAll(PLACEHOLDER)) {
    const value = values.get(match[1] ?? match[2] ?? '');
    if (value === undefined) continue;
    const at = start + match.index;
    const lead = value === '' ? 0 : match[0].indexOf('{');
    pieces.push(copy(text, from, at + lead), {
      text: value,
      start: at + match[0].indexOf('{'),
      isCopy: false,
    });
    from = at + match[0].length;
  }
  return [...pieces, copy(text, from, end)];
}

/** Behind the semicolon that ends the statement. */
function statementEnd(text: string, from: number): number {
  const semicolon = sqlTokens(text.slice(from)).find(({ kind }) => kind === 'semicolon');
  return semicolon === undefined ? text.length : from + semicolon.end;
}

function readTables(comment: string, offset: number): readonly VariantTable[] {
  return [...comment.matchAll(TABLE)].map((match) => {
    const [columns = [], ...rows] = (match[1] ?? '').trimEnd().split('\n').map(toCells);
    const start = offset + match.index;
    return { columns, rows, start, end: start + match[0].length };
  });
}

/** `||` is an operator of SQL; a cell ends at a bar that stands alone. */
function toCells(line: string): readonly string[] {
  return line.split(/(?<!\|)\|(?!\|)/).map((cell) => cell.trim());
}

/** The values of each combination of the tables' lines, by column; the first table's lines change last. */
function combine(tables: readonly VariantTable[]): readonly ReadonlyMap<string, string>[] {
  return tables.reduce<readonly ReadonlyMap<string, string>[]>(
    (before, { columns, rows }) =>
      before.flatMap((values) =>
        rows.map(
          (row) =>
            new Map([
              ...values,
              ...columns.map((name, index) => [name.slice(1, -1), row[index] ?? ''] as const),
            ]),
        ),
      ),
    [new Map()],
  );
}

function checkTables(
  source: SourceText,
  tables: readonly VariantTable[],
  { start, bodyStart, end }: { readonly start: number; readonly bodyStart: number; readonly end: number },
): readonly Diagnostic[] {
  const [, name = ''] = /@name\s+(\S+)/.exec(source.text.slice(start, bodyStart)) ?? [];
  const isUsed = (column: string): boolean =>
    name.includes(column) || source.text.slice(bodyStart, end).includes(column);
  const seen = new Set<string>();
  return tables.flatMap((table) => {
    const problems: string[] = [];
    const { columns, rows } = table;
    if (columns.some((column) => !/^\{\w+\}$/.test(column))) {
      problems.push('The line of @variants names its columns, each in braces: @variants {order} | {key}.');
    } else if (rows.length === 0) {
      problems.push('@variants has no variants: write one a line below the names of the columns.');
    } else if (!columns.some((column) => name.includes(column))) {
      problems.push(
        `All variants would have the name ${name}: put the column that tells them apart into @name, as in ${name}By${columns[0]}.`,
      );
    }
    for (const row of rows.filter(({ length }) => length !== columns.length)) {
      problems.push(
        `The variant "${row.join(' | ')}" has ${row.length} values for ${columns.length} columns.`,
      );
    }
    for (const column of columns) {
      if (seen.has(column)) problems.push(`Two columns of @variants are named ${column}.`);
      if (!isUsed(column)) {
        problems.push(`Column ${column} of @variants is neither in @name nor in the statement.`);
      }
      seen.add(column);
    }
    return problems.map((message) => ({ rule: 'query-variants', message, at: locate(source, table.start) }));
  });
}
