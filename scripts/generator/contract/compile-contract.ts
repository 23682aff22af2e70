import type { Contract, ContractModule, JsonObject } from './contract.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { checkDocuments } from '../lint/check-documents.ts';
import { ownFindings } from '../lint/own-findings.ts';
import { sortDiagnostics } from '../../diagnostics/sort-diagnostics.ts';
import { supersede } from '../lint/supersede.ts';
import { loadExternalDocument, loadSpecs, SPECS_FOLDER } from '../load/load-specs.ts';
import type { SpecSet } from '../load/spec-set.ts';
import { bundleModule } from '../redocly/bundle-module.ts';
import { lintWithRedocly } from '../redocly/lint-specs.ts';
import { checkJoinable, publishedDocument } from './published-document.ts';
import { SERVER_RUNTIME, type ServerRuntime } from './server-runtime.ts';
import { resolveContract, type ResolvedContract } from './resolve-contract.ts';
import { upgradeDocument } from './upgrade-document.ts';

/** What compiling gives: a contract, or everything that is wrong with the sources. */
export type Compiled =
  | {
      readonly ok: true;
      readonly contract: Contract;
      /** The OpenAPI document of all modules, keys in a stable order. */
      readonly joined: JsonObject;
    }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/**
 * Compiles a project's specs: load, lint, resolve, bundle, join. Everything that is wrong is found in one go.
 *
 * @throws {NodeJS.ErrnoException} when a spec cannot be read
 */
export async function compileContract(options: {
  /** The project's folder. */
  readonly root: string;
  /** The folder of the specs in it; by default `specs`. */
  readonly folder?: string;
  /** Absolute path of `redocly.yaml`. */
  readonly redoclyConfig: string;
  /** What the server's runtime answers, added to every operation; by default what the runtime of this project does. */
  readonly runtime?: ServerRuntime;
  /** Names that no type takes; by default none. */
  readonly claimed?: ReadonlySet<string>;
}): Promise<Compiled> {
  const { root, folder = SPECS_FOLDER, redoclyConfig, runtime = SERVER_RUNTIME, claimed } = options;
  const loaded = loadSpecs(root, folder);
  const { specs } = loaded;
  const { found: ours, waivers, misread, resolved } = ownFindings(loaded, runtime, claimed);
  // Redocly reads a document of another version by the rules of that version.
  const theirs = misread.size > 0 ? [] : await lintWithRedocly(root, redoclyConfig, specs);
  const redocly = supersede(theirs, ours).filter((each) => !waivers.silences(each));
  const waived = waivers.findings().filter(({ at }) => !misread.has(at.file));
  const found = [...ours, ...redocly, ...waived];
  if (found.length === 0 && resolved !== undefined) found.push(...checkJoinable(specs, resolved));
  if (found.length > 0 || resolved === undefined) return { ok: false, diagnostics: sortDiagnostics(found) };
  const contract = await withDocuments(root, resolved.specs, resolved);
  const rootDocument =
    specs.root === undefined ? {} : await bundleModule(root, specs, specs.root, resolved.textParameters);
  const documents = contract.modules.map(({ document }) => document);
  return { ok: true, contract, joined: publishedDocument(specs, rootDocument, documents) };
}

/** The contract with each module's document. */
async function withDocuments(
  root: string,
  specs: SpecSet,
  { contract, textParameters }: ResolvedContract,
): Promise<Contract> {
  const modules: ContractModule[] = [];
  for (const module of contract.modules) {
    const source = specs.modules.find(({ name }) => name === module.name);
    if (source === undefined) throw new Error(`${module.name} is a module without a source`);
    const document = await bundleModule(root, specs, source.document, textParameters);
    modules.push({ ...module, document });
  }
  return { ...contract, modules };
}

/**
 * Compiles one external single-file document (YAML or JSON, OpenAPI 3.0 or 3.1): what the contract cannot represent is
 * refused, house style is not asked for.
 */
export async function compileDocument(options: {
  /** Path for diagnostics; the file is not read. */
  readonly file: string;
  readonly text: string;
  readonly moduleName: string;
  /** Names that no type takes; by default none. */
  readonly claimed?: ReadonlySet<string> | undefined;
}): Promise<Compiled> {
  const { specs, diagnostics } = loadExternalDocument(options.file, options.text, options.moduleName);
  const found = [...diagnostics, ...checkDocuments(specs)];
  if (found.length > 0 || specs.root === undefined) return { ok: false, diagnostics: sortDiagnostics(found) };
  const document = upgradeDocument(specs.root);
  const upgraded = {
    ...specs,
    documents: new Map([[document.file, document]]),
    root: document,
    modules: [{ name: options.moduleName, document }],
  };
  const resolved = resolveContract(upgraded, options.claimed);
  if (resolved.diagnostics.length > 0)
    return { ok: false, diagnostics: sortDiagnostics(resolved.diagnostics) };
  const contract = await withDocuments('/', upgraded, resolved);
  return { ok: true, contract, joined: contract.modules[0]?.document ?? {} };
}
