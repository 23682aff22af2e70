import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Diagnostic } from '../contract/contract.ts';
import type { ModuleSource, SpecSet } from './spec-set.ts';
import { parseSource } from './source-document.ts';
import type { SourceDocument } from './source-document.ts';

const SPEC_FILE = /\.(ya?ml|json)$/;
const MODULE_NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
/** Folders under `generated/` and words in paths that a module must not take. */
const RESERVED_NAMES = new Set(['common', 'kernel', 'openapi', 'queries']);

/** What loading gives. */
export interface LoadedSpecs {
  readonly specs: SpecSet;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads every spec under `root/specs`: each folder but `common` is a module and holds an `openapi.yaml`.
 *
 * @throws {NodeJS.ErrnoException} when a file cannot be read
 */
export async function loadSpecs(root: string): Promise<LoadedSpecs> {
  const diagnostics: Diagnostic[] = [];
  const documents = new Map<string, SourceDocument>();
  const brokenFiles = new Set<string>();
  const files = await specFiles(root);
  const texts = await Promise.all(files.map((file) => readFile(join(root, file), 'utf8')));
  files.forEach((file, index) => {
    const [, folder = '', ...rest] = file.split('/');
    const parsed = parseSource(file, rest.length === 0 ? '' : folder, texts[index] ?? '');
    diagnostics.push(...parsed.diagnostics);
    if (parsed.document === undefined) brokenFiles.add(file);
    else documents.set(file, parsed.document);
  });

  const rootFile = 'specs/openapi.yaml';
  if (!files.includes(rootFile)) {
    diagnostics.push(
      atStart(rootFile, 'root-document', 'write this file: it holds title, version, servers and security'),
    );
  }
  return {
    specs: {
      documents,
      brokenFiles,
      root: documents.get(rootFile),
      modules: findModules(files, documents, diagnostics),
      project: true,
    },
    diagnostics,
  };
}

/** One foreign document as a set of its own: the document is root and only module. */
export function loadForeignDocument(file: string, text: string, moduleName: string): LoadedSpecs {
  const { document, diagnostics } = parseSource(file, moduleName, text);
  return {
    specs: {
      documents: new Map(document === undefined ? [] : [[file, document]]),
      brokenFiles: new Set(document === undefined ? [file] : []),
      root: document,
      modules: document === undefined ? [] : [{ name: moduleName, document }],
      project: false,
    },
    diagnostics,
  };
}

/** Paths of all specs, relative to `root`, sorted; a project without the folder has none. */
async function specFiles(root: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(join(root, 'specs'), { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile() && SPEC_FILE.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name).slice(join(root, '/').length).replaceAll('\\', '/'))
      .toSorted();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

function findModules(
  files: readonly string[],
  documents: ReadonlyMap<string, SourceDocument>,
  diagnostics: Diagnostic[],
): readonly ModuleSource[] {
  const folders = new Map<string, string>();
  for (const file of files) {
    const [, folder, ...rest] = file.split('/');
    if (folder !== undefined && rest.length > 0 && folder !== 'common' && !folders.has(folder))
      folders.set(folder, file);
  }
  const modules: ModuleSource[] = [];
  for (const [name, anyFile] of folders) {
    const file = `specs/${name}/openapi.yaml`;
    if (!MODULE_NAME.test(name) || RESERVED_NAMES.has(name)) {
      diagnostics.push(
        atStart(
          anyFile,
          'module-name',
          `"${name}" cannot name a module; name the folder in kebab-case, such as "meal-plan"`,
        ),
      );
    }
    if (!files.includes(file)) {
      diagnostics.push(
        atStart(
          anyFile,
          'module-document',
          `the folder specs/${name} is a module without a contract; write ${file}, or move this file to specs/common`,
        ),
      );
    }
    const document = documents.get(file);
    if (document !== undefined) modules.push({ name, document });
  }
  return modules;
}

function atStart(file: string, rule: string, message: string): Diagnostic {
  return { rule, message, at: { file, line: 1, column: 1, pointer: '' } };
}
