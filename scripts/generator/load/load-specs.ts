import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { readSpecFiles } from './read-spec-files.ts';
import type { ModuleSource, SpecSet } from './spec-set.ts';
import { locatePointer } from './cursor.ts';
import { member } from './json-value.ts';
import { parseSource } from './source-document.ts';
import type { SourceDocument } from './source-document.ts';

const MODULE_NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
/** Folders under `generated/` and words in paths that a module must not take. */
const RESERVED_NAMES = new Set(['common', 'kernel', 'openapi', 'queries']);

/** Where specs are when nothing else is said. */
export const SPECS_FOLDER = 'specs';

/** What loading gives. */
export interface LoadedSpecs {
  readonly specs: SpecSet;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads every spec under `root/folder`: each folder in it but `common` is a module and holds an `openapi.yaml`.
 *
 * @param folder of the specs, relative to `root`, with forward slashes
 * @param unsaved texts to read instead of those on disk, by file: what an editor shows
 * @throws {NodeJS.ErrnoException} when the folder cannot be listed
 */
export function loadSpecs(
  root: string,
  folder: string = SPECS_FOLDER,
  unsaved: ReadonlyMap<string, string> = new Map(),
): LoadedSpecs {
  const rootFile = `${folder}/openapi.yaml`;
  const documents = new Map<string, SourceDocument>();
  const brokenFiles = new Set<string>();
  const read = readSpecFiles(root, folder);
  const diagnostics: Diagnostic[] = [...read.diagnostics];
  for (const { file, text: saved } of read.files) {
    const text = saved === undefined ? undefined : (unsaved.get(file) ?? saved);
    const [first = '', ...rest] = inside(folder, file);
    const home = rest.length === 0 ? '' : first;
    const parsed = text === undefined ? undefined : parseSource(file, home, text);
    diagnostics.push(...(parsed?.diagnostics ?? []));
    if (parsed?.document === undefined) brokenFiles.add(file);
    else documents.set(file, parsed.document);
  }
  const files = read.files.map(({ file }) => file);

  if (!files.includes(rootFile)) {
    diagnostics.push(
      atStart(rootFile, 'root-document', 'write this file: it holds title, version, servers and security'),
    );
  }
  return {
    specs: {
      folder,
      documents,
      brokenFiles,
      root: documents.get(rootFile),
      modules: findModules(folder, files, documents, diagnostics),
      project: true,
    },
    diagnostics,
  };
}

/** One external document as a set of its own: the document is root and only module. */
export function loadExternalDocument(file: string, text: string, moduleName: string): LoadedSpecs {
  const { document, diagnostics } = parseSource(file, moduleName, text);
  return {
    specs: {
      folder: '',
      documents: new Map(document === undefined ? [] : [[file, document]]),
      brokenFiles: new Set(document === undefined ? [file] : []),
      root: document,
      modules: document === undefined ? [] : [{ name: moduleName, document }],
      project: false,
    },
    diagnostics,
  };
}

/** The folders and the name that lead to a spec, from the folder of the specs on. */
function inside(folder: string, file: string): readonly string[] {
  return file.slice(folder.length + 1).split('/');
}

function findModules(
  specs: string,
  files: readonly string[],
  documents: ReadonlyMap<string, SourceDocument>,
  diagnostics: Diagnostic[],
): readonly ModuleSource[] {
  const folders = new Map<string, string>();
  for (const file of files) {
    const [folder, ...rest] = inside(specs, file);
    if (folder !== undefined && rest.length > 0 && folder !== 'common' && !folders.has(folder))
      folders.set(folder, file);
  }
  const modules: ModuleSource[] = [];
  for (const [name, anyFile] of folders) {
    const file = `${specs}/${name}/openapi.yaml`;
    const problem = moduleProblem(name);
    if (problem !== undefined)
      diagnostics.push(atStart(anyFile, 'module-name', `"${name}" cannot name a module: ${problem}`));
    if (!files.includes(file)) {
      diagnostics.push(
        atStart(
          anyFile,
          'module-document',
          `the folder ${specs}/${name} is a module without a contract; write ${file}, or move this file to ${specs}/common`,
        ),
      );
    }
    const document = documents.get(file);
    if (document !== undefined) modules.push({ name, document });
  }
  diagnostics.push(...files.flatMap((file) => misplaced(specs, file, documents.get(file), files) ?? []));
  return modules;
}

/** Why a folder cannot be a module, as the end of a sentence; undefined when it can. */
export function moduleProblem(name: string): string | undefined {
  if (RESERVED_NAMES.has(name))
    return `it is a name of generated code; name the folder otherwise, such as "${name}-list"`;
  return MODULE_NAME.test(name) ? undefined : 'name the folder in kebab-case, such as "meal-plan"';
}

/** A spec that nothing would come of: beside a module's contract, or beside the root document. */
function misplaced(
  specs: string,
  file: string,
  document: SourceDocument | undefined,
  files: readonly string[],
): Diagnostic | undefined {
  const rootFile = `${specs}/openapi.yaml`;
  if (document === undefined || file === rootFile) return undefined;
  const { home } = document;
  if (home === 'common') {
    const message = `paths of ${specs}/common are not served; move them to the contract of a module`;
    return member(document.value, 'paths') === undefined
      ? undefined
      : { rule: 'module-document', message, at: locatePointer(document, '/paths') };
  }
  if (home === '')
    return atStart(file, 'module-document', `only ${rootFile} is read here; move this to a module's folder`);
  const contract = `${specs}/${home}/openapi.yaml`;
  return file === contract || !files.includes(contract)
    ? undefined
    : atStart(
        file,
        'module-document',
        `a module is one file, ${contract}; move this there, or to ${specs}/common`,
      );
}

function atStart(file: string, rule: string, message: string): Diagnostic {
  return { rule, message, at: { file, line: 1, column: 1, pointer: '' } };
}
