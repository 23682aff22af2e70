import { posix } from 'node:path';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { child, descend, items, locate, members, rootCursor, type Cursor } from '../load/cursor.ts';
import { isObject, member, textMember } from '../load/json-value.ts';
import type { SourceDocument } from '../load/source-document.ts';
import type { SpecSet } from '../load/spec-set.ts';
import { transformDocument, enclosing, type Visit, walkDocument } from '../load/walk-document.ts';
import { dereference } from '../load/references.ts';
import type { JsonObject, JsonValue } from './contract.ts';
import type { OperationFact, RuntimeResponse, ServerRuntime } from './server-runtime.ts';

/** What the compiler adds has no place in a source. A hidden file is never a spec, so the name is free. */
const ADDED_FILE = 'common/.runtime-responses.yaml';

/** The sources with what the runtime answers by itself, and what keeps them from being complete. */
export interface CompletedSpecs {
  readonly specs: SpecSet;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Adds to each operation of a project the answers that the server's runtime gives by itself. What an operation states stays as it
 * is stated: a status, a range around it, or `default`. The sources must be sound.
 */
export function addRuntimeResponses(specs: SpecSet, runtime: ServerRuntime): CompletedSpecs {
  if (!specs.project || runtime.responses.length === 0) return { specs, diagnostics: [] };
  const additions = new Map<JsonValue, readonly RuntimeResponse[]>();
  for (const visit of [...specs.documents.values()].flatMap(walkDocument)) {
    // The operations of a callback are served by others.
    if (visit.kind !== 'operation' || enclosing(visit, 'callback') !== undefined) continue;
    additions.set(visit.cursor.value, missingResponses(specs, visit, runtime.responses));
  }
  const used = new Set([...additions.values()].flat());
  if (used.size === 0) return { specs, diagnostics: [] };
  const problem = findShared(specs, 'schemas', 'Problem');
  if (problem === undefined) {
    const message = `what the server answers by itself is described by the schema Problem of ${specs.folder}/common; add it (RFC 9457)`;
    const at = { file: `${specs.folder}/openapi.yaml`, line: 1, column: 1, pointer: '' };
    return { specs, diagnostics: [{ rule: 'problem-schema', message, at }] };
  }
  const shared = new Shared(specs, runtime);
  const completed = new Map(
    [...specs.documents].map(([file, document]) => [file, withResponses(document, additions, shared)]),
  );
  completed.set(shared.addedFile, shared.document([...used], problem));
  const replaced = (document: SourceDocument): SourceDocument => completed.get(document.file) ?? document;
  return {
    specs: {
      ...specs,
      documents: completed,
      root: specs.root === undefined ? undefined : replaced(specs.root),
      modules: specs.modules.map(({ name, document }) => ({ name, document: replaced(document) })),
    },
    diagnostics: shared.clashes(),
  };
}

/** The runtime's answers that an operation has and does not state. */
function missingResponses(
  specs: SpecSet,
  visit: Visit,
  known: readonly RuntimeResponse[],
): readonly RuntimeResponse[] {
  const stated = new Set(members(child(visit.cursor, 'responses')).map(([status]) => status.toUpperCase()));
  if (stated.has('DEFAULT')) return [];
  const facts = factsOf(specs, visit);
  return known.filter(
    ({ status, when }) =>
      facts.has(when) && !stated.has(String(status)) && !stated.has(`${String(status).charAt(0)}XX`),
  );
}

function factsOf(specs: SpecSet, { cursor, parent }: Visit): ReadonlySet<OperationFact> {
  const facts = new Set<OperationFact>(['always']);
  const security = child(cursor, 'security') ?? child(rootCursor(cursor.document), 'security');
  const requirements = items(security).flatMap((each) => members(each).map(([, scopes]) => scopes));
  if (requirements.length > 0) facts.add('credentials');
  const isScoped = requirements.some((scopes) => items(scopes).length > 0);
  if (isScoped || items(child(cursor, 'x-required-scopes')).length > 0) facts.add('scopes');
  if (child(cursor, 'requestBody') !== undefined) facts.add('body');
  if (hasContent(specs, cursor)) facts.add('content');
  const parameters = [cursor, ...(parent === undefined ? [] : [parent.cursor])]
    .flatMap((each) => items(child(each, 'parameters')))
    .map((each) => dereference(specs, each).value)
    .filter((each) => textMember(each, 'in') === 'header');
  for (const parameter of parameters) {
    const name = textMember(parameter, 'name')?.toLowerCase();
    if (name === 'idempotency-key') facts.add('idempotency-key');
    if (name === 'if-match' && member(parameter, 'required') === true) facts.add('required-if-match');
  }
  return facts;
}

/** Whether `Accept` is looked at: some response below 400 has content. */
function hasContent(specs: SpecSet, operation: Cursor): boolean {
  return members(child(operation, 'responses')).some(
    ([status, response]) =>
      /^[23]/.test(status) && members(child(dereference(specs, response), 'content')).length > 0,
  );
}

function withResponses(
  document: SourceDocument,
  additions: ReadonlyMap<JsonValue, readonly RuntimeResponse[]>,
  shared: Shared,
): SourceDocument {
  const value = transformDocument(document.value, 'openapi', (_kind, object, original) => {
    const added = additions.get(original) ?? [];
    if (added.length === 0) return object;
    const stated = object['responses'];
    const references = added.map(({ status, component }) => [
      String(status),
      { $ref: shared.reference(document, 'responses', component) },
    ]);
    return {
      ...object,
      responses: { ...(isObject(stated) ? stated : {}), ...Object.fromEntries(references) },
    };
  });
  return { ...document, value };
}

/** The components of the runtime's answers: those of specs/common by their names, or else the compiler's. */
class Shared {
  readonly #specs: SpecSet;
  readonly #runtime: ServerRuntime;
  readonly addedFile: string;

