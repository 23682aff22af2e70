import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { SqlQuery } from '../parse/sql-query.ts';
import type { QueryDescription, QueryOutcome } from './describe-queries.ts';

/**
 * What breaks when queries written for one schema run on another. A query that fails on its own schema already is not the
 * other schema's fault.
 *
 * @param options.writtenIn where places are when it is not the working tree: `main`.
 * @param options.place the other schema: `this branch's schema`.
 */
export function compareQueries(options: {
  readonly queries: readonly SqlQuery[];
  readonly own: readonly QueryOutcome[];
  readonly other: readonly QueryOutcome[];
  readonly writtenIn: string | null;
  readonly place: string;
}): readonly Diagnostic[] {
  const { queries, own, other, writtenIn, place } = options;
  return queries.flatMap((query, index): readonly Diagnostic[] => {
    const [home, away] = [own[index], other[index]];
    const name = writtenIn === null ? query.name : `${query.name} of ${writtenIn}`;
    if (home === undefined || away === undefined || !home.ok) {
      return [];
    }
    if (!away.ok) {
      return [{ rule: 'query-fails', message: `${name} fails on ${place}: ${away.message}.`, at: away.at }];
    }
    return differences(home.description, away.description).map(({ rule, message }) => ({
      rule,
      message: `${name} on ${place}: ${message}.`,
      at: query.at,
    }));
  });
}

function differences(
  home: QueryDescription,
  away: QueryDescription,
): readonly Pick<Diagnostic, 'rule' | 'message'>[] {
  const found: Pick<Diagnostic, 'rule' | 'message'>[] = [];
  for (const [index, type] of home.parameterTypes.entries()) {
    const now = away.parameterTypes[index];
    if (now !== undefined && now !== type) {
      found.push({ rule: 'parameter-type', message: `parameter $${index + 1} is ${now}, not ${type}` });
    }
    const values = away.parameterValues[index] ?? [];
    const gone = home.parameterValues[index]?.filter((value) => !values.includes(value)) ?? [];
    if (now === type && gone.length > 0) {
      found.push({
        rule: 'parameter-value',
        message: `parameter $${index + 1} can be '${gone.join("', '")}', which ${type} does not have`,
      });
    }
  }
  if (home.columns.length !== away.columns.length) {
    found.push({
      rule: 'column-count',
      message: `it gives ${away.columns.length} columns, not ${home.columns.length}`,
    });
  }
  for (const [index, column] of home.columns.entries()) {
    const now = away.columns[index];
    if (now === undefined) {
      continue;
    }
    if (now.name !== column.name) {
      found.push({ rule: 'column-name', message: `column ${column.name} is named ${now.name}` });
    } else if (now.type !== column.type) {
      found.push({
        rule: 'column-type',
        message: `column ${column.name} is ${now.type}, not ${column.type}`,
      });
    } else if (now.isNullable && !column.isNullable) {
      found.push({
        rule: 'column-nullability',
        message: `column ${column.name} can be null, which its type rules out`,
      });
    }
  }
  if (away.cardinality === 'many' && home.cardinality !== 'many') {
    found.push({ rule: 'query-cardinality', message: 'it can give several rows, no longer one' });
  }
  for (const name of away.missing.filter((column) => !home.missing.includes(column))) {
    found.push({
      rule: 'missing-column',
      message: `it inserts no ${name}, which is NOT NULL and has no default; give the column a default until every writer knows it`,
    });
  }
  for (const name of away.nulls.filter((column) => !home.nulls.includes(column))) {
    found.push({
      rule: 'null-write',
      message: `it can write null to ${name}, which is NOT NULL; require the value first, and constrain the column in a later release`,
    });
  }
  return found;
}
