import { queryASTToIR } from '@pgtyped/parser';
import { getTypes } from '@pgtyped/query';
import { processSQLQueryIR } from '@pgtyped/runtime';
import type { Diagnostic } from '../contract/contract.ts';
import type { IQueryTypes, SQLQueryAST, SQLQueryIR, TypeMapping } from './pgtyped.ts';
import { diagnose } from './query-file.ts';
import type { QueryFile } from './query-file.ts';
import type { SchemaDatabase } from './schema-database.ts';
import { typeProblem } from './type-mapping.ts';

/** A query with the types that PostgreSQL gives its parameters and columns. */
export interface DescribedQuery {
  readonly ast: SQLQueryAST;
  readonly types: IQueryTypes;
}

/** Asks PostgreSQL for a query's types: the description, or what is wrong with the query. */
export async function describeQuery(
  file: QueryFile,
  ast: SQLQueryAST,
  schema: SchemaDatabase,
): Promise<{ readonly query?: DescribedQuery; readonly diagnostics: readonly Diagnostic[] }> {
  const ir = queryASTToIR(ast);
  const interpolated = processSQLQueryIR(ir);
  const types = await getTypes(interpolated, schema.connection);
  if ('errorCode' in types) {
    const position = Number(types.position ?? 1);
    const offset = ast.statement.loc.a + toSourceOffset(ir, interpolated.query, position - 1);
    const hint = types.hint === undefined ? '' : ` (${types.hint})`;
    return { diagnostics: [diagnose(file, 'query-invalid', `${ast.name}: ${types.message}${hint}`, offset)] };
  }
  const diagnostics = checkTypes(file, ast, types, schema.mapping);
  return diagnostics.length > 0 ? { diagnostics } : { query: { ast, types }, diagnostics: [] };
}

function checkTypes(
  file: QueryFile,
  ast: SQLQueryAST,
  types: IQueryTypes,
  mapping: TypeMapping,
): Diagnostic[] {
  const problems: string[] = [];
  const seen = new Set<string>();
  for (const { returnName, type } of types.returnTypes) {
    const name = returnName.replace(/[!?]$/, '');
    if (returnName === '?column?') {
      problems.push('a column has no name; add AS name');
    } else if (seen.has(name)) {
      problems.push(`two columns are named ${name}; rename one with AS`);
    }
    seen.add(name);
    const problem = typeProblem(type, mapping);
    if (problem !== undefined) {
      problems.push(`column ${name} ${problem}`);
    }
  }
  for (const [index, type] of types.paramMetadata.params.entries()) {
    const problem = typeProblem(type, mapping);
    if (problem !== undefined) {
      problems.push(`parameter ${index + 1} ${problem}`);
    }
  }
  return problems.map((problem) =>
    diagnose(file, 'query-type', `${ast.name}: ${problem}.`, ast.statement.loc.a),
  );
}

/** Where an offset of the text that PostgreSQL saw, with `$1` for `:id`, is in the text that the author wrote. */
export function toSourceOffset(ir: SQLQueryIR, sent: string, offset: number): number {
  const uses = ir.params.flatMap(({ locs }) => locs).toSorted((left, right) => left.a - right.a);
  let source = 0;
  let target = 0;
  for (const { a, b } of uses) {
    const untilUse = a - source;
    if (offset < target + untilUse) {
      break;
    }
    const placeholder = /^\(?\$\d+(?:,\$\d+)*\)?/.exec(sent.slice(target + untilUse))?.[0] ?? '';
    if (offset < target + untilUse + placeholder.length) {
      return a;
    }
    source = b + 1;
    target += untilUse + placeholder.length;
  }
  return source + (offset - target);
}
