import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { valueIdentifier } from '../../generator/contract/identifiers.ts';
import { moduleNames as generatedNames } from '../../generator/contract/name-everything.ts';
import type { Change } from '../changes.ts';
import { formatted } from '../edit/format.ts';
import { withHandler, type HandlersFile } from '../edit/handlers-file.ts';
import { memberLines, withMemberAt } from '../edit/spec-file.ts';
import { assertModule, pathShape, readKnownNames, type KnownNames } from '../names/known-names.ts';
import { Refusal } from '../refusal.ts';
import { TEMPLATE_SPEC } from '../template.ts';
import {
  defaultPath,
  operationLines,
  parameterLines,
  readVerb,
  templateFor,
  type Method,
} from './operation-stub.ts';

/** Which operation to add. */
export interface OperationRequest {
  readonly module: string;
  readonly operationId: string;
  readonly method?: Method | undefined;
  readonly path?: string | undefined;
}

/** The contract of a module, as it is before. */
interface Spec {
  readonly file: string;
  readonly text: string;
}

/**
 * The contract of a module with one operation more, shaped after the verb of its id, and a handler that answers 501 until it is
 * written. Reads the project, and writes nothing.
 *
 * @throws {Refusal} when the operation cannot be called so, or is taken, or the files cannot be written into.
 */
export async function planOperation(root: string, request: OperationRequest): Promise<readonly Change[]> {
  const { module, operationId } = request;
  assertModule(root, module);
  if (!/^[a-z][a-zA-Z0-9]*$/.test(operationId) || valueIdentifier(operationId) === undefined) {
    throw new Refusal(
      `${JSON.stringify(operationId)} cannot name an operation: write a verb and a name in camelCase, such as getJar or listJars.`,
    );
  }
  const known = await readKnownNames(root);
  const holder = known.operationIds.get(operationId) ?? (known.sdk.has(operationId) ? 'the SDK' : undefined);
  if (holder !== undefined) {
    throw new Refusal(`The operation ${operationId} is taken: ${holder} has it. Take another name.`);
  }
  const file = `specs/${module}/openapi.yaml`;
  const spec = { file, text: readFileSync(join(root, file), 'utf8') };
  const tag = [...known.tags].find(([, place]) => place === file)?.[0];
  if (tag === undefined)
    throw new Refusal(`${file} has no tags, and each operation stands under one: add tags.`);
  const stub = readVerb(operationId, request.method);
  const path =
    request.path ?? defaultPath(stub, operationId, (at) => known.paths.get(pathShape(at)) === file);
  checkPath(path, stub.method, known, spec);
  const template = templateFor(stub);
  const operation = operationLines(stub, template, { operationId, tag });
  const handlers = withHandler(
    transportFiles(root, module),
    generatedNames(module).handlers,
    `\n// Not written yet. The 501 of the contract goes with this line.\n${operationId}() { throw new NotImplementedError(); }`,
    `import { NotImplementedError } from '#kernel/domain/not-implemented-error.ts';`,
  );
  return [
    {
      path: file,
      before: spec.text,
      text: withComponents(withPath(spec, path, operation), operation, template, known),
    },
    { ...handlers, text: await formatted(root, handlers.path, handlers.text) },
  ];
}

/** Whether a method can be added at a path. */
function checkPath(path: string, method: Method, known: KnownNames, { file, text }: Spec): void {
  if (!/^(?:\/(?:[a-z0-9]+(?:-[a-z0-9]+)*|\{[a-z][a-zA-Z0-9]*\}))+$/.test(path)) {
    throw new Refusal(
      `${JSON.stringify(path)} is no path: write words in kebab-case and parameters in camelCase, such as /jars/{jarId}/lid.`,
    );
  }
  const holder = known.paths.get(pathShape(path));
  if (holder === undefined) return;
  if (holder !== file) {
    throw new Refusal(`The path ${path} is taken: ${holder} has it. Say another: --path <path>.`);
  }
  if (memberLines(file, text, ['paths', path]) === undefined) {
    throw new Refusal(
      `${file} has the path ${path} with other names of parameters: write it as it stands there (--path).`,
    );
  }
  if (memberLines(file, text, ['paths', path, method]) !== undefined) {
    throw new Refusal(
      `${method.toUpperCase()} ${path} is there already, in ${file}: say another method or path (--method, --path).`,
    );
  }
}

/** The contract with the operation: in the item of its path, which is made where there is none. */
function withPath({ file, text }: Spec, path: string, operation: readonly string[]): Spec {
  const [method = '', ...lines] = operation;
  if (memberLines(file, text, ['paths', path]) !== undefined) {
    const inner = lines.map((line) => line.slice(2));
    return { file, text: withMemberAt(file, text, ['paths', path], method.slice(0, -1), inner) };
  }
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  const shared = names.map((name) => `  - $ref: '#/components/parameters/${componentName(name)}'`);
  const item = [...(names.length === 0 ? [] : ['parameters:', ...shared]), ...operation];
  const parameters = names.reduce(
    (all, name) => withComponent(file, all, 'parameters', componentName(name), parameterLines(name)),
    text,
  );
  return { file, text: withMemberAt(file, parameters, ['paths'], path, item) };
}

/** The contract with the schemas of the template that the operation refers to, and that are not there. */
function withComponents(
  { file, text }: Spec,
  operation: readonly string[],
  template: string,
  known: KnownNames,
): string {
  let completed = text;
  // A set, so that what is added while it is walked is walked too.
  const wanted = references(operation);
  for (const name of wanted) {
    const holder = known.schemas.get(name) ?? (known.sdk.has(name) ? 'the SDK' : file);
    if (holder !== file) {
      throw new Refusal(
        `The operation needs a schema ${name}, and ${holder} has one. Name the operation after something else.`,
      );
    }
    const [, ...lines] = memberLines(TEMPLATE_SPEC, template, ['components', 'schemas', name]) ?? [];
    if (known.schemas.has(name)) continue;
    for (const inner of references(lines)) wanted.add(inner);
    const inner = lines.map((line) => line.slice(2));
    completed = withComponent(file, completed, 'schemas', name, inner);
  }
  return completed;
}

function withComponent(
  file: string,
  text: string,
  kind: string,
  name: string,
  lines: readonly string[],
): string {
  const isThere = memberLines(file, text, ['components', kind, name]) !== undefined;
  return isThere ? text : withMemberAt(file, text, ['components', kind], name, lines);
}

/** Schemas of the same file that lines refer to. */
function references(lines: readonly string[]): Set<string> {
  const found = lines.flatMap((line) => [...line.matchAll(/'#\/components\/schemas\/(\w+)'/g)]);
  return new Set(found.map(([, name = '']) => name));
}

/** `JarId` from `jarId`. */
function componentName(parameter: string): string {
  return parameter.charAt(0).toUpperCase() + parameter.slice(1);
}

function transportFiles(root: string, module: string): readonly HandlersFile[] {
  const folder = `src/modules/${module}/transport`;
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !/\.(?:test|types)\.ts$/.test(name))
    .map((name) => {
      const path = `${folder}/${name.replaceAll('\\', '/')}`;
      return { path, text: readFileSync(join(root, path), 'utf8') };
    });
}
