import { TransformType, queryASTToIR } from '@pgtyped/parser';
import { processSQLQueryIR } from '@pgtyped/runtime';
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { CheckedColumn, CheckedQuery } from '../check-queries.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { readJsonType } from './json-type.ts';
import { toMappableType } from './mappable-type.ts';
import type { IQueryTypes, MappableType, SQLQueryIR } from './pgtyped.ts';
import { typeProblem } from './type-mapping.ts';

/** A query with everything that is printed of it. */
export interface DescribedQuery {
  readonly checked: CheckedQuery;
  readonly ir: SQLQueryIR;
  readonly types: IQueryTypes;
}

type ReturnType = IQueryTypes['returnTypes'][number];

/** Types a query's parameters and columns, or says which of them have no type in TypeScript. */
export function describeQuery(
  checked: CheckedQuery,
  catalogue: Catalogue,
): { readonly query: DescribedQuery; readonly diagnostics: readonly Diagnostic[] } {
  const { query } = checked;
  const problems: string[] = [];
  const ir = queryASTToIR(query.ast);
  const params = checked.parameterTypeIds.map((id) => toMappableType(id, catalogue.types));
  for (const [index, type] of params.entries()) {
    const problem = typeProblem(type);
    if (problem !== undefined) {
      problems.push(`parameter ${query.parameters[index]?.name ?? index + 1} ${problem}`);
    }
  }
  const seen = new Set<string>();
  const returnTypes = checked.columns.map((column) => {
    problems.push(...nameProblems(column.name, seen));
    seen.add(column.name);
    const { problem, ...described } = describeColumn(column, catalogue);
    if (problem !== undefined) {
      problems.push(`column ${column.name} ${problem}`);
    }
    return described;
  });
  const types = { paramMetadata: { params, mapping: processSQLQueryIR(ir).mapping }, returnTypes };
  return {
    query: { checked, ir, types },
    diagnostics: [
      ...problems.map((problem) => ({
        rule: 'query-type',
        message: `${query.name}: ${problem}.`,
        at: query.at,
      })),
      ...findSpreadLists(checked),
    ],
  };
}

function nameProblems(name: string, seen: ReadonlySet<string>): readonly string[] {
  if (name === '' || name === '?column' || name === '?column?') {
    return ['a column has no name; add AS name'];
  }
  if (/["\\\n\r\u2028\u2029]/.test(name)) {
    return [
      `column ${JSON.stringify(name)} has a name that cannot be quoted in TypeScript; rename it with AS`,
    ];
  }
  return seen.has(name) ? [`two columns are named ${name}; rename one with AS`] : [];
}

function describeColumn(
  column: CheckedColumn,
  catalogue: Catalogue,
): ReturnType & { readonly problem: string | undefined } {
  const { name, origin, isNullable } = column;
  const plain = toMappableType(column.typeId, catalogue.types);
  const { comment, type: json } = readJsonType(origin?.comment ?? '');
  const described = {
    returnName: name,
    columnName: origin?.column ?? name,
    nullable: isNullable,
    ...(comment === '' ? {} : { comment }),
  };
  if (json === undefined || origin === null || (plain !== 'json' && plain !== 'jsonb')) {
    return { ...described, type: plain, problem: typeProblem(plain) };
  }
  if (!json.ok) {
    return { ...described, type: plain, problem: `cannot be typed: ${json.message}` };
  }
  const type: MappableType = {
    name: toPascalCase(`${origin.table}_${origin.column}`),
    definition: json.text,
  };
  return { ...described, type, problem: undefined };
}

function toPascalCase(name: string): string {
  const joined = name
    .split(/[^\p{ID_Continue}$]+|_+/u)
    .map((word) => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`)
    .join('');
  return /^[\p{ID_Start}$_]/u.test(joined) ? joined : `_${joined}`;
}

/** `IN :ids` with an empty list is no SQL. */
function findSpreadLists({ query }: CheckedQuery): readonly Diagnostic[] {
  return query.ast.params
    .filter(({ transform }) => transform.type === TransformType.ArraySpread)
    .map(({ name }) => ({
      rule: 'query-parameter',
      message: `${query.name}: ${name} is spread into the statement, where an empty list is no SQL, and each length is another statement; write = ANY (:${name}!) and remove its @param.`,
      at: query.at,
    }));
}
