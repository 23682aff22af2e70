import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { moduleProblem } from '../../generator/load/load-specs.ts';
import { schemaProblem } from '../../sql/written-schema.ts';
import type { Change } from '../changes.ts';
import { APP_FILE, withModule } from '../edit/app-file.ts';
import { formatted } from '../edit/format.ts';
import { nodesIn, parseSource } from '../edit/syntax.ts';
import { otherName } from '../names/check-word.ts';
import { moduleFolders, pathShape, readKnownNames } from '../names/known-names.ts';
import { moduleNames } from '../names/module-names.ts';
import { rename, type ModuleNames } from '../names/rename.ts';
import { Refusal } from '../refusal.ts';
import { readTemplate } from '../template.ts';

/** PostgreSQL cuts longer names off. */
const LONGEST_SQL_NAME = 63;

/** What a module is to be called. */
export interface ModuleRequest {
  readonly module: string;
  /** What it keeps, one of it; called like the module when left out. */
  readonly resource?: string | undefined;
  readonly plural?: string | undefined;
}

/**
 * The files of a new module with one resource that can be created, read, listed, replaced, patched and deleted, and its lines of
 * `src/app.ts`. Reads the project, and writes nothing.
 *
 * @throws {Refusal} when a name cannot be used, or is taken.
 */
export async function planModule(root: string, request: ModuleRequest): Promise<readonly Change[]> {
  const names = moduleNames(request);
  const module = names.module.kebab;
  const reserved = moduleProblem(module);
  if (reserved !== undefined) throw new Refusal(`${module} cannot name a module: ${reserved}.`);
  const problem = schemaProblem(module);
  if (problem !== undefined) {
    throw new Refusal(`${module} cannot name a module: ${problem}. ${otherName(module)}`);
  }
  const [folder] = moduleFolders(root, module);
  if (folder !== undefined) {
    throw new Refusal(`There is a module ${module} already: ${folder}. ${otherName(module)}`);
  }
  await checkContractNames(root, names);
  const files = await readTemplate();
  const changes: Change[] = [];
  for (const { path, text } of files) {
    const renamed = { path: rename(path, names), text: rename(text, names) };
    checkClashes(path, text, names);
    checkLengths(renamed);
    changes.push({ path: renamed.path, text: await formatted(root, renamed.path, renamed.text) });
  }
  const before = readFileSync(join(root, APP_FILE), 'utf8');
  const factory = `create${names.module.pascal}Module`;
  changes.push({
    path: APP_FILE,
    before,
    text: await formatted(root, APP_FILE, withModule(before, { module, factory })),
  });
  return changes;
}

/** Ids of operations, paths, schemas and tags that another module has, or the SDK. */
async function checkContractNames(root: string, { resource, plural }: ModuleNames): Promise<void> {
  const known = await readKnownNames(root);
  const verbs = ['create', 'get', 'replace', 'update', 'delete'].map((verb) => `${verb}${resource.pascal}`);
  const taken = (what: string, place: string | undefined): void => {
    if (place === undefined) return;
    throw new Refusal(
      `${what} is taken: ${place} has it. Name what the module keeps otherwise: --resource ${resource.kebab}-entry.`,
    );
  };
  for (const id of [`list${plural.pascal}`, ...verbs]) {
    taken(`The operation ${id}`, known.operationIds.get(id) ?? (known.sdk.has(id) ? 'the SDK' : undefined));
  }
  for (const path of [`/${plural.kebab}`, `/${plural.kebab}/{id}`]) {
    taken(`The path ${path}`, known.paths.get(pathShape(path)));
  }
  for (const role of ['', 'Content', 'Patch', 'Page']) {
    const name = resource.pascal + role;
    taken(`The schema ${name}`, known.schemas.get(name) ?? (known.sdk.has(name) ? 'the SDK' : undefined));
  }
  taken(`The tag "${plural.sentence}"`, known.tags.get(plural.sentence));
}

/** Two names of a file of the template that would become one: `Clock`, where the resource is a clock. */
function checkClashes(path: string, text: string, names: ModuleNames): void {
  if (!path.endsWith('.ts')) return;
  const owners = new Map<string, string>();
  for (const { type, value } of nodesIn(parseSource(path, text).statements)) {
    if (type !== 'Identifier' || typeof value !== 'string') continue;
    const name = rename(value, names);
    const owner = owners.get(name);
    if (owner !== undefined && owner !== value) {
      throw new Refusal(
        `${names.resource.kebab} cannot name a resource: ${name} is something else in the code of a module. ${otherName(names.resource.kebab)}`,
      );
    }
    owners.set(name, value);
  }
}

function checkLengths({ path, text }: { readonly path: string; readonly text: string }): void {
  if (!path.endsWith('.sql')) return;
  const long = text.match(/\w+/g)?.find((name) => Buffer.byteLength(name) > LONGEST_SQL_NAME);
  if (long !== undefined) {
    throw new Refusal(
      `${long} has ${long.length} characters, and PostgreSQL cuts names off behind ${LONGEST_SQL_NAME}: take shorter names (--resource, --plural).`,
    );
  }
}
