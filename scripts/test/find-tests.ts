import { glob, stat } from 'node:fs/promises';
import { relative, resolve } from 'node:path';

/** Where tests live; examples have commands of their own. */
const AREAS = ['src', 'scripts', 'sdk', 'tests', 'bench'] as const;
const EXCLUDED = [
  '**/node_modules/**',
  '**/testdata/**',
  'scripts/new/template/**',
  '**/dist/**',
  '**/generated/**',
];
/** A test of this kind needs PostgreSQL or listens on a port. */
const NEEDS_SERVER = /\.(?:db|http)\.test\.ts$/;
/** A test of this kind reads files, starts processes or needs a server. */
const DOES_IO = /\.(?:io|db|http)\.test\.ts$/;

/** The files of a run, sorted, relative to the root. */
export interface TestFiles {
  /** `x.test.ts`: no I/O, so that all of them run in one process. */
  readonly unit: readonly string[];
  /** `x.io.test.ts`, `x.db.test.ts` and `x.http.test.ts`: each runs in a process of its own. */
  readonly isolated: readonly string[];
}

/**
 * The test files to run.
 *
 * @param options.patterns files, folders, or parts of a path; everything when empty.
 * @param options.unitOnly leaves out what does I/O.
 */
export async function findTests(options: {
  readonly root: string;
  readonly patterns: readonly string[];
  readonly unitOnly: boolean;
}): Promise<TestFiles> {
  const { root, patterns, unitOnly } = options;
  const files: string[] = [];
  for (const area of AREAS) {
    if (await isFolder(resolve(root, area))) {
      for await (const file of glob(`${area}/**/*.test.ts`, { cwd: root, exclude: EXCLUDED })) {
        files.push(file.replaceAll('\\', '/'));
      }
    }
  }
  const wanted = patterns.map((pattern) => relative(root, resolve(root, pattern)).replaceAll('\\', '/'));
  const chosen = files
    .filter((file) => patterns.length === 0 || wanted.some((part) => file.includes(part)))
    .toSorted();
  return {
    unit: chosen.filter((file) => !DOES_IO.test(file)),
    isolated: unitOnly ? [] : chosen.filter((file) => DOES_IO.test(file)),
  };
}

/** Whether any of the files needs PostgreSQL. */
export function needsDatabase({ isolated }: TestFiles): boolean {
  return isolated.some((file) => NEEDS_SERVER.test(file));
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
}