  constructor(specs: SpecSet, runtime: ServerRuntime) {
    this.addedFile = `${specs.folder}/${ADDED_FILE}`;
    this.#specs = specs;
    this.#runtime = runtime;
  }

  /** A `$ref` from a document to a component. */
  reference(from: SourceDocument, section: string, name: string): string {
    return referenceTo(from.file, findShared(this.#specs, section, name) ?? this.addedFile, section, name);
  }

  /** The file that holds what specs/common does not have. */
  document(used: readonly RuntimeResponse[], problemFile: string): SourceDocument {
    const here = { file: this.addedFile, home: 'common', text: '' };
    const absent = used.filter(
      ({ component }) => findShared(this.#specs, 'responses', component) === undefined,
    );
    const problem = { $ref: referenceTo(this.addedFile, problemFile, 'schemas', 'Problem') };
    const headerRef = (name: string): string => {
      const file = findShared(this.#specs, 'headers', name) ?? this.addedFile;
      return referenceTo(this.addedFile, file, 'headers', name);
    };
    const responses = absent.map((response) => [response.component, describe(response, problem, headerRef)]);
    const headers = Object.entries(this.#runtime.headers).filter(
      ([name]) =>
        absent.some((each) => each.headers.includes(name)) &&
        findShared(this.#specs, 'headers', name) === undefined,
    );
    return {
      ...here,
      value: {
        components: { responses: Object.fromEntries(responses), headers: Object.fromEntries(headers) },
      },
      places: { byPointer: new Map(), position: () => ({ line: 1, column: 1 }) },
    };
  }

  /** Components of modules that have the name of one that every module gets. */
  clashes(): readonly Diagnostic[] {
    const names = [
      ...this.#runtime.responses.map(({ component }) => ['responses', component] as const),
      ...Object.keys(this.#runtime.headers).map((name) => ['headers', name] as const),
    ];
    return this.#specs.modules.flatMap(({ document }) =>
      names.flatMap(([section, name]): readonly Diagnostic[] => {
        const own = descend(rootCursor(document), 'components', section, name);
        if (own === undefined || textMember(own.value, '$ref') !== undefined) return [];
        const message = `${section}/${name} is the name of what the compiler adds to every module; rename this, or move it to ${this.#specs.folder}/common, where it is taken instead`;
        return [{ rule: 'duplicate-component', message, at: locate(own) }];
      }),
    );
  }
}

function describe(
  { status, description, headers, problem }: RuntimeResponse,
  schema: JsonObject,
  headerRef: (name: string) => string,
): JsonObject {
  const { type, title, detail, errors } = problem;
  const named = headers.map((name) => [name, { $ref: headerRef(name) }]);
  const example = {
    type,
    title,
    status,
    detail,
    requestId: '0198d7a2-9b1c-7e02-8a7d-54f1b2c3d4e5',
    ...(errors === undefined ? {} : { errors }),
  };
  return {
    description,
    ...(named.length === 0 ? {} : { headers: Object.fromEntries(named) }),
    content: { 'application/problem+json': { schema, example } },
  };
}

function referenceTo(from: string, file: string, section: string, name: string): string {
  const relative = from === file ? '' : posix.relative(posix.dirname(from), file);
  return `${relative}#/components/${section}/${name}`;
}

/** The file of specs/common that has a component. */
function findShared({ documents }: SpecSet, section: string, name: string): string | undefined {
  return [...documents.values()].find(
    (document) =>
      document.home === 'common' && descend(rootCursor(document), 'components', section, name) !== undefined,
  )?.file;
}
