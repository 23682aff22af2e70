import type { Contract, Operation } from '../contract/contract.ts';
import type { ServerRuntime } from '../contract/server-runtime.ts';
import type { ResolvedContract } from '../contract/resolve-contract.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { pageOf } from '../sdk/page.ts';
import { child, descend, locate, locateKey, rootCursor, type Cursor } from '../load/cursor.ts';
import { pointerTokens, textMember } from '../load/json-value.ts';
import type { SpecSet } from '../load/spec-set.ts';

/** Methods whose repetition changes something: the others need no key (RFC 9110 section 9.2.2). */
const KEYED_METHODS = new Set(['post', 'patch']);

/** Body kinds that are streams, and cannot be kept to be sent again. */
const STREAMED = new Set(['binary', 'multipart']);

/**
 * What a server would refuse at its start, told where it is written: guards that make no sense, paths that the server has itself,
 * credentials that it cannot check. A test holds this to all that the server's start refuses.
 */
export function checkStart(
  specs: SpecSet,
  { contract }: Pick<ResolvedContract, 'contract'>,
  runtime: ServerRuntime,
): readonly Diagnostic[] {
  if (!specs.project) return [];
  return contract.modules.flatMap((module) =>
    module.operations.flatMap((operation) => {
      const place = placeOf(specs, operation);
      if (place === undefined) return [];
      return [
        ...checkPath(operation, runtime),
        ...checkSchemes(operation, place, module.securitySchemes, runtime),
        ...checkScopes(operation, place),
        ...checkDeprecation(operation, place),
        ...checkIdempotency(operation),
        ...checkResponses(operation),
        ...checkPagination(operation, place, contract),
      ];
    }),
  );
}

function placeOf({ documents }: SpecSet, { at }: Operation): Cursor | undefined {
  const document = documents.get(at.file);
  return document && descend(rootCursor(document), ...pointerTokens(at.pointer));
}

function checkPath({ path, at }: Operation, { paths }: ServerRuntime): readonly Diagnostic[] {
  if (!paths.includes(path)) return [];
  const message = `the server itself answers ${path}; choose another path`;
  return [{ rule: 'operational-path', message, at }];
}

function checkSchemes(
  { security, at }: Operation,
  place: Cursor,
  definitions: Contract['modules'][number]['securitySchemes'],
  { schemes }: ServerRuntime,
): readonly Diagnostic[] {
  if (schemes === null) return [];
  const stated = child(place, 'security') ?? child(rootCursor(place.document), 'security');
  const used = new Set(security.flatMap((requirement) => Object.keys(requirement)));
  const known = Object.keys(schemes).toSorted().join(', ');
  return [...used].flatMap((name): readonly Diagnostic[] => {
    const wanted = Object.hasOwn(schemes, name) ? schemes[name] : undefined;
    const definition = definitions[name] ?? {};
    // Without a definition there is a finding already.
    if (Object.keys(definition).length === 0) return [];
    const where = stated === undefined ? at : locate(stated);
    if (wanted === undefined) {
      const message = `the server cannot check credentials of the scheme "${name}"; use one of ${known}, or give the server an authenticator for it and add it to scripts/generator/contract/server-runtime.ts`;
      return [{ rule: 'security-scheme', message, at: where }];
    }
    const differs = Object.entries(wanted).some(
      ([key, value]) => textMember(definition, key)?.toLowerCase() !== value.toLowerCase(),
    );
    if (!differs) return [];
    const definedAs = Object.entries(wanted)
      .map(([key, value]) => `${key}: ${value}`)
      .join(', ');
    const message = `the server's "${name}" is ${definedAs}; define it so, or use another scheme`;
    const defined = descend(rootCursor(place.document), 'components', 'securitySchemes', name);
    return [{ rule: 'security-scheme', message, at: defined === undefined ? where : locate(defined) }];
  });
}

/** Whether some caller needs no credentials. */
function isOpen({ security }: Operation): boolean {
  return security.length === 0 || security.some((requirement) => Object.keys(requirement).length === 0);
}

function checkScopes(operation: Operation, place: Cursor): readonly Diagnostic[] {
  const stated = child(place, 'x-required-scopes');
  if (stated === undefined || !isOpen(operation)) return [];
  const message =
    'without credentials there are no scopes; remove x-required-scopes, or let every alternative of security name a scheme';
  return [{ rule: 'required-scopes', message, at: locate(stated) }];
}

function checkDeprecation({ documentation }: Operation, place: Cursor): readonly Diagnostic[] {
  const find = (name: string): Cursor | undefined => child(place, name);
  const [since, sunset] = [find('x-deprecated-since'), find('x-sunset')];
  const rule = 'deprecation';
  if (!documentation.deprecated) {
    return [since, sunset, find('x-deprecation-link')].flatMap((member): readonly Diagnostic[] => {
      if (member === undefined) return [];
      const message = 'the operation is not deprecated; add deprecated: true, or remove this';
      return [{ rule, message, at: locateKey(member) }];
    });
  }
  if (since === undefined) {
    const message =
      "a deprecated operation says since which day; add x-deprecated-since with that day, such as '2027-01-31'";
    return [{ rule, message, at: locate(find('deprecated') ?? place) }];
  }
  const [begin = '', end = ''] = [
    textMember(place.value, 'x-deprecated-since'),
    textMember(place.value, 'x-sunset'),
  ];
  if (sunset === undefined || end >= begin) return [];
  const message = `the operation would be gone before it is deprecated (${begin}); write a later day`;
  return [{ rule, message, at: locate(sunset) }];
}

/** The runtime writes no multipart body: such an answer would be a 500 each time. */
function checkResponses({ responses }: Operation): readonly Diagnostic[] {
  return responses
    .flatMap(({ content }) => content)
    .filter(({ kind }) => kind === 'multipart')
    .map(({ mediaType, at }) => ({
      rule: 'multipart-response',
      message: `the server writes no ${mediaType}; use JSON, or octets such as application/zip`,
      at,
    }));
}

function checkPagination(
  operation: Operation,
  place: Cursor,
  contract: ResolvedContract['contract'],
): readonly Diagnostic[] {
  const stated = child(place, 'x-pagination');
  if (stated === undefined || pageOf(operation, contract) !== undefined) return [];
  const message =
    'the operation has no such pages: it needs the query parameter of the cursor, and in its 200 the properties of the items and of the next cursor; name those that are there';
  return [{ rule: 'pagination', message, at: locateKey(stated) }];
}

function checkIdempotency(operation: Operation): readonly Diagnostic[] {
  const { method, parameters, body, responses } = operation;
  const key = parameters.find((each) => each.in === 'header' && each.key === 'idempotency-key');
  if (key === undefined) return [];
  const rule = 'idempotency-key';
  if (!KEYED_METHODS.has(method)) {
    const message = `${method.toUpperCase()} can be repeated without a key; remove Idempotency-Key`;
    return [{ rule, message, at: operation.at }];
  }
  if (isOpen(operation)) {
    const message =
      'answers are kept for each user, and this operation can be called without credentials; remove Idempotency-Key, or ask for credentials';
    return [{ rule, message, at: operation.at }];
  }
  const successes = responses.filter(({ status }) => typeof status !== 'number' || status < 400);
  const contents = [...(body?.content ?? []), ...successes.flatMap(({ content }) => content)];
  return contents
    .filter(({ kind }) => STREAMED.has(kind))
    .map(({ mediaType, at }) => {
      const message = `${mediaType} is a stream, which cannot be kept and sent again; remove Idempotency-Key, or use another media type`;
      return { rule, message, at };
    });
}
