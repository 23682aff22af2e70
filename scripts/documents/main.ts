import { existsSync, globSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import packageJson from '../../package.json' with { type: 'json' };
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { formatDiagnostic, sortDiagnostics } from '../diagnostics/sort-diagnostics.ts';
import { checkDecisions } from './check-decisions.ts';
import { anchorsOf, checkReferences } from './check-references.ts';
import { checkTree } from './check-tree.ts';
import { checkWords } from './plain-words.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const DOCUMENTS = ['*.md', '{docs,sdk,scripts,bench,examples,tests,src,.github}/**/*.md'];
const SOURCES = [
  '{src,scripts,sdk,tests,bench,examples,specs,sql}/**/*.{ts,tsx,mts,mjs,sql,yaml,css,html}',
  '.env.example',
  '.ci/run',
  '.github/**/*.yml',
  '*.yaml',
];
/** Printed, of others, or the list of words itself. */
const NOT_OURS = /(?:^|\/)(?:node_modules|generated|dist|released|testdata)\/|^scripts\/documents\//;

/**
 * `npm run check:documents`: plain words in documents and sources; links, commands and paths in documents
 * that lead somewhere; the index of decisions; drawn trees. Exit codes:
 * 0 nothing found, 1 findings.
 */
export async function main(): Promise<0 | 1> {
  const documents = new Map(
    await Promise.all(find(DOCUMENTS).map(async (file) => [file, await read(file)] as const)),
  );
  const sources = find(SOURCES);
  const project = {
    has: (path: string): boolean => existsSync(resolve(ROOT, path)),
    foldersIn,
    anchorsOf: (path: string): ReadonlySet<string> | undefined => {
      const text = documents.get(path);
      return text === undefined ? undefined : anchorsOf(text);
    },
    scripts: new Set(Object.keys(packageJson.scripts)),
  };
  const found: Diagnostic[] = [...checkDecisions(documents)];
  for (const [file, text] of documents) {
    found.push(...checkWords(file, text), ...checkReferences(file, text, project));
    found.push(...checkTree(file, text, project));
  }
  for (const file of sources) found.push(...checkWords(file, await read(file)));
  for (const diagnostic of sortDiagnostics(found)) console.error(formatDiagnostic(diagnostic));
  if (found.length > 0) return 1;
  console.log(`documents: ${documents.size}, and ${sources.length} sources, in plain words`);
  return 0;
}

function find(patterns: readonly string[]): readonly string[] {
  return patterns
    .flatMap((pattern) => globSync(pattern, { cwd: ROOT, exclude: ['**/node_modules/**'] }))
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => !NOT_OURS.test(file));
}

/** Folders that a reader should know: without what is hidden, made, or only for tests. */
function foldersIn(path: string): readonly string[] {
  return readdirSync(resolve(ROOT, path), { withFileTypes: true })
    .filter(
      (entry) => entry.isDirectory() && !/^\.|^(?:node_modules|dist|testdata|testing)$/.test(entry.name),
    )
    .map((entry) => entry.name);
}

function read(file: string): Promise<string> {
  return readFile(resolve(ROOT, file), 'utf8');
}

process.exitCode = await main();
