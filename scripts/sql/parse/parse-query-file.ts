import { TransformType, parseSQLFile, queryASTToIR } from '@pgtyped/parser';
import type { SQLQueryAST } from '@pgtyped/parser';
import type { Diagnostic } from '../../generator/contract/contract.ts';
import { findWaivers } from './find-waivers.ts';
import { fromCharacterOffset, locate, toSourceText } from './source-text.ts';
import type { SourceText } from './source-text.ts';
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
  const source = toSourceText(file, text);
  const { queries, events } = parseSQLFile(source.text);
  const diagnostics = events.map((event): Diagnostic => {
    const offset = 'location' in event && event.location !== undefined ? event.location.a : 0;
    return {
      rule: 'query-syntax',
      message: `${event.message.text}. A query is an annotation comment (/* @name FindThing */) and one statement that ends in a semicolon.`,
      at: locate(source, fromCharacterOffset(source.text, offset)),
    };
  });
  if (diagnostics.length > 0) {
    return { queries: [], diagnostics };
  }
  let searchFrom = 0;
  const parsed = queries.map((query) => {
    const start = fromCharacterOffset(source.text, query.statement.loc.a);
    const annotationStart = source.text.indexOf('/*', searchFrom);
    searchFrom = fromCharacterOffset(source.text, query.statement.loc.b) + 1;
    return toSqlQuery(source, query, source.text.slice(annotationStart, start).trim(), start);
  });
  return { queries: parsed, diagnostics: findTwins(parsed) };
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

function findTwins(queries: readonly SqlQuery[]): readonly Diagnostic[] {
  const seen = new Set<string>();
  return queries.flatMap(({ name, at }) => {
    const isTwin = seen.has(name);
    seen.add(name);
    return isTwin
      ? [
          {
            rule: 'query-name',
            message: `There is another query ${name} in this file; name one of them differently.`,
            at,
          },
        ]
      : [];
  });
}
