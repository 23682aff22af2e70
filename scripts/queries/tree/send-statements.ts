import { DatabaseError } from 'pg';
import type { Client } from 'pg';

/** PostgreSQL refuses the statement. `position` counts characters of the statement from 1, where PostgreSQL gives one. */
export class StatementError extends Error {
  readonly sqlState: string;
  readonly position: number | null;
  readonly hint: string;

  constructor(options: {
    readonly message: string;
    readonly sqlState: string;
    readonly position: number | null;
    readonly hint: string;
    readonly cause: unknown;
  }) {
    super(options.message, { cause: options.cause });
    this.name = 'StatementError';
    this.sqlState = options.sqlState;
    this.position = options.position;
    this.hint = options.hint;
  }
}

/** A statement with what is put around it: `PREPARE x AS ` … */
export interface WrappedStatement {
  readonly head: string;
  readonly text: string;
  readonly tail: string;
}

/** What one command of a message gave. */
export interface CommandResult {
  /** `SELECT`, `EXPLAIN` … */
  readonly command: string;
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

/**
 * Sends statements in one message, between the commands `before` and `after`, and gives the results in their order.
 *
 * @throws {StatementError} when PostgreSQL refuses one; it has a position when there is only one.
 */
export async function sendStatements(
  client: Client,
  message: {
    readonly before: string;
    readonly statements: readonly WrappedStatement[];
    readonly after: string;
  },
): Promise<readonly CommandResult[]> {
  const { before, statements, after } = message;
  // A comment that ends a statement would swallow what follows it.
  const wrapped = statements.map(({ head, text, tail }) => `${head}${text}\n${tail};`);
  const sent = [`${before};`, ...wrapped, after].join('\n');
  try {
    const results: unknown = await client.query(sent);
    return Array.isArray(results) ? results : [];
  } catch (cause) {
    if (!(cause instanceof DatabaseError) || cause.code === undefined) {
      throw cause;
    }
    const [only, another] = statements;
    const isOnly = only !== undefined && another === undefined;
    const position = isOnly ? Number(cause.position ?? 0) - sent.indexOf(only.text) : 0;
    throw new StatementError({
      message: cause.message,
      sqlState: cause.code,
      position: position < 1 || position > (only?.text.length ?? 0) + 1 ? null : position,
      hint: cause.hint ?? '',
      cause,
    });
  }
}

/**
 * Does something with all texts at once; when one of them is refused, with each alone, to tell which.
 *
 * @returns for each text what was made of it, or why it was refused.
 */
export async function togetherOrAlone<T>(
  texts: readonly string[],
  work: (some: readonly string[]) => Promise<readonly T[]>,
): Promise<readonly (T | StatementError)[]> {
  try {
    return texts.length === 0 ? [] : await work(texts);
  } catch (error) {
    if (!(error instanceof StatementError)) {
      throw error;
    }
    if (texts.length === 1) {
      return [error];
    }
  }
  const outcomes: (T | StatementError)[] = [];
  for (const text of texts) {
    outcomes.push(...(await togetherOrAlone([text], work)));
  }
  return outcomes;
}
