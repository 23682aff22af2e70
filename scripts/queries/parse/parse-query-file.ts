import { TransformType, parseSQLFile, queryASTToIR } from '@pgtyped/parser';
import type { SQLQueryAST } from '@pgtyped/parser';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { expandVariants } from './expand-variants.ts';
import { NO_QUERY, explainSyntax } from './explain-syntax.ts';
import { findWaivers } from '../../sql/waivers.ts';
import { locate, startOfLine, toSourceText } from '../../sql/source-text.ts';
import type { SourceText } from '../../sql/source-text.ts';
import { maskStatements } from './mask-statements.ts';
import { sqlTokens } from './sql-tokens.ts';
import type { SqlParameter, SqlQuery } from './sql-query.ts';

/** The queries of one file, or why it has none to give. */
export interface ParsedQueryFile {
  readonly queries: readonly SqlQuery[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Parses an annotated SQL file with PgTyped's own grammar, so that both read it alike.
 *
 * @param file path relative to the project root: `sql/<module>/<aggregate>.sql`.
 */
export function parseQueryFile(file: string, text: string): ParsedQueryFile {
  const expanded = expandVariants(toSourceText(file, text));
  if (!expanded.ok) {
    return { queries: [], diagnostics: expanded.diagnostics };
  }
  const { source } = expanded;
  const refuse = (offset: number, rule: string, message: string): Diagnostic => ({
    rule,
    message,
    at: locate(source, offset),
  });
  const astral = source.text.search(/[\u{10000}-\u{10FFFF}]/u);
  if (astral >= 0) {
    // PgTyped counts code points in one place and UTF-16 units in another: parameters after it would be misplaced.
    const message = 'Characters beyond U+FFFF cannot stand in a query file; pass them as parameters.';
    return { queries: [], diagnostics: [refuse(astral, 'query-syntax', message)] };
  }
  const masked = maskStatements(source.text);
  const strange = masked.strangeParameters.map(({ offset, name }) =>
    refuse(
      offset,
      'query-parameter',
      `The parameter :${name} is not named in letters from a to z, digits and _; rename it.`,
    ),
  );
  if (strange.length > 0) {
    return { queries: [], diagnostics: strange };
  }
  let parsedFile: ReturnType<typeof parseSQLFile>;
  try {
    parsedFile = parseSQLFile(masked.text);
  } catch {
    const at = firstUnreadable(masked.text);
    return { queries: [], diagnostics: [refuse(at, 'query-syntax', 'A query has no statement.')] };
  }
  const { events } = parsedFile;
  const queries = parsedFile.queries.map((query) => withStatement(query, masked.statements));
  const diagnostics = events.map((event) => {
    const { line = 1, col = 0, a } = event.location ?? {};
    const offset = startOfLine(source.text, line) + col;
    return refuse(offset, ...explainSyntax(event.message.text, source.text.slice(a ?? offset)));
  });
  if (diagnostics.length === 0 && queries.length === 0) {
    diagnostics.push(refuse(0, 'query-name', NO_QUERY));
  }
  if (diagnostics.length > 0) {
    return { queries: [], diagnostics };
  }
  let searchFrom = 0;
  const parsed: SqlQuery[] = [];
  for (const query of queries) {
    const start = query.statement.loc.a;
    const annotationStart = source.text.indexOf('/*', searchFrom);
    searchFrom = query.statement.loc.b + 1;
    try {
      parsed.push(toSqlQuery(source, query, source.text.slice(annotationStart, start).trim(), start));
    } catch {
      const message = `The annotation of ${query.name} cannot be read; it has lines @name FindThing and @param name -> (key, other).`;
      diagnostics.push(refuse(annotationStart, 'query-syntax', message));
    }
  }
  const named = parsed.map((query) => ({ query, problems: checkName(query, parsed) }));
  return {
    queries: named.filter(({ problems }) => problems.length === 0).map(({ query }) => query),
    diagnostics: [...diagnostics, ...named.flatMap(({ problems }) => problems)],
  };
}

/** A query with its statement as the file has it, comments apart. */
function withStatement(query: SQLQueryAST, statements: string): SQLQueryAST {
  const { statement } = query;
  return {
    ...query,
    statement: { ...statement, body: statements.slice(statement.loc.a, statement.loc.b + 1) },
  };
}

/** Where the first statement begins that the grammar fails on, however it fails. */
function firstUnreadable(text: string): number {
  let from = 0;
  for (const { kind, end } of sqlTokens(text)) {
    if (kind === 'semicolon') {
      try {
        parseSQLFile(text.slice(from, end));
      } catch {
        break;
      }
      from = end;
    }
  }
  return from + (/^\s*/.exec(text.slice(from))?.[0].length ?? 0);
}

function toSqlQuery(source: SourceText, query: SQLQueryAST, annotation: string, start: number): SqlQuery {
  const { statement, parameters, edits } = bindParameters(query);
  const fromStatement = (offset: number): number => {
    let original = offset;
    for (const { at, grown } of edits) {
      if (at < offset) {
        original -= Math.min(grown, offset - at);
      }
    }
    return original;
  };
  const body = query.statement.body;
  const end = start + body.length;
  return {
    name: query.name,
    source,
    ast: query,
    module: source.file.split('/')[1] ?? '',
    annotation,
    at: locate(source, start + leadingTrivia(body)),
    statement,
    parameters,
    waivers: findWaivers(source, start, end),
    locate: (offset) => locate(source, start + fromStatement(offset)),
  };
}

/** How much longer than the source the statement is from `at` on (in the statement). */
interface Edit {
  readonly at: number;
  readonly grown: number;
}

/** Puts `$n` where parameters stand. */
function bindParameters(query: SQLQueryAST): {
  readonly statement: string;
  readonly parameters: readonly SqlParameter[];
  readonly edits: readonly Edit[];
} {
  const parameters: SqlParameter[] = [];
  const places: { readonly from: number; readonly to: number; readonly text: string }[] = [];
  const ir = queryASTToIR(query);
  for (const { name, transform, required, locs } of ir.params) {
    const first = parameters.length + 1;
    const keys = 'keys' in transform ? transform.keys : null;
    if (keys === null) {
      parameters.push({ name, isRequired: required || transform.type !== TransformType.Scalar });
    } else {
      parameters.push(...keys.map((key) => ({ name: `${name}.${key.name}`, isRequired: key.required })));
    }
    const numbers = keys === null ? [`$${first}`] : keys.map((_, index) => `$${first + index}`);
    const isPlain = transform.type === TransformType.Scalar;
    for (const { a, b } of locs) {
      // `a` is the colon.
      places.push({ from: a, to: b + 1, text: isPlain ? `$${first}` : `(${numbers.join(',')})` });
    }
  }
  places.sort((one, other) => one.from - other.from);
  const characters = Array.from(ir.statement);
  let statement = '';
  let end = 0;
  const edits: Edit[] = [];
  for (const place of places) {
    statement += characters.slice(end, place.from).join('');
    // Padding keeps most places where they are in the source.
    const written = place.text.padEnd(place.to - place.from, ' ');
    edits.push({ at: statement.length, grown: written.length - (place.to - place.from) });
    statement += written;
    end = place.to;
  }
  return { statement: statement + characters.slice(end).join(''), parameters, edits };
}

/** How many characters of comments and white space come before the first word. */
function leadingTrivia(body: string): number {
  return /^(?:\s|--[^\n]*\n)*/.exec(body)?.[0].length ?? 0;
}

function checkName({ name, at }: SqlQuery, queries: readonly SqlQuery[]): readonly Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  if (!/^[A-Z][A-Za-z0-9]*$/.test(name)) {
    const message = `The query's name ${name} is not in PascalCase, as FindTicketById is.`;
    diagnostics.push({ rule: 'query-name', message, at });
  }
  const first = queries.find((query) => query.name.toLowerCase() === name.toLowerCase());
  if (first?.at !== at) {
    diagnostics.push({ rule: 'query-name', message: `The file has two queries named ${name}.`, at });
  }
  return diagnostics;
}
