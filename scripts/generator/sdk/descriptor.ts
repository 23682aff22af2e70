import type {
  BodyKind,
  Content,
  ContractModule,
  JsonObject,
  JsonValue,
  Operation,
  Parameter,
} from '../contract/contract.ts';
import { isEventStream } from '../contract/media-type.ts';
import { asSent, pathSiblings, type PathSibling } from '../contract/path-siblings.ts';
import { type Code, code, empty, isEmpty, join, widthOf } from '../print/code.ts';
import { literal, propertyName } from '../print/literal.ts';
import { type CallParameter, callParameters, pathWithKeys } from './call-parameters.ts';
import { type HeaderReader, headerReaders } from './header-readers.ts';
import type { Page } from './page.ts';

/**
 * An operation as the data that the SDK's runtime calls it by. What encodes and decodes is named, so that a bundler
 * keeps what is used.
 *
 * ```ts
 * {
 *   id: 'getTicket',
 *   method: 'GET',
 *   path: '/tickets/{ticketId}',
 *   headers: { 'if-none-match': $wire.headerText },
 *   responses: { 200: $wire.json, 304: $wire.empty, 404: $wire.problem },
 *   responseHeaders: { etag: [String, 200, 304] },
 *   auth: true,
 * }
 * ```
 *
 * @param paths of the whole contract
 */
export function descriptorText(
  operation: Operation,
  module: ContractModule,
  page: Page | undefined,
  paths: readonly string[],
): Code {
  const parameters = callParameters(operation);
  const siblings = pathSiblings(operation.path, paths);
  const encoderOf = (parameter: Parameter): Code => besideSiblings(parameter, operation, siblings);
  const within = (place: Parameter['in']): readonly CallParameter[] =>
    parameters.filter(({ parameter }) => parameter.in === place);
  const renamed = parameters.filter(({ key, parameter }) => parameter.in !== 'path' && key !== parameter.key);
  const hasKey = within('header').some(({ key }) => key === 'idempotency-key');
  const styled = within('path').filter(({ parameter }) => !isEmpty(encoderOf(parameter)));
  const members: readonly Code[] = [
    code`id: ${literal(operation.id)}`,
    code`method: ${literal(operation.method.toUpperCase())}`,
    code`path: ${literal(pathWithKeys(operation, parameters))}`,
    table(
      code`pathStyles`,
      styled.map((one) => entry(one.key, encoderOf(one.parameter))),
    ),
    table(
      code`query`,
      within('query').map((one) => entry(one.key, pairsEncoder(one.parameter, operation))),
      code`$wire.queryOf`,
    ),
    table(
      code`headers`,
      within('header').map((one) => entry(one.key, headerEncoder(one.parameter))),
    ),
    table(
      code`cookies`,
      within('cookie').map((one) => entry(one.key, cookieEncoder(one.parameter, operation))),
      code`$wire.cookiesOf`,
    ),
    hasKey ? code`addKey: $wire.addKey` : empty,
    hasKey || !IDEMPOTENT.test(operation.method) ? code`resend: $wire.withKey` : empty,
    table(
      code`names`,
      renamed.map((one) => entry(one.key, literal(one.parameter.key))),
    ),
    table(
      code`body`,
      (operation.body?.content ?? []).map((content) => entry(content.mediaType, bodyEncoder(content))),
      code`$wire.bodyOf`,
    ),
    table(
      code`responses`,
      operation.responses
        .filter(({ status }) => status !== '1XX')
        .map(({ status, content }) => code`${propertyOrNumber(status)}: ${decoder(content)}`),
    ),
    table(
      code`responseHeaders`,
      [...headerReaders(operation)].map(([name, { reader, required }]) =>
        entry(
          name,
          code`[${join([HEADER_READERS[reader], ...required.map((status) => literal(status))], ', ')}]`,
        ),
      ),
    ),
    acceptMember(operation),
    takesToken(operation, module) ? code`auth: true` : empty,
    operation.responses.some(({ status }) => /^3(?!04)/.test(String(status)))
      ? code`redirect: 'manual'`
      : empty,
    keysMember(operation, module),
    page ? code`page: ${literal(pageData(page))}` : empty,
  ];
  return code`
    {
      ${members.filter((member) => !isEmpty(member)).map((member) => code`${member},`)}
    }
  `;
}

/** Columns that a table may take before it is broken into one entry a line. */
const INLINE_WIDTH = 96;

const BODY_ENCODERS: Readonly<Record<BodyKind, Code>> = {
  json: code`$wire.jsonBody`,
  problem: code`$wire.jsonBody`,
  text: code`$wire.textBody`,
  form: code`$wire.formBody`,
  multipart: code`$wire.multipartBody`,
  binary: code`$wire.binaryBody`,
};

