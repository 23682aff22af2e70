import type { SourcePointer } from '../diagnostics/diagnostic.ts';

/** Where in a migration file something is wrong. */
export type MigrationPlace = Omit<SourcePointer, 'pointer'>;

/** A migration is wrong, or does not fit the database: the author's to correct. `message` is a whole sentence. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError';
  readonly place: MigrationPlace;

  constructor(message: string, place: MigrationPlace, options: { readonly cause?: unknown } = {}) {
    super(message, options);
    this.place = place;
  }
}

/** Something outside the files is in the way: an argument, a connection, a missing program. `message` is a whole sentence. */
export class MigrationImpossibleError extends Error {
  override readonly name = 'MigrationImpossibleError';
}

/** `migrations/ticket/00002_add_notes.sql:3:9 sentence`. */
export function formatMigrationError(error: MigrationError): string {
  const { file, line, column } = error.place;
  return `${file}:${line}:${column} ${error.message}`;
}

/** An error at the top of a file, or at a line of it. */
export function errorIn(file: string, message: string, line = 1): MigrationError {
  return new MigrationError(message, { file, line, column: 1 });
}

/** Throws what there is, all of it: one problem after the other, a line each. Does nothing without problems. */
export function throwProblems(problems: readonly MigrationError[]): void {
  const [first, ...others] = problems;
  if (first !== undefined) {
    const message = [first.message, ...others.map((problem) => formatMigrationError(problem))].join('\n');
    throw others.length === 0 ? first : new MigrationError(message, first.place);
  }
}
