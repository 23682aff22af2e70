import type { Contract, JsonObject } from './contract.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { checkDocuments, VERSION_RULE } from '../lint/check-documents.ts';
import { checkHouseStyle } from '../lint/check-house-style.ts';
import { HOUSE_RULES } from '../lint/house-rules.ts';
import { joinWithRedocly, lintWithRedocly } from '../lint/run-redocly.ts';
import type { Joined } from '../lint/run-redocly.ts';
import type { SpecSet } from '../load/spec-set.ts';
import { moduleDocument } from './module-document.ts';
import { sortDiagnostics } from '../../diagnostics/sort-diagnostics.ts';
import { supersede } from '../lint/supersede.ts';
import { Waivers } from '../lint/waivers.ts';
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
  const { root } = options;
  const { specs, diagnostics } = await loadSpecs(root);
  const structural = [...diagnostics, ...checkDocuments(specs)];
  // Redocly runs while our own rules do.
  const redoclyLint = lintWithRedocly(root, specs, structural);
  redoclyLint.catch(() => {});
  const resolved = structural.length === 0 ? resolveContract(specs) : undefined;
  const waivers = new Waivers(specs);
  const misread = new Set(structural.filter(({ rule }) => rule === VERSION_RULE).map(({ at }) => at.file));
  const style = checkHouseStyle(specs, HOUSE_RULES).filter(
    (each) => !misread.has(each.at.file) && !waivers.silences(each),
  );
  const ours = [...structural, ...(resolved?.diagnostics ?? []), ...style];
  // Two modules that clash are findings of ours already: what is joined here is expected to be joinable.
  const joining = ours.length === 0 ? join(root, specs) : undefined;
  joining?.catch(() => {});

  const redocly = supersede(await redoclyLint, ours).filter((each) => !waivers.silences(each));
  const joined = await joining;
  const waived = waivers.findings().filter(({ at }) => !misread.has(at.file));
  const found = [...ours, ...redocly, ...waived];
  if (found.length === 0 && joined?.ok === true && resolved !== undefined) {
    const published = publishedDocument(joined.document);
    found.push(...checkJoined(published, resolved.contract));
    if (found.length === 0) return { ok: true, contract: resolved.contract, joined: published };
  }
  if (found.length === 0 && joined?.ok === false) found.push(joined.diagnostic);
  return { ok: false, diagnostics: sortDiagnostics(found) };
}

/** Redocly joins two files or more; a project without modules is its root document. */
function join(root: string, specs: SpecSet): Promise<Joined> {
  if (specs.modules.length > 0 || specs.root === undefined) return joinWithRedocly(root, specs);
  const document = moduleDocument(specs, { name: '', document: specs.root }, new Set());
  return Promise.resolve({ ok: true, document });
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
