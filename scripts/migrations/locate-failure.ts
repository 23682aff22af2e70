import { DatabaseError } from 'pg';
import { MigrationError } from './migration-error.ts';
import type { Migration, MigrationSection } from './read-migrations.ts';

/** A statement of a migration failed, or the connection was lost. */
export interface MigrationFailure {
  readonly error: unknown;
  readonly migration: Migration;
  /** The part that ran. */
  readonly section: MigrationSection;
  /** How many statements of the part were done before. */
  readonly done: number;
  /** What is true of the database now, as a sentence. */
  readonly state: string;
}

/**
 * Turns PostgreSQL's error into one that says the place in the file, its SQLSTATE, detail and hint, and what is applied.
 * The place is PostgreSQL's own, or else the statement that failed.
 */
export async function locateFailure(failure: MigrationFailure): Promise<Error> {
  const { error, migration, section, state } = failure;
  const message = error instanceof Error ? error.message : String(error);
  if (!(error instanceof DatabaseError)) {
    return new Error(`${migration.file} could not be run to its end: ${sentence(message)} ${state}`, {
      cause: error,
    });
  }
  const statement = await statementOffset(section.sql, failure.done);
  // PostgreSQL counts characters from 1, JavaScript UTF-16 units.
  const offset =
    error.position === undefined
      ? statement
      : Array.from(section.sql)
          .slice(0, Math.max(0, Number(error.position) - 1))
          .join('').length;
  const lines = section.sql.slice(0, offset).split('\n');
  const place = {
    file: migration.file,
    line: section.line + lines.length - 1,
    column: (lines.at(-1)?.length ?? 0) + 1,
  };
  const notes = [
    `${message} (SQLSTATE ${error.code ?? 'unknown'})`,
    error.detail,
    error.hint === undefined ? undefined : `Hint: ${error.hint}`,
    error.where === undefined ? undefined : `In ${error.where.split('\n')[0]}`,
    adviceOn(error, section.sql.slice(statement)),
  ];
  const text = notes.filter((note) => note !== undefined && note !== '').map((note) => sentence(note ?? ''));
  return new MigrationError([...text, state].join(' '), place, { cause: error });
}

/** @param rest the part from the statement that failed to its end. */
function adviceOn({ code = '', message }: DatabaseError, rest: string): string | undefined {
  if (/^copy\b[^;]*\b(?:stdin|stdout)\b/i.test(rest)) {
    return 'A migration has no standard input or output to copy from or to: write the rows out with INSERT';
  }
  if (code === '57014' && !message.includes('statement timeout')) {
    return 'Somebody cancelled the statement; nothing is wrong with it';
  }
  return ADVICE[code];
}

/** The start of a part's statement, by its index; 0 when the text cannot be parsed here. */
async function statementOffset(sql: string, index: number): Promise<number> {
  try {
    const { loadModule, parseSync } = await import('libpg-query');
    await loadModule();
    const start = parseSync(sql).stmts?.[index]?.stmt_location ?? 0;
    const bytes = Buffer.from(sql, 'utf8');
    const offset = bytes.subarray(0, start).toString('utf8').length;
    const lead = /^(?:\s|;|--[^\n]*(?:\n|$)|\/\*[^]*?\*\/)*/.exec(sql.slice(offset))?.[0].length ?? 0;
    return offset + lead;
  } catch {
    return 0;
  }
}

/** What to do about some failures, by SQLSTATE. */
const ADVICE: Readonly<Record<string, string>> = {
  '55P03':
    'The table is in use: end what holds it, or run this when less is going on; --lock-timeout and --retries wait longer',
  '57014': '--statement-timeout gives it more time',
  '42501': 'Migrate as the role that owns the schemas: set MIGRATION_DATABASE_URL',
};

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
