import { resolve } from 'node:path';
import { createMigration } from './create-migration.ts';
import { migrateDown, migrateUp, migrationStatus } from './migrate.ts';
import type { ModuleStatus } from './migrate.ts';
import { MigrationError, formatMigrationError } from './migration-error.ts';
import { DatabaseUnreachableError } from './migration-session.ts';

const USAGE = `Usage: npm run migrate -- <command>

  up                       apply every migration that the database lacks
  status [module]          show what is applied and what is pending; exits 1 unless everything is applied
  down <module> --yes      undo the last migration of one module
  create <module> <name>   write the next migration file: create recipe add_notes

The database is MIGRATION_DATABASE_URL, or else DATABASE_URL. Connect straight to PostgreSQL, not through a pooler.
`;

const ROOT = resolve(import.meta.dirname, '../..');

/** The migration command. Exit codes: 0 done, 1 a migration is wrong or pending, 2 it could not be tried. */
export async function main(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const [command = '', ...rest] = args;
  try {
    return await run(command, rest, env);
  } catch (error) {
    if (error instanceof MigrationError) {
      process.stderr.write(`${formatMigrationError(error)}\n`);
      return 1;
    }
    if (error instanceof DatabaseUnreachableError) {
      process.stderr.write(
        `${error.message}\nCheck MIGRATION_DATABASE_URL or DATABASE_URL, and that PostgreSQL runs.\n`,
      );
      return 2;
    }
    process.stderr.write(
      `The migration could not be run: ${error instanceof Error ? error.message : String(error)}\n`,
    );
    return 2;
  }
}

async function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const operands = args.filter((arg) => !arg.startsWith('--'));
  const unknown = args.find((arg) => arg.startsWith('--') && !(command === 'down' && arg === '--yes'));
  const [module, name] = operands;
  const tooMany = operands.length > ({ up: 0, status: 1, down: 1, create: 2 }[command] ?? 0);
  if (!['up', 'status', 'down', 'create'].includes(command) || unknown !== undefined || tooMany) {
    process.stderr.write(USAGE);
    return 2;
  }
  if (command === 'create') {
    return create(module, name);
  }
  const url = [env['MIGRATION_DATABASE_URL'], env['DATABASE_URL']].find(
    (value) => value !== undefined && value !== '',
  );
  if (url === undefined || !URL.canParse(url)) {
    process.stderr.write(
      'Set DATABASE_URL (or MIGRATION_DATABASE_URL) to a PostgreSQL connection string, ' +
        'as in postgres://api:api_secret@127.0.0.1:5432/api.\n',
    );
    return 2;
  }
  if (command === 'up') {
    const applied = await migrateUp({ url, root: ROOT, log });
    log(applied === 0 ? 'Nothing to apply: the database is up to date.' : `Applied ${applied}.`);
    return 0;
  }
  if (command === 'status') {
    return printStatus(await migrationStatus({ url, root: ROOT }), module);
  }
  if (module === undefined || !args.includes('--yes')) {
    process.stderr.write(
      'Undoing a migration can destroy data. Name the module and say so: npm run migrate -- down recipe --yes\n',
    );
    return 2;
  }
  await migrateDown({ url, root: ROOT, log, module });
  return 0;
}

function log(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function create(module: string | undefined, name: string | undefined): Promise<number> {
  if (!/^[a-z][a-z0-9-]*$/.test(module ?? '') || !/^[a-z0-9_]+$/.test(name ?? '')) {
    process.stderr.write(
      'Name the module and what the migration does: npm run migrate -- create recipe add_notes\n',
    );
    return 2;
  }
  process.stdout.write(`${await createMigration({ root: ROOT, module: module ?? '', name: name ?? '' })}\n`);
  return 0;
}

function printStatus(statuses: readonly ModuleStatus[], only: string | undefined): number {
  const shown = statuses.filter(({ module }) => only === undefined || module === only);
  if (shown.length === 0) {
    process.stderr.write(only === undefined ? 'There are no migrations.\n' : `There is no module ${only}.\n`);
    return only === undefined ? 0 : 2;
  }
  for (const { module, applied, pending, problems } of shown) {
    for (const { name, appliedAt } of applied) {
      log(`${module}  ${name}  applied ${appliedAt.toISOString()}`);
    }
    for (const { name } of pending) {
      log(`${module}  ${name}  pending`);
    }
    for (const problem of problems) {
      log(formatMigrationError(problem));
    }
  }
  return shown.every(({ pending, problems }) => pending.length === 0 && problems.length === 0) ? 0 : 1;
}

if (import.meta.main) {
  process.exitCode = await main(process.argv.slice(2), process.env);
}
