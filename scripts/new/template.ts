import { readFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { join, resolve } from 'node:path';

/** A module of one resource as it is written by hand, with the names of `names/rename.ts`. Its files have the paths that they get. */
const TEMPLATE = resolve(import.meta.dirname, 'template');

/** The contract of the template. */
export const TEMPLATE_SPEC = 'specs/store-room/openapi.yaml';

/** A file of the template, as it is. */
export interface TemplateFile {
  readonly path: string;
  readonly text: string;
}

/** The files of the template, in the order of their paths. */
export async function readTemplate(): Promise<readonly TemplateFile[]> {
  const paths: string[] = [];
  for await (const path of glob('**/*.{sql,ts,yaml}', { cwd: TEMPLATE }))
    paths.push(path.replaceAll('\\', '/'));
  return paths.toSorted().map((path) => ({ path, text: readTemplateFile(path) }));
}

/** One file of the template. */
export function readTemplateFile(path: string): string {
  return readFileSync(join(TEMPLATE, path), 'utf8');
}
