/**
 * How to write what a rule of squawk refuses, for the changes that come up most; squawk's own help stands for the others.
 * Source: the PostgreSQL 18 manual on ALTER TABLE and CREATE INDEX, and what strong_migrations advises.
 */
export const SAFE_WAYS: Readonly<Record<string, string>> = {
  'require-concurrent-index-creation':
    'Safe way: a migration of its own with `-- no-transaction` and `CREATE INDEX CONCURRENTLY IF NOT EXISTS …`.',
  'require-concurrent-index-deletion':
    'Safe way: a migration of its own with `-- no-transaction` and `DROP INDEX CONCURRENTLY IF EXISTS …`.',
  'adding-required-field':
    'Safe way: add the column with a constant DEFAULT, or without NOT NULL; fill it; then `ADD CONSTRAINT … NOT NULL column NOT VALID` and, in the next migration, `VALIDATE CONSTRAINT`.',
  'adding-not-nullable-field':
    'Safe way: `ADD CONSTRAINT … NOT NULL column NOT VALID`, and in the next migration `VALIDATE CONSTRAINT`, which reads the table without blocking writes.',
  'adding-field-with-default':
    'Safe way: add the column without a default, set the default in a second statement for new rows, and fill old rows in batches.',
  'constraint-missing-not-valid':
    'Safe way: `ADD CONSTRAINT … NOT VALID`, and in the next migration `VALIDATE CONSTRAINT`, which reads the table without blocking writes.',
  'adding-foreign-key-constraint':
    'Safe way: `ADD CONSTRAINT … FOREIGN KEY … NOT VALID`, and in the next migration `VALIDATE CONSTRAINT`.',
  'disallowed-unique-constraint':
    'Safe way: `CREATE UNIQUE INDEX CONCURRENTLY` in a migration with `-- no-transaction`, then `ADD CONSTRAINT … UNIQUE USING INDEX …`.',
  'changing-column-type':
    'Safe way: add a column of the new type, write both from the application, fill the old rows in batches, switch reads, then drop the old column in a later release.',
  'renaming-column':
    'Safe way: add a column of the new name, write both, fill it, switch reads, and drop the old one in a later release.',
  'renaming-table':
    'Safe way: make the new table, or a view of the new name; the release before still asks for the old one.',
  'ban-drop-column':
    'Safe way: stop using the column in one release, drop it in the next, and say so: `-- lint-waive ban-drop-column: unused since …`.',
  'ban-drop-table':
    'Safe way: stop using the table in one release, drop it in the next, and say so: `-- lint-waive ban-drop-table: unused since …`.',
  'transaction-nesting':
    'Safe way: leave BEGIN, COMMIT and ROLLBACK out: each migration is a transaction of its own, together with its row in the version table.',
  'ban-drop-not-null':
    'Safe way: release code that accepts null first, and say so: `-- lint-waive ban-drop-not-null: readers accept null since …`.',
};
