import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseSQLFile } from '@pgtyped/parser';
import { errorCode } from '../../postgres/error-code.ts';
import type { Diagnostic } from '../contract/contract.ts';
import type { SQLQueryAST } from './pgtyped.ts';

/** One file of `sql/<module>/`, with Unix line ends. */
export interface QueryFile {
  readonly module: string;
  /** The file's name without its ending. */
  readonly name: string;
  /** Path relative to the project root: `sql/recipe/recipes.sql`. */
  readonly file: string;
  readonly text: string;
}

const NO_QUERY = 'The file has no query: put /* @name FindThing */ above a statement.';

/** Reads `sql/`: modules and files in the order of their names. */
export async function readQueryFiles(root: string): Promise<readonly QueryFile[]> {
  const files: QueryFile[] = [];
  for (const module of await names(join(root, 'sql'))) {
    for (const entry of await names(join(root, 'sql', module))) {
      if (entry.endsWith('.sql')) {
        const file = `sql/${module}/${entry}`;
        const text = (await readFile(join(root, file), 'utf8')).replaceAll('\r\n', '\n');
        files.push({ module, name: entry.slice(0, -'.sql'.length), file, text });
      }
    }
  }
  return files;
}

async function names(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).toSorted();
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '')) {
      return [];
    }
    throw error;
  }
}

/** A diagnostic at an offset (in UTF-16 units) of a query file's text. */
export function diagnose(file: QueryFile, rule: string, message: string, offset: number): Diagnostic {
  const lines = file.text.slice(0, offset).split('\n');
  const column = (lines.at(-1)?.length ?? 0) + 1;
  return { rule, message, at: { file: file.file, line: lines.length, column, pointer: '' } };
}

/** The queries of a file, or all that is wrong with its text. */
export function parseQueryFile(file: QueryFile): {
  readonly queries: readonly SQLQueryAST[];
  readonly diagnostics: readonly Diagnostic[];
} {
  const astral = file.text.search(/[\u{10000}-\u{10FFFF}]/u);
  if (astral >= 0) {
    // PgTyped counts code points in one place and UTF-16 units in another: parameters after it would be misplaced.
    const message = 'Characters beyond U+FFFF cannot stand in a query file; pass them as parameters.';
    return { queries: [], diagnostics: [diagnose(file, 'query-syntax', message, astral)] };
  }
  let parsed: ReturnType<typeof parseSQLFile>;
  try {
    parsed = parseSQLFile(file.text);
  } catch {
    return { queries: [], diagnostics: [diagnose(file, 'query-syntax', 'A query has no statement.', 0)] };
  }
  const diagnostics = parsed.events.map((event) => {
    const { line = 1, col = 0, a } = event.location ?? {};
    const offset =
      file.text
        .split('\n')
        .slice(0, line - 1)
        .join('\n').length +
      (line > 1 ? 1 : 0) +
      col;
    const [rule, message] = explain(event.message.text, file.text.slice(a ?? offset));
    return diagnose(file, rule, message, offset);
  });
  if (diagnostics.length === 0) {
    diagnostics.push(...checkNames(file, parsed.queries));
  }
  return { queries: parsed.queries, diagnostics };
}

function checkNames(file: QueryFile, queries: readonly SQLQueryAST[]): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  if (queries.length === 0) {
    diagnostics.push(diagnose(file, 'query-name', NO_QUERY, 0));
  }
  const seen = new Set<string>();
  for (const { name, statement } of queries) {
    if (!/^[A-Z][A-Za-z0-9]*$/.test(name)) {
      const message = `The query's name ${name} is not in PascalCase, as FindRecipeById is.`;
      diagnostics.push(diagnose(file, 'query-name', message, statement.loc.a));
    }
    if (seen.has(name.toLowerCase())) {
      diagnostics.push(
        diagnose(file, 'query-name', `The file has two queries named ${name}.`, statement.loc.a),
      );
    }
    seen.add(name.toLowerCase());
  }
  return diagnostics;
}

/** Puts the parser's words into ours where it means something that has a name. */
function explain(message: string, rest: string): readonly [rule: string, message: string] {
  if (/expecting .*'\/\*'/.test(message)) {
    if (rest === '') {
      return ['query-name', NO_QUERY];
    }
    if (rest.startsWith('--') || rest.startsWith('/**')) {
      return ['query-syntax', 'Between queries only /* … */ comments are allowed.'];
    }
    return ['query-name', 'This statement has no name: put /* @name FindThing */ above it.'];
  }
  if (/missing ';'/.test(message)) {
    return ['query-syntax', 'The statement does not end: a semicolon is missing.'];
  }
  if (/defined but never used/.test(message)) {
    return ['query-parameter', `${message.replaceAll('"', '')}.`];
  }
  return ['query-syntax', `${message.replace(/^Parse error: /, '').replaceAll('\n', ' ')}.`];
}
