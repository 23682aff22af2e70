import { bundle, createConfig } from '@redocly/openapi-core';
import type { JsonObject, JsonValue } from '../contract/contract.ts';
import { isHttpMethod } from '../contract/http-methods.ts';
import { WAIVERS } from '../lint/waivers.ts';
import { followReference, isArray, isObject, member } from '../load/json-value.ts';
import type { SourceDocument } from '../load/source-document.ts';
import type { SpecSet } from '../load/spec-set.ts';
import { transformDocument } from '../load/walk-document.ts';
import { absoluteFile, specResolver } from './spec-resolver.ts';

/** Example data is data: a `$ref` in it is a member like any other. */
const config = createConfig({ resolve: { doNotResolveExamples: true } });

/**
 * A module's self-contained OpenAPI 3.1 document, as Redocly bundles it: every `$ref` is local. Beyond that, waivers are left
 * out, path items behind a reference, `servers` and each operation's `security` are written out, components are sorted.
 *
 * @param textParameters parameters, as they stand in the sources, that are only told to be text
 * @throws {Error} when Redocly cannot bundle sources that the checks found sound
 */
export async function bundleModule(
  root: string,
  specs: SpecSet,
  document: SourceDocument,
  textParameters: ReadonlySet<JsonValue>,
): Promise<JsonObject> {
  const externalRefResolver = specResolver(root, specs, ({ value }) =>
    structuredClone(publicPart(value, textParameters)),
  );
  const ref = absoluteFile(root, document.file);
  const { bundle: bundled, problems } = await bundle({ ref, config: await config, externalRefResolver });
  const [problem] = problems;
  if (problem !== undefined) {
    throw new Error(`Redocly could not bundle ${document.file}: ${problem.message}; report this as a defect`);
  }
  const inherited = specs.root === undefined ? undefined : member(specs.root.value, 'servers');
  return completed(readObject(bundled.parsed), inherited);
}

function publicPart(value: JsonValue, textParameters: ReadonlySet<JsonValue>): JsonValue {
  return transformDocument(value, 'openapi', (_kind, stated, original) => {
    const { [WAIVERS]: _waivers, ...object } = stated;
    return textParameters.has(original) ? { ...object, schema: { type: 'string' } } : object;
  });
}

function completed(bundled: JsonObject, inheritedServers: JsonValue | undefined): JsonObject {
  const {
    openapi: _openapi,
    servers = inheritedServers,
    security = [],
    paths,
    components,
    ...rest
  } = bundled;
  const { pathItems: _inlined, ...sections } = isObject(components) ? components : {};
  return {
    openapi: '3.1.0',
    ...rest,
    servers: servers ?? [{ url: '/' }],
    security,
    // A path item behind a reference is written out; an extension may be anything.
    paths: mapMembers(paths, (item) =>
      isObject(item) ? withSecurity(followReference(item, bundled), security) : item,
    ),
    components: sortedMembers(mapMembers(sections, sortedMembers)),
  };
}

function withSecurity(item: JsonObject, security: JsonValue): JsonObject {
  return Object.fromEntries(
    Object.entries(item).map(([method, operation]) => [
      method,
      isHttpMethod(method) && isObject(operation) && !isArray(operation['security'])
        ? { ...operation, security }
        : operation,
    ]),
  );
}

function mapMembers(value: JsonValue | undefined, change: (member: JsonValue) => JsonValue): JsonObject {
  if (!isObject(value)) return {};
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, change(each)]));
}

function sortedMembers<T extends JsonValue>(value: T): T | JsonObject {
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** Redocly gives back what it was given, changed: JSON data. */
function readObject(parsed: unknown): JsonObject {
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return {};
  // oxlint-disable-next-line no-unsafe-type-assertion -- made of nothing but the JSON data of the sources
  return parsed as JsonObject;
}
