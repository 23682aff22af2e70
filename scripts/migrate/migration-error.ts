/** Where in a migration file something is wrong. Lines and columns count from 1. */
export interface MigrationPlace {
  /** Path relative to the project root: `migrations/recipe/00001_create_schema.sql`. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** A migration is wrong, or does not fit the database: the author's to correct. `message` is a whole sentence. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError';
  readonly place: MigrationPlace;

  constructor(message: string, place: MigrationPlace, options: { readonly cause?: unknown } = {}) {
    super(message, options);
    this.place = place;
  }
}

/** `migrations/recipe/00002_add_notes.sql:3:9 sentence`. */
export function formatMigrationError(error: MigrationError): string {
  const { file, line, column } = error.place;
  return `${file}:${line}:${column} ${error.message}`;
}
