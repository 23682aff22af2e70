import type { HttpMethod, JsonObject, Operation, SecurityRequirement, SecurityScheme } from './contract.ts';
import { child, descend, items, locate, members, rootCursor } from '../load/cursor.ts';
import type { Cursor } from '../load/cursor.ts';
import { isArray, isObject, member, textMember } from '../load/json-value.ts';
import { dereference } from '../load/references.ts';
import { WAIVERS } from '../lint/waivers.ts';
import type { ModuleSource } from '../load/spec-set.ts';
import { isHttpMethod } from './http-methods.ts';
import { valueIdentifier } from './identifiers.ts';
import { operationCandidates, operationId } from './name-everything.ts';
import type { Names } from './name-everything.ts';
import { resolveRequestBody, resolveResponses } from './resolve-bodies.ts';
import { resolveParameters } from './resolve-parameters.ts';
import { documentationOf, report } from './resolver.ts';
import type { Resolver } from './resolver.ts';

const BODYLESS_METHODS: ReadonlySet<string> = new Set(['get', 'head', 'options']);

/** A module's operations, in document order. */
export function resolveOperations(
  resolver: Resolver,
  module: ModuleSource,
  names: Names,
): readonly Operation[] {
  const root = rootCursor(module.document);
  const found: Operation[] = [];
  for (const [path, stated] of members(child(root, 'paths'))) {
    if (path.startsWith('x-')) continue;
    const pathItem = dereference(resolver.specs, stated);
    for (const [method, operation] of members(pathItem)) {
      if (isHttpMethod(method)) {
        found.push(resolveOperation(resolver, { root, path, pathItem, method, operation }, names));
      } else if (method === 'trace') {
        report(resolver, 'unsupported-method', operation, 'TRACE operations are not served; remove it');
      }
    }
  }
  return found;
}

interface Place {
  readonly root: Cursor;
  readonly path: string;
  readonly pathItem: Cursor;
  readonly method: HttpMethod;
  readonly operation: Cursor;
}

function resolveOperation(resolver: Resolver, place: Place, names: Names): Operation {
  const { operation, method, path } = place;
  const at = locate(operation);
  const stated = textMember(operation.value, 'operationId');
  const pin = child(operation, 'x-name');
  if (pin !== undefined && (typeof pin.value !== 'string' || valueIdentifier(pin.value) === undefined)) {
    report(
      resolver,
      'name-clash',
      pin,
      'x-name must be an identifier that is not a reserved word, such as listTickets',
    );
  }
  if (
    child(operation, 'requestBody') !== undefined &&
    BODYLESS_METHODS.has(method) &&
    resolver.specs.project
  ) {
    const message = `a body of ${method.toUpperCase()} has no meaning (RFC 9110 section 9.3); use parameters, or another method`;
    report(resolver, 'bodyless-method', child(operation, 'requestBody') ?? operation, message);
  }
  const id = operationId(stated, textMember(operation.value, 'x-name'), method, path);
  const subject = `operation ${method.toUpperCase()} ${path}`;
  const tags = member(operation.value, 'tags');
  const parameters = resolveParameters(resolver, place.pathItem, operation);
  checkPathParameters(
    resolver,
    place,
    parameters.filter((each) => each.in === 'path').map((each) => each.name),
  );
  return {
    id,
    method,
    path,
    tags: isArray(tags) ? tags.filter((tag) => typeof tag === 'string') : [],
    documentation: documentationOf(operation),
    requestName: names.claim({
      at,
      subject: `request of ${subject}`,
      candidates: operationCandidates(id, 'Request'),
    }),
    responseName: names.claim({
      at,
      subject: `response of ${subject}`,
      candidates: operationCandidates(id, 'Response'),
    }),
    parameters,
    body: resolveRequestBody(resolver, operation),
    responses: resolveResponses(resolver, operation),
    security: securityOf(place.root, operation),
    extensions: extensionsOf(operation),
    at,
  };
}

/** Each `{name}` of the path has its parameter, and each path parameter its `{name}`. */
function checkPathParameters(
  resolver: Resolver,
  { path, operation }: Place,
  declared: readonly string[],
): void {
  const [, adjacent] = /(\{[^{}/]*\}\{[^{}/]*\})/.exec(path) ?? [];
  if (adjacent !== undefined) {
    const message = `nothing tells where the first of ${adjacent} ends; put text between them, such as "-", or a "/"`;
    report(resolver, 'path-parameter', operation, message);
  }
  const used = [...path.matchAll(/\{([^{}]*)\}/g)].map(([, name]) => name ?? '');
  for (const name of used) {
    if (!declared.includes(name)) {
      report(
        resolver,
        'path-parameter',
        operation,
        `the path holds {${name}} and no path parameter "${name}" is declared; declare it`,
      );
    }
  }
  for (const name of declared) {
    if (!used.includes(name)) {
      report(
        resolver,
        'path-parameter',
        operation,
        `the path parameter "${name}" is not in the path ${path}; write {${name}} there, or remove it`,
      );
    }
  }
  if (new Set(used).size !== used.length) {
    report(
      resolver,
      'path-parameter',
      operation,
      `the path ${path} holds a parameter twice; name each differently`,
    );
  }
}

/** The operation's own security, or the document's; a document without any is public. */
export function securityOf(root: Cursor, operation: Cursor): readonly SecurityRequirement[] {
  const stated = child(operation, 'security') ?? child(root, 'security');
  return items(stated).map(({ value }) =>
    Object.fromEntries(
      Object.entries(isObject(value) ? value : {}).map(([scheme, scopes]) => [
        scheme,
        isArray(scopes) ? scopes.filter((scope) => typeof scope === 'string') : [],
      ]),
    ),
  );
}

function extensionsOf(operation: Cursor): JsonObject {
  return Object.fromEntries(
    members(operation)
      .filter(([key]) => key.startsWith('x-') && key !== WAIVERS)
      .map(([key, { value }]) => [key, value]),
  );
}

/** The schemes that a module's operations use; one that is used and not defined is a finding. */
export function resolveSecuritySchemes(
  resolver: Resolver,
  module: ModuleSource,
  operations: readonly Operation[],
): Readonly<Record<string, SecurityScheme>> {
  const root = rootCursor(module.document);
  const schemes: Record<string, SecurityScheme> = {};
  for (const operation of operations) {
    for (const scheme of operation.security.flatMap((requirement) => Object.keys(requirement))) {
      if (Object.hasOwn(schemes, scheme)) continue;
      const stated = descend(root, 'components', 'securitySchemes', scheme);
      if (stated === undefined) {
        resolver.diagnostics.push({
          rule: 'security-scheme',
          message: `the security scheme "${scheme}" is not defined in this file; add it under components/securitySchemes`,
          at: operation.at,
        });
        schemes[scheme] = {};
        continue;
      }
      const { value } = dereference(resolver.specs, stated);
      schemes[scheme] = isObject(value) ? value : {};
    }
  }
  return Object.fromEntries(Object.entries(schemes).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
