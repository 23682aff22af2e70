import type { JsonObject, JsonValue } from './contract.ts';
import { child, rootCursor } from '../load/cursor.ts';
import type { Cursor } from '../load/cursor.ts';
import { isArray, isObject, member, textMember } from '../load/json-value.ts';
import { pointerTokens } from '../load/json-pointer.ts';
import type { ObjectKind } from '../load/openapi-objects.ts';
import { dereference, followReference } from '../load/references.ts';
import type { SourceDocument } from '../load/source-document.ts';
import type { ModuleSource, SpecSet } from '../load/spec-set.ts';
import { WAIVERS } from '../lint/waivers.ts';
import { transformDocument } from '../load/transform-document.ts';

const SECTION_KINDS: Readonly<Record<string, ObjectKind>> = {
  schemas: 'schema',
  responses: 'response',
  parameters: 'parameter',
  examples: 'example',
  requestBodies: 'requestBody',
  headers: 'header',
  securitySchemes: 'securityScheme',
  links: 'link',
  callbacks: 'callback',
  pathItems: 'path',
};

/**
 * A module's self-contained OpenAPI 3.1 document: components it uses from other files are brought in under their own
 * names, every `$ref` is local, `servers` and each operation's `security` are written out, components are sorted.
 */
export function moduleDocument(
  specs: SpecSet,
  module: ModuleSource,
  textParameters: ReadonlySet<JsonValue>,
): JsonObject {
  const bundle = new Bundle(specs, module.document, textParameters);
  const root = rootCursor(module.document);
  const inherited = specs.root === undefined ? undefined : member(specs.root.value, 'servers');
  const copy = bundle.copy(module.document, root.value, 'openapi');
  const {
    openapi: _openapi,
    servers: ownServers,
    security,
    paths,
    components,
    ...rest
  } = isObject(copy) ? copy : {};
  return {
    openapi: '3.1.0',
    ...rest,
    servers: ownServers ?? inherited ?? [{ url: '/' }],
    security: security ?? [],
    paths: withSecurity(bundle.inlinePaths(root, paths), security ?? []),
    components: bundle.components(components),
  };
}

/** Gathers what a document refers to while copying it. */
class Bundle {
  readonly #specs: SpecSet;
  readonly #home: SourceDocument;
  readonly #textParameters: ReadonlySet<JsonValue>;
  readonly #waiting: { readonly section: string; readonly name: string; readonly cursor: Cursor }[] = [];
  readonly #known = new Set<string>();

  constructor(specs: SpecSet, home: SourceDocument, textParameters: ReadonlySet<JsonValue>) {
    this.#specs = specs;
    this.#home = home;
    this.#textParameters = textParameters;
  }

  /** A copy of part of `document` with local references. */
  copy(document: SourceDocument, value: JsonValue, kind: ObjectKind): JsonValue {
    return transformDocument(value, kind, (at, stated, original) => {
      const { [WAIVERS]: _waivers, ...object } = stated;
      if (at === 'discriminator') return this.#localMapping(document, object);
      if (this.#textParameters.has(original)) return { ...object, schema: { type: 'string' } };
      const ref = textMember(object, '$ref');
      return ref === undefined ? object : { ...object, $ref: this.#localReference(document, ref) };
    });
  }

  /** Paths with the path items that stand behind a reference written out. */
  inlinePaths(root: Cursor, paths: JsonValue | undefined): JsonObject {
    if (!isObject(paths)) return {};
    const inlined: Record<string, JsonValue> = {};
    for (const [path, item] of Object.entries(paths)) {
      const stated = child(child(root, 'paths') ?? root, path);
      if (textMember(item, '$ref') === undefined || stated === undefined) {
        inlined[path] = item;
        continue;
      }
      const target = dereference(this.#specs, stated);
      inlined[path] = this.copy(target.document, target.value, 'path');
    }
    return inlined;
  }

  /** The document's own components with those brought in, sections and names sorted. */
  components(own: JsonValue | undefined): JsonObject {
    const sections = new Map<string, Map<string, JsonValue>>();
    const { pathItems: _inlined, ...kept } = isObject(own) ? own : {};
    for (const [section, entries] of Object.entries(kept)) {
      sections.set(section, new Map(isObject(entries) ? Object.entries(entries) : []));
    }
    // Bringing one in may bring in more.
    for (let next = this.#waiting.pop(); next !== undefined; next = this.#waiting.pop()) {
      const entries = sections.get(next.section) ?? new Map<string, JsonValue>();
      sections.set(next.section, entries);
      const kind = SECTION_KINDS[next.section];
      const value =
        kind === undefined ? next.cursor.value : this.copy(next.cursor.document, next.cursor.value, kind);
      const existing = entries.get(next.name);
      // `bearerAuth: { $ref: ../common/...bearerAuth }`: the alias gives way to what it stands for.
      if (
        existing === undefined ||
        textMember(existing, '$ref') === `#/components/${next.section}/${next.name}`
      ) {
        entries.set(next.name, value);
      }
    }
    return Object.fromEntries(
      [...sections]
        .toSorted(byKey)
        .map(([section, entries]) => [section, Object.fromEntries([...entries].toSorted(byKey))]),
    );
  }

  #localReference(document: SourceDocument, ref: string): string {
    const target = followReference(this.#specs, rootCursor(document), ref);
    if (target.kind !== 'found') return ref;
    const { cursor } = target;
    if (cursor.document === this.#home) return `#${cursor.pointer}`;
    const [, section = '', name = ''] = pointerTokens(cursor.pointer);
    const known = `${section}/${name}`;
    if (!this.#known.has(known)) {
      this.#known.add(known);
      const owner = child(
        child(child(rootCursor(cursor.document), 'components') ?? cursor, section) ?? cursor,
        name,
      );
      this.#waiting.push({ section, name, cursor: owner ?? cursor });
    }
    return `#${cursor.pointer}`;
  }

  #localMapping(document: SourceDocument, discriminator: JsonObject): JsonObject {
    const mapping = discriminator['mapping'];
    if (!isObject(mapping)) return discriminator;
    return {
      ...discriminator,
      mapping: Object.fromEntries(
        Object.entries(mapping).map(([key, target]) => [
          key,
          typeof target === 'string' && target.includes('#')
            ? this.#localReference(document, target)
            : target,
        ]),
      ),
    };
  }
}

const OPERATIONS = new Set(['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace']);

function withSecurity(paths: JsonObject, security: JsonValue): JsonObject {
  return Object.fromEntries(
    Object.entries(paths).map(([path, item]) => [
      path,
      isObject(item)
        ? Object.fromEntries(
            Object.entries(item).map(([method, operation]) => [
              method,
              OPERATIONS.has(method) && isObject(operation) && !isArray(operation['security'])
                ? { ...operation, security }
                : operation,
            ]),
          )
        : item,
    ]),
  );
}

function byKey([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}
