import { join } from 'node:path';
import { parseCommand } from './arguments.ts';
import type { Command } from './arguments.ts';
import { GitError } from '../git/commits.ts';
import { MigrationError, MigrationImpossibleError, formatMigrationError } from './migration-error.ts';
import { DatabaseUnreachableError } from './migration-session.ts';
import { readSettings } from './settings.ts';

const USAGE = `Usage: npm run migrate -- <command>

  up [module]                    apply every migration that the database lacks
  plan [module]                  print the SQL that up would run; touches nothing
  status [module] [--json]       show what is applied and what is pending; exits 1 unless everything is applied and unchanged
  down <module> --yes            undo the last migration of a module
  down [module] --all --yes      undo every migration, of one module or of all
  redo <module> --yes            undo the last migration of a module and apply it again
  baseline <module> --yes [--to 00003]
                                 write migrations down as applied without running them
  create <module> <name>         write the next migration file: create ticket add_notes
  verify [--base <git ref>] [--files] [--ignore-schema <name>]
                                 check the files for safety and against the base branch; run them up, down and up again on a
                                 throwaway PostgreSQL; compare the database that is set with what they make. --files: the files only

  --lock-timeout <ms>            of one statement, 5000 unless given (MIGRATION_LOCK_TIMEOUT_MS)
  --statement-timeout <ms>       of one statement, 900000 unless given, 0 for none (MIGRATION_STATEMENT_TIMEOUT_MS)
  --retries <n>                  after a lock was not given, 5 unless given (MIGRATION_LOCK_RETRIES)
  --wait <ms>                    for another run to end, 600000 unless given (MIGRATION_WAIT_MS)

The database is MIGRATION_DATABASE_URL, or else DATABASE_URL, or else that of npm run dev while it runs. Connect straight to PostgreSQL, not through a pooler.
Exit codes: 0 done, 1 a migration is wrong or pending, 2 it could not be tried.
`;

/** Where the migrations are and who reads what is said. */
export interface CommandContext {
  /** The project root. */
  readonly root: string;
  readonly stdout: (text: string) => unknown;
  readonly stderr: (text: string) => unknown;
}

/** The migration command. Exit codes: 0 done, 1 a migration is wrong or pending, 2 it could not be tried. */
export async function runCommand(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  context: CommandContext,
): Promise<number> {
  if (args.length === 1 && ['--help', '-h', 'help'].includes(args[0] ?? '')) {
    context.stdout(USAGE);
    return 0;
  }
  const command = parseCommand(args);
  if (typeof command === 'string') {
    context.stderr(`${command}\n\n${USAGE}`);
    return 2;
  }
  try {
    return await run(command, env, context);
  } catch (error) {
    if (error instanceof MigrationError) {
      context.stderr(`${formatMigrationError(error)}\n`);
      return 1;
    }
    context.stderr(`${explain(error)}\n`);
    return 2;
  }
}

function explain(error: unknown): string {
  if (error instanceof DatabaseUnreachableError) {
    return `${error.message}\nCheck MIGRATION_DATABASE_URL or DATABASE_URL, and that PostgreSQL runs.`;
  }
  const message = error instanceof Error ? error.message : String(error);
  const isSentence = error instanceof MigrationImpossibleError || error instanceof GitError;
  return isSentence ? message : `The migration could not be run: ${message}`;
}

async function run(command: Command, variables: NodeJS.ProcessEnv, context: CommandContext): Promise<number> {
  const { name, names, flags } = command;
  const { root } = context;
  const log = (line: string): void => void context.stdout(`${line}\n`);
  const [module] = names;
  if (name === 'create') {
    log(await create(root, names));
    return 0;
  }
  // What verify compares is named by the user, never found.
  const env = name === 'verify' ? variables : await withDevDatabase(variables, root);
  const { settings, problems } = readSettings(flags, env);
  const [problem = argumentProblem(command) ?? (await missingConsent(command, env, root))] = problems;
  if (problem !== null) {
    throw new MigrationImpossibleError(problem);
  }
  if (name === 'verify') {
    const { verify } = await import('./verify/verify.ts');
    const url = isSet(env) ? databaseUrl(env) : undefined;
    return verify({
      root,
      base: typeof flags['base'] === 'string' ? flags['base'] : undefined,
      filesOnly: flags['files'] === true,
      url,
      ignoreSchemas: Array.isArray(flags['ignore-schema']) ? flags['ignore-schema'].map(String) : [],
      print: log,
      printProblem: (line) => context.stderr(`${line}\n`),
    });
  }
  const url = databaseUrl(env);
  const target = { url, root, log, announce: log, settings, ...(module === undefined ? {} : { module }) };
  if (name !== 'plan' && flags['json'] !== true) {
    log(`Database: ${placeOf(url)}`);
  }
  switch (name) {
    case 'status':
      return printStatus(target, context, flags['json'] === true);
    case 'plan': {
      const { planUp } = await import('./plan.ts');
      const sql = await planUp({ ...target, lint: true });
      // psql would go on behind a failed statement, and write down that the next migration is applied.
      log(
        sql === ''
          ? '-- Nothing to apply: the database is up to date.'
          : `-- For psql; for another program leave the line below out, and stop at the first error.\n\\set ON_ERROR_STOP on\n-- Made for ${placeOf(url)}\n\n${sql}`,
      );
      return 0;
    }
    case 'baseline': {
      const { baseline } = await import('./baseline.ts');
      const to = typeof flags['to'] === 'string' ? { to: Number(flags['to']) } : {};
      await baseline({ ...target, module: module ?? '', ...to });
      return 0;
    }
    case 'up':
    case 'down':
    case 'redo':
      break;
  }
  const { migrateDown, migrateRedo, migrateUp } = await import('./migrate.ts');
  if (name === 'up') {
    const applied = await migrateUp({ ...target, lint: true });
    log(applied === 0 ? 'Nothing to apply: the database is up to date.' : `Applied ${applied}.`);
  } else if (name === 'down') {
    await migrateDown({ ...target, all: flags['all'] === true });
  } else {
    await migrateRedo({ ...target, module: module ?? '', lint: true });
  }
  return 0;
}

