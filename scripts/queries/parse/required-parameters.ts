import type { SqlQuery } from './sql-query.ts';

/** The numbers of a query's parameters that are never null. */
export function requiredParameters(query: SqlQuery): ReadonlySet<number> {
  return new Set(query.parameters.flatMap(({ isRequired }, index) => (isRequired ? [index + 1] : [])));
}
