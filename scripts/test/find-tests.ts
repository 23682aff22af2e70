import { glob, stat } from 'node:fs/promises';
import { relative, resolve } from 'node:path';

/** Where tests live; examples and benchmarks have commands of their own. */
const AREAS = ['src', 'scripts', 'sdk', 'tests'] as const;
const EXCLUDED = ['**/node_modules/**', '**/testdata/**', '**/dist/**', '**/generated/**'];
/** A test of this kind needs PostgreSQL or listens on a port. */
const NEEDS_SERVER = /\.(?:db|http)\.test\.ts$/;

/**
 * The test files to run, sorted, relative to the root.
 *
 * @param options.patterns files, folders, or parts of a path; everything when empty.
 * @param options.unitOnly leaves out what needs a server.
 */
export async function findTests(options: {
  readonly root: string;
  readonly patterns: readonly string[];
  readonly unitOnly: boolean;
}): Promise<readonly string[]> {
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
  return files
    .filter((file) => !(unitOnly && NEEDS_SERVER.test(file)))
    .filter((file) => patterns.length === 0 || wanted.some((part) => file.includes(part)))
    .toSorted();
}

/** Whether any of the files needs PostgreSQL. */
export function needsDatabase(files: readonly string[]): boolean {
  return files.some((file) => NEEDS_SERVER.test(file));
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
}