/** What `down` and `redo` would run, as SQL; empty when the database cannot be asked. */
async function whatIsUndone(
  { names, flags }: Command,
  env: NodeJS.ProcessEnv,
  root: string,
): Promise<string> {
  const [module] = names;
  const { planDown } = await import('./plan.ts');
  try {
    const url = databaseUrl(env);
    const options = { url, root, all: flags['all'] === true, ...(module === undefined ? {} : { module }) };
    return `-- Of ${placeOf(url)} this would be undone:\n\n${await planDown(options)}\n\n`;
  } catch (error) {
    if (
      error instanceof DatabaseUnreachableError ||
      error instanceof MigrationImpossibleError ||
      error instanceof MigrationError
    ) {
      return '';
    }
    throw error;
  }
}

function argumentProblem({ name, names: [module], flags }: Command): string | null {
  if (name === 'down' && module === undefined && flags['all'] !== true) {
    return 'Name the module whose last migration to undo: npm run migrate -- down ticket --yes';
  }
  return typeof flags['to'] === 'string' && !/^\d{1,5}$/.test(flags['to'])
    ? '--to takes the number of a migration, as in 00003.'
    : null;
}

/** What can destroy data, or hide that it is missing, takes `--yes`: what is said without it; null when it is there or not needed. */
async function missingConsent(
  command: Command,
  env: NodeJS.ProcessEnv,
  root: string,
): Promise<string | null> {
  const { name, names, flags } = command;
  if (flags['yes'] === true) {
    return null;
  }
  const again = ['npm run migrate --', name, ...names, ...(flags['all'] === true ? ['--all'] : []), '--yes'];
  if (name === 'down' || name === 'redo') {
    return `${await whatIsUndone(command, env, root)}Undoing a migration can destroy data. Say that it may: ${again.join(' ')}`;
  }
  return name === 'baseline'
    ? `A baseline says of migrations that they were applied, and nobody checks. Say that they were: ${again.join(' ')}`
    : null;
}

function isSet(env: NodeJS.ProcessEnv): boolean {
  return [env['MIGRATION_DATABASE_URL'], env['DATABASE_URL']].some((value) => (value ?? '') !== '');
}

/** `api at 127.0.0.1:5432, as api`: without the password. */
function placeOf(url: string): string {
  const { hostname, port, pathname, username } = new URL(url);
  const role = username === '' ? '' : `, as ${decodeURIComponent(username)}`;
  return `${decodeURIComponent(pathname.slice(1))} at ${hostname}:${port === '' ? '5432' : port}${role}`;
}

/** The variables, with the database of a running `npm run dev` where neither names one. */
async function withDevDatabase(env: NodeJS.ProcessEnv, root: string): Promise<NodeJS.ProcessEnv> {
  if (isSet(env)) {
    return env;
  }
  const [{ isServerOf, readPostmasterFile }, { apiDatabaseUrl }] = await Promise.all([
    import('../postgres/postmaster-file.ts'),
    import('../postgres/api-database.ts'),
  ]);
  const folder = join(root, '.data', 'postgres');
  const server = await readPostmasterFile(folder);
  return server !== undefined && (await isServerOf(folder, server.pid))
    ? { ...env, DATABASE_URL: apiDatabaseUrl(`127.0.0.1:${server.port}`) }
    : env;
}

function databaseUrl(env: NodeJS.ProcessEnv): string {
  const variable = (env['MIGRATION_DATABASE_URL'] ?? '') === '' ? 'DATABASE_URL' : 'MIGRATION_DATABASE_URL';
  const url = env[variable] ?? '';
  if (!/^postgres(?:ql)?:$/.test(URL.canParse(url) ? new URL(url).protocol : '')) {
    const set =
      url === '' ? 'Set DATABASE_URL (or MIGRATION_DATABASE_URL)' : `${variable} is not usable: set it`;
    throw new MigrationImpossibleError(
      `${set} to a PostgreSQL connection string, as in postgres://api:api_secret@127.0.0.1:5432/api.`,
    );
  }
  return url;
}

async function create(root: string, [module = '', name = '']: readonly string[]): Promise<string> {
  const { createMigration } = await import('./create-migration.ts');
  return createMigration({ root, module, name });
}

async function printStatus(
  target: { readonly url: string; readonly root: string; readonly module?: string },
  { stdout, stderr }: CommandContext,
  asJson: boolean,
): Promise<number> {
  const { formatStatus, migrationStatus } = await import('./status.ts');
  const { migrations, problems } = await migrationStatus(target);
  const lines = problems.map((problem) => formatMigrationError(problem));
  if (asJson) {
    stdout(`${JSON.stringify({ migrations, problems: lines }, null, 2)}\n`);
  } else {
    stdout(`${migrations.length === 0 ? 'There are no migrations.' : formatStatus(migrations)}\n`);
    stderr(lines.map((line) => `${line}\n`).join(''));
  }
  const isClean = problems.length === 0 && migrations.every(({ checksum }) => checksum !== null);
  return isClean ? 0 : 1;
}
