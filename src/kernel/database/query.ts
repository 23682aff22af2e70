import { ParameterTransform, PreparedQuery, processSQLQueryIR } from '@pgtyped/runtime';
import type { Queryable } from './database.ts';

/** A query of `sql/`, ready to run; its result's type says how many rows there are. */
export interface Query<Params, Result> {
  /** `FindTicketById`. */
  readonly name: string;
  /**
   * @throws {CardinalityError} when there are not as many rows as the name says.
   * @throws {EmptyListError} when a list that is spread into the statement is empty.
   */
  run(params: Params, on: Queryable): Promise<Result>;
}

/** A statement with the places of its parameters, as the generator emits it. Offsets count characters. */
export interface QueryStatement {
  readonly usedParamSet: Readonly<Record<string, boolean>>;
  readonly params: readonly {
    readonly name: string;
    readonly required: boolean;
    readonly transform: {
      readonly type: string;
      readonly keys?: readonly { readonly name: string; readonly required: boolean }[];
    };
    readonly locs: readonly { readonly a: number; readonly b: number }[];
  }[];
  readonly statement: string;
}

/** A query gave another number of rows than its name promises: the name is wrong, or the data breaks its rules. */
export class CardinalityError extends Error {
  readonly query: string;
  readonly rowCount: number;

  constructor(query: string, promised: string, rowCount: number) {
    super(`The query ${query} gave ${rowCount} rows; its name promises ${promised}.`);
    this.name = 'CardinalityError';
    this.query = query;
    this.rowCount = rowCount;
  }
}

/** A list that becomes part of a statement's text is empty, for which SQL has no form. */
export class EmptyListError extends Error {
  readonly query: string;
  readonly parameter: string;

  constructor(query: string, parameter: string) {
    super(`The query ${query} was given an empty list as ${parameter}; do not run it for nothing.`);
    this.name = 'EmptyListError';
    this.query = query;
    this.parameter = parameter;
  }
}

/** Exactly one row. */
export function rowQuery<Params, Row>(name: string, statement: QueryStatement): Query<Params, Row> {
  const run = prepare<Params, Row>(name, statement);
  return {
    name,
    run: async (params, on) => {
      const { rows } = await run(params, on);
      const [row] = rows;
      if (row === undefined || rows.length > 1) {
        throw new CardinalityError(name, 'exactly one', rows.length);
      }
      return row;
    },
  };
}

/** One row or none. */
export function rowOrNoneQuery<Params, Row>(
  name: string,
  statement: QueryStatement,
): Query<Params, Row | undefined> {
  const run = prepare<Params, Row>(name, statement);
  return {
    name,
    run: async (params, on) => {
      const { rows } = await run(params, on);
      if (rows.length > 1) {
        throw new CardinalityError(name, 'at most one', rows.length);
      }
      return rows[0];
    },
  };
}

/** Any number of rows. */
export function rowsQuery<Params, Row>(
  name: string,
  statement: QueryStatement,
): Query<Params, readonly Row[]> {
  const run = prepare<Params, Row>(name, statement);
  return { name, run: async (params, on) => (await run(params, on)).rows };
}

/** The number of rows that a statement changed. */
export function countQuery<Params>(name: string, statement: QueryStatement): Query<Params, number> {
  const run = prepare<Params, unknown>(name, statement);
  return { name, run: async (params, on) => (await run(params, on)).rowCount };
}

type Run<Params, Row> = (params: Params, on: Queryable) => Promise<{ rows: Row[]; rowCount: number }>;

/** PgTyped's declaration is closed to literals. */
type ParsedStatement = ConstructorParameters<typeof PreparedQuery>[0];

function prepare<Params, Row>(name: string, statement: QueryStatement): Run<Params, Row> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- PgTyped's own parser made what the generator emits
  const parsed = statement as unknown as ParsedStatement;
  const send = sendFixed<Params, Row>(parsed) ?? sendVaried<Params, Row>(parsed);
  const spread = statement.params.filter(({ transform }) => transform.type.endsWith('array_spread'));
  return async (params, on) => {
    for (const parameter of spread) {
      const list: unknown = Reflect.get(Object(params), parameter.name);
      if (Array.isArray(list) && list.length === 0) {
        throw new EmptyListError(name, parameter.name);
      }
    }
    try {
      return await send(params, on);
    } catch (error) {
      // Logs show it beside PostgreSQL's message, which does not say whose statement it was.
      throw error instanceof Error ? Object.assign(error, { queryName: name }) : error;
    }
  };
}

/**
 * Sends a statement whose text is the same whatever its parameters are: the text and the order of its values are worked out once, not for
 * each request. Undefined when the text varies.
 */
function sendFixed<Params, Row>(parsed: ParsedStatement): Run<Params, Row> | undefined {
  const { query, mapping } = processSQLQueryIR(parsed);
  const names: string[] = [];
  for (const parameter of mapping) {
    if (parameter.type !== ParameterTransform.Scalar) return undefined;
    names.push(parameter.name);
  }
  return async (params, on) => {
    const given = Object(params);
    const { rows, rowCount } = await on.query(
      query,
      names.map((name): unknown => given[name]),
    );
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what PostgreSQL says the statement gives
    return { rows: withoutHints(rows) as Row[], rowCount };
  };
}

/** Sends a statement of which lists become part, by PgTyped. */
function sendVaried<Params, Row>(parsed: ParsedStatement): Run<Params, Row> {
  const query = new PreparedQuery<Params, Row>(parsed);
  return async (params, on) => {
    const { result, rowCount } = await query.runWithCounts(params, on);
    return { rows: result, rowCount };
  };
}

/** Columns without the `!` or `?` at the end of their names, which tells the generator whether they can be null. */
function withoutHints(rows: unknown[]): unknown[] {
  // All rows have the columns of the first.
  if (!Object.keys(Object(rows[0])).some((name) => HINTED.test(name))) return rows;
  return rows.map((row) =>
    Object.fromEntries(
      Object.entries(Object(row)).map(([name, value]: [string, unknown]) => [
        name.replace(HINTED, ''),
        value,
      ]),
    ),
  );
}

const HINTED = /[!?]$/;
