import { existsSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { formatDiagnostic, sortDiagnostics } from '../diagnostics/sort-diagnostics.ts';
import { findTests } from '../test/find-tests.ts';
import { checkDocument, checkRequirements } from './check-requirements.ts';
import { findTags } from './find-tags.ts';
import { printRequirements } from './print-requirements.ts';
import { readRequirements } from './read-requirements.ts';

const SOURCE = 'docs/requirements.yaml';
const DOCUMENT = 'docs/requirements.md';

/**
 * `npm run docs:requirements` prints docs/requirements.md; with `--check` it compares. Exit codes: 0 done or fresh, 1 requirements,
 * tags or page are wrong, 2 it could not be done.
 */
export async function main(flags: readonly string[], root: string): Promise<0 | 1 | 2> {
  const unknown = flags.find((flag) => flag !== '--check');
  if (unknown !== undefined) {
    console.error(`Unknown argument ${JSON.stringify(unknown)}; the only one is --check.`);
    return 2;
  }
  const requirements = readRequirements(SOURCE, await readFile(resolve(root, SOURCE), 'utf8'));
  const { unit, isolated } = await findTests({ root, patterns: [], unitOnly: false });
  const found = await Promise.all(
    [...unit, ...isolated]
      .toSorted()
      .map(async (file) => findTags(file, await readFile(resolve(root, file), 'utf8'))),
  );
  const tests = found.flatMap((tags) => tags.tests);
  const page = printRequirements(requirements, tests);
  const diagnostics = [
    ...requirements.diagnostics,
    ...found.flatMap((tags) => tags.diagnostics),
    ...checkRequirements(requirements, tests),
  ];
  const path = resolve(root, DOCUMENT);
  const isChecked = flags.includes('--check');
  if (isChecked && diagnostics.length === 0) {
    const actual = existsSync(path) ? await readFile(path, 'utf8') : '';
    diagnostics.push(...checkDocument(DOCUMENT, actual, page));
  }
  for (const diagnostic of sortDiagnostics(diagnostics)) console.error(formatDiagnostic(diagnostic));
  if (diagnostics.length > 0) return 1;
  if (!isChecked) {
    await writeFile(`${path}.new`, page);
    await rename(`${path}.new`, path);
  }
  console.log(`requirements: ${requirements.places.size}, with ${tests.length} tagged tests`);
  return 0;
}

if (import.meta.main) {
  process.exitCode = await main(process.argv.slice(2), resolve(import.meta.dirname, '../..'));
}