/** Where a text is not enough to tell a field's value, a form checks it and a part is JSON. */
function bodyEncoder({ kind, ambiguous }: Content): Code {
  if (Object.keys(ambiguous).length === 0) return BODY_ENCODERS[kind];
  const encoder = kind === 'multipart' ? code`$wire.multipartWith` : code`$wire.formWith`;
  return code`/* @__PURE__ */ ${encoder}(${literal(ambiguous)})`;
}

const DECODERS: Readonly<Record<BodyKind, Code>> = {
  json: code`$wire.json`,
  problem: code`$wire.problem`,
  text: code`$wire.text`,
  form: code`$wire.blob`,
  multipart: code`$wire.blob`,
  binary: code`$wire.blob`,
};

const HEADER_READERS: Readonly<Record<HeaderReader, Code>> = {
  string: code`String`,
  number: code`$wire.toNumber`,
  boolean: code`$wire.toBoolean`,
};

/** Methods that may be sent twice (RFC 9110 section 9.2.2). */
const IDEMPOTENT = /^(get|head|options|put|delete|trace)$/i;

/** A member with entries; `writer` is what makes of them what the runtime calls. */
function table(name: Code, entries: readonly Code[], writer: Code = empty): Code {
  if (entries.length === 0) return empty;
  const [open, close] = isEmpty(writer) ? [code`{`, code`}`] : [code`/* @__PURE__ */ ${writer}({`, code`})`];
  const oneLine = code`${name}: ${open} ${join(entries, ', ')} ${close}`;
  if (widthOf(oneLine) <= INLINE_WIDTH) return oneLine;
  return code`
    ${name}: ${open}
      ${entries.map((member) => code`${member},`)}
    ${close}
  `;
}

function entry(name: string, value: Code): Code {
  return code`${propertyName(name)}: ${value}`;
}

function propertyOrNumber(status: number | string): Code {
  return typeof status === 'number' ? literal(status) : propertyName(status);
}

/** What reads one of several media types; the one that reads any comes last. */
function decoder(content: readonly Content[]): Code {
  const streams = content.some(({ mediaType }) => isEventStream(mediaType)) ? [code`$wire.eventStream`] : [];
  const others = content.filter(({ mediaType }) => !isEventStream(mediaType)).map(({ kind }) => kind);
  const kinds = [...new Set(others)].toSorted((a, b) => Number(isAny(a)) - Number(isAny(b)));
  const decoders = [...streams, ...new Set(kinds.map((kind) => DECODERS[kind]))];
  const [only, ...more] = decoders;
  if (only === undefined) return code`$wire.empty`;
  return more.length === 0 ? only : code`/* @__PURE__ */ $wire.either(${join(decoders, ', ')})`;
}

function isAny(kind: BodyKind): boolean {
  return kind === 'form' || kind === 'multipart' || kind === 'binary';
}

function acceptMember({ responses }: Operation): Code {
  const content = responses.flatMap((response) => response.content);
  const isJson = content.every(({ mediaType }) => /^application\/(problem\+)?json$/.test(mediaType));
  const accept = [...new Set(content.map(({ mediaType }) => mediaType))].join(', ');
  return isJson ? empty : code`accept: ${literal(accept)}`;
}

/** True when a bearer token is required, or may be sent. */
function takesToken(operation: Operation, module: ContractModule): boolean {
  const names = operation.security.flatMap((requirement) => Object.keys(requirement));
  return names.some((name) => {
    const scheme: JsonObject = module.securitySchemes[name] ?? {};
    const { type, scheme: kind } = scheme;
    const isBearer = type === 'http' && typeof kind === 'string' && kind.toLowerCase() === 'bearer';
    return isBearer || type === 'oauth2' || type === 'openIdConnect';
  });
}

/** Where the keys of the operation's `apiKey` schemes go. */
function keysMember({ security }: Operation, { securitySchemes }: ContractModule): Code {
  const names = new Set(security.flatMap((requirement) => Object.keys(requirement)));
  const places = [...names].flatMap((scheme): [string, JsonValue][] => {
    const { type, in: place, name } = securitySchemes[scheme] ?? {};
    return type === 'apiKey' && place !== undefined && name !== undefined ? [[scheme, [place, name]]] : [];
  });
  if (places.length === 0) return empty;
  return code`keys: /* @__PURE__ */ $wire.apiKeys(${literal(Object.fromEntries(places))})`;
}

