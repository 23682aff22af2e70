import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { child, descend, members, rootCursor, items } from '../../generator/load/cursor.ts';
import { textMember } from '../../generator/load/json-value.ts';
import { loadSpecs } from '../../generator/load/load-specs.ts';
import { walkDocument } from '../../generator/load/walk-document.ts';
import { readSdkSources, runtimeNames } from '../../generator/sdk/read-sdk-sources.ts';
import { formatDiagnostic } from '../../diagnostics/sort-diagnostics.ts';
import { Refusal } from '../refusal.ts';

/** What the contract and the SDK have already, each name with its place for messages. */
export interface KnownNames {
  readonly operationIds: ReadonlyMap<string, string>;
  /** Paths, their parameters without names: `/jars/{}`. */
  readonly paths: ReadonlyMap<string, string>;
  readonly schemas: ReadonlyMap<string, string>;
  readonly tags: ReadonlyMap<string, string>;
  /** What the SDK exports besides those of the contract. */
  readonly sdk: ReadonlySet<string>;
}

/** Folders that a module has, each named like it. */
const MODULE_FOLDERS = ['specs', 'sql', 'migrations', 'seeds', 'src/modules'];

/** The folders of modules that there are: `specs/recipe`. */
export function moduleFolders(root: string, module: string): readonly string[] {
  return MODULE_FOLDERS.filter((folder) => foldersIn(join(root, folder)).includes(module)).map(
    (folder) => `${folder}/${module}`,
  );
}

/** Whether a module has a contract and code. @throws {Refusal} when it has not. */
export function assertModule(root: string, module: string): void {
  const inCode = foldersIn(join(root, 'src/modules'));
  const modules = foldersIn(join(root, 'specs')).filter((name) => inCode.includes(name));
  if (modules.includes(module)) return;
  const there = modules.length === 0 ? 'there are none' : `there are: ${modules.join(', ')}`;
  throw new Refusal(
    `There is no module ${JSON.stringify(module)}; ${there}. Make it: npm run new -- module <name>.`,
  );
}

/** Reads the names of the project's contract. @throws {Refusal} when its specs cannot be read. */
export async function readKnownNames(root: string): Promise<KnownNames> {
  const { specs, diagnostics } = loadSpecs(root);
  const [broken] = diagnostics;
  if (broken !== undefined) {
    throw new Refusal(`The specs have to be sound first. ${formatDiagnostic(broken)}`);
  }
  const operationIds = new Map<string, string>();
  const paths = new Map<string, string>();
  const schemas = new Map<string, string>();
  const tags = new Map<string, string>();
  for (const { document } of specs.modules) {
    const start = rootCursor(document);
    for (const { kind, cursor } of walkDocument(document)) {
      const id = kind === 'operation' ? textMember(cursor.value, 'operationId') : undefined;
      if (id !== undefined) operationIds.set(id, document.file);
    }
    for (const [path] of members(child(start, 'paths'))) paths.set(pathShape(path), document.file);
    for (const [name] of members(descend(start, 'components', 'schemas'))) schemas.set(name, document.file);
    for (const tag of items(child(start, 'tags'))) {
      tags.set(textMember(tag.value, 'name') ?? '', document.file);
    }
  }
  const sdk = runtimeNames(await readSdkSources(join(root, 'sdk/src')));
  return { operationIds, paths, schemas, tags, sdk };
}

/** A path as the server tells paths apart: `/jars/{jarId}` and `/jars/{id}` are one. */
export function pathShape(path: string): string {
  return path.replaceAll(/\{[^}]*\}/g, '{}');
}

function foldersIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
  } catch {
    return [];
  }
}
