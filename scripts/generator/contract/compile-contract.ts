import type { Contract, Diagnostic, JsonObject } from './contract.ts';
import { checkDocuments } from '../lint/check-documents.ts';
import { lintSpecs } from '../lint/lint-specs.ts';
import { sortDiagnostics } from '../lint/sort-diagnostics.ts';
import { loadForeignDocument, loadSpecs } from '../load/load-specs.ts';
import { checkJoined, publishedDocument } from './joined-document.ts';
import { resolveContract } from './resolve-contract.ts';
import { upgradeDocument } from './upgrade-document.ts';

/** What compiling gives: a contract, or everything that is wrong with the sources. */
export type Compiled =
  | {
      readonly ok: true;
      readonly contract: Contract;
      /** The joined OpenAPI document of all modules, keys in a stable order. */
      readonly joined: JsonObject;
    }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/**
 * Compiles the project's specs: load, lint, join, resolve. Everything that is wrong is found in one go.
 *
 * @throws {NodeJS.ErrnoException} when a spec cannot be read or Redocly cannot be started
 */
export async function compileContract(options: {
  /** The folder that holds `specs/`. */
  readonly root: string;
}): Promise<Compiled> {
  const loaded = await loadSpecs(options.root);
  const linted = lintSpecs(options.root, loaded);
  const found: Diagnostic[] = [...loaded.diagnostics, ...linted.structural];
  const resolved = found.length === 0 ? resolveContract(loaded.specs) : undefined;
  if (resolved !== undefined) found.push(...resolved.diagnostics);
  const [style, joined] = await Promise.all([linted.style(), linted.joined()]);
  found.push(...style);
  if (!joined.ok) {
    // What cannot be joined has findings of its own as a rule, and those say more.
    if (found.length === 0) found.push(joined.diagnostic);
  } else if (found.length === 0 && resolved !== undefined) {
    const published = publishedDocument(joined.document);
    found.push(...checkJoined(published, resolved.contract));
    if (found.length === 0) return { ok: true, contract: resolved.contract, joined: published };
  }
  return { ok: false, diagnostics: sortDiagnostics(found) };
}

/**
 * Compiles one foreign single-file document (YAML or JSON, OpenAPI 3.0 or 3.1): what the contract cannot represent is
 * refused, house style is not asked for.
 */
export async function compileDocument(options: {
  /** Path for diagnostics; the file is not read. */
  readonly file: string;
  readonly text: string;
  readonly moduleName: string;
}): Promise<Compiled> {
  const { specs, diagnostics } = loadForeignDocument(options.file, options.text, options.moduleName);
  const found = [...diagnostics, ...checkDocuments(specs)];
  if (found.length > 0 || specs.root === undefined) return { ok: false, diagnostics: sortDiagnostics(found) };
  const document = upgradeDocument(specs.root);
  const resolved = resolveContract({
    ...specs,
    documents: new Map([[document.file, document]]),
    root: document,
    modules: [{ name: options.moduleName, document }],
  });
  if (resolved.diagnostics.length > 0)
    return { ok: false, diagnostics: sortDiagnostics(resolved.diagnostics) };
  return { ok: true, contract: resolved.contract, joined: resolved.contract.modules[0]?.document ?? {} };
}