function pageData({ cursor, items, next }: Page): JsonObject {
  return { cursor, items, next };
}

/** Empty for the style that the runtime takes by itself. */
function pathEncoder(parameter: Parameter, { path }: Operation): Code {
  const encoder = pathStyle(parameter);
  // Before text that another parameter follows, a value ends where that text begins for the first time.
  const [, separator] = path.split(`{${parameter.name}}`, 2).map((rest) => /^([^{}/]+)\{/.exec(rest)?.[1]);
  if (separator === undefined) return encoder;
  const inner = isEmpty(encoder) ? code`$wire.simple` : encoder;
  return code`/* @__PURE__ */ $wire.before(${literal(asSent(separator))}, ${inner})`;
}

/** The encoder of a path parameter that refuses a value by which the path would be another one of the contract. */
function besideSiblings(parameter: Parameter, operation: Operation, siblings: readonly PathSibling[]): Code {
  const encoder = pathEncoder(parameter, operation);
  const patterns = siblings.flatMap(({ when }) => {
    const pattern = when?.size === 1 ? when.get(parameter.name) : undefined;
    return pattern === undefined || !canBe(parameter, pattern) ? [] : [pattern];
  });
  if (patterns.length === 0) return encoder;
  const inner = isEmpty(encoder) ? code`$wire.simple` : encoder;
  return code`/* @__PURE__ */ $wire.beside(${literal(patterns.join('|'))}, ${inner})`;
}

/** Whether a value may be written so: a number is no word. */
function canBe({ decode }: Parameter, pattern: string): boolean {
  return (
    decode.kind !== 'scalar' ||
    decode.types.includes('string') ||
    /^(?:-?\d|true$|false$|null$|\.\+)/.test(pattern)
  );
}

function pathStyle(parameter: Parameter): Code {
  const { style, explode, decode } = parameter;
  if (decode.kind === 'json') return code`$wire.jsonInPath`;
  const isExploded = explode && decode.kind !== 'scalar';
  if (style === 'label')
    return exactly(parameter, isExploded ? code`$wire.labelExploded` : code`$wire.label`);
  if (style === 'matrix')
    return exactly(parameter, isExploded ? code`$wire.matrixExploded` : code`$wire.matrix`);
  if (decode.kind !== 'object') return parameter.isExact ? empty : exactly(parameter, code`$wire.simple`);
  return exactly(parameter, explode ? code`$wire.simpleExploded` : code`$wire.simpleObject`);
}

function headerEncoder(parameter: Parameter): Code {
  const { explode, decode } = parameter;
  if (decode.kind === 'json') return code`$wire.jsonInHeader`;
  if (decode.kind === 'scalar') return exactly(parameter, code`$wire.headerText`);
  if (decode.kind !== 'object') return exactly(parameter, code`$wire.header`);
  return exactly(parameter, explode ? code`$wire.headerExploded` : code`$wire.headerObject`);
}

function cookieEncoder(parameter: Parameter, operation: Operation): Code {
  return code`/* @__PURE__ */ $wire.inCookie(${pairsEncoder(parameter, operation)})`;
}

/** Of a query, and within cookies. */
function pairsEncoder(parameter: Parameter, { parameters }: Operation): Code {
  return exactly(parameter, pairsStyle(parameter, parameters));
}

function pairsStyle(parameter: Parameter, parameters: readonly Parameter[]): Code {
  const { style, explode, decode } = parameter;
  if (decode.kind === 'json') return code`$wire.jsonInQuery`;
  if (style === 'deepObject') return code`$wire.deepObject`;
  if (decode.kind === 'scalar') return code`$wire.form`;
  if (style === 'spaceDelimited' && !explode) return code`$wire.spaceDelimited`;
  if (style === 'pipeDelimited' && !explode) return code`$wire.pipeDelimited`;
  if (!explode) return code`$wire.formJoined`;
  if (decode.kind === 'array') return code`$wire.form`;
  const taken = parameters
    .filter((other) => other !== parameter && other.in === parameter.in)
    .flatMap((other) => (other.style === 'deepObject' ? [other.name, `${other.name}[`] : [other.name]));
  if (decode.additional.length === 0 || taken.length === 0) return code`$wire.formObject`;
  return code`/* @__PURE__ */ $wire.formObjectBeside(${join(taken.map(literal), ', ')})`;
}

/** An encoder that refuses what would be read as another value, where that can be. */
function exactly({ decode, isExact, style }: Parameter, encoder: Code): Code {
  if (isExact) return encoder;
  return code`/* @__PURE__ */ $wire.exact(${literal(style)}, ${literal(decode)}, ${encoder})`;
}
