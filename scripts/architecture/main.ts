import { existsSync, globSync } from 'node:fs';
import { resolve } from 'node:path';
import { applyLaw } from './apply-law.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const FOLDERS = ['src', 'scripts', 'generated', 'sdk/src', 'bench', 'tests'];

/**
 * `npm run check:law`: applies the dependency law to the repository. Exit codes: 0 kept, 1 broken, or not every
 * source file was seen.
 */
export async function main(): Promise<number> {
  const folders = FOLDERS.filter((folder) => existsSync(resolve(ROOT, folder)));
  const report = await applyLaw(ROOT, folders);
  for (const { rule, from, to, comment } of report.violations) {
    console.error(`${from} ${rule}: must not import ${to} (${comment})`);
  }
  const seen = new Set(report.files);
  const unseen = folders
    .flatMap((folder) => globSync(`${folder}/**/*.ts`, { cwd: ROOT }))
    .filter((file) => !/\/testdata\/|^scripts\/new\/template\//.test(file) && !seen.has(file));
  for (const file of unseen) console.error(`${file} unseen: the law did not read this file`);
  if (report.violations.length > 0 || unseen.length > 0) return 1;
  console.log(`law: kept by ${report.files.length} files with ${report.imports} imports`);
  return 0;
}

process.exitCode = await main();
