import type { Parameter, ParameterDecoding } from '../operation.ts';
import { parseJsonText } from './json-text.ts';
import { decodeScalar, decodeUrlText, groupPairs, splitPairs, TextError, acceptText } from './decode-text.ts';

/**
 * Decodes a path parameter from its raw segment: styles `simple`, `label` and `matrix`. Source: OpenAPI 3.1 section
 * 4.8.12.6 and RFC 6570 sections 3.2.2, 3.2.5, 3.2.7.
 *
 * @throws {TextError} when the segment does not have the style's form.
 */
export function decodePathParameter(raw: string, parameter: Parameter): unknown {
  if (parameter.style === 'label') return decodeLabel(raw, parameter);
  if (parameter.style === 'matrix') return decodeMatrix(raw, parameter);
  return decodeList(
    { raw, separator: ',', membersHaveEquals: parameter.explode, decodeText: decodePathText },
    parameter.decode,
  );
}

function decodeLabel(raw: string, parameter: Parameter): unknown {
  if (!raw.startsWith('.')) throw new TextError({ code: 'parameterStyle' }, 'must start with "."');
  return decodeList(
    {
      raw: raw.slice(1),
      separator: parameter.explode ? '.' : ',',
      membersHaveEquals: parameter.explode,
      decodeText: decodePathText,
    },
    parameter.decode,
  );
}

function decodeMatrix(raw: string, { name, explode, decode }: Parameter): unknown {
  if (!raw.startsWith(';')) throw new TextError({ code: 'parameterStyle' }, 'must start with ";"');
  const pairs = splitPairs(raw.slice(1), ';');
  if (decode.kind === 'object' && explode) {
    return buildObject(
      pairs.map((pair) => [pair.name, decodePathText(pair.rawValue)] as const),
      decode,
    );
  }
  const groups = groupPairs(pairs);
  const values = groups.get(name);
  if (values === undefined || groups.size > 1)
    throw new TextError({ code: 'parameterStyle' }, `must have the form ";${name}=value"`);
  if (decode.kind === 'array' && explode) {
    return values.map((value) => decodeScalar(decodePathText(value), decode.items));
  }
  const [value, ...others] = values;
  if (value === undefined || others.length > 0) throw new TextError({ code: 'repeated' }, 'must occur once');
  if (decode.kind === 'json') return decodeJson(decodePathText(value));
  return decodeList(
    { raw: value, separator: ',', membersHaveEquals: false, decodeText: decodePathText },
    decode,
  );
}

function decodePathText(raw: string): string {
  return decodeUrlText(raw, 'plus');
}

/** Raw values of a query or of cookies by name; a decoder removes what it has read, so the rest is unknown. */
export type RawGroups = Map<string, string[]>;

/** Between the items of a list that is not exploded. */
const SEPARATORS = { form: ',', spaceDelimited: /%20|\+| /, pipeDelimited: /\||%7[Cc]/ } as const;

/**
 * Decodes a query parameter, or a cookie (style `form`), from what is left in `groups`; undefined when it is absent.
 * Exploded objects spread over several names, so `groups` loses every name that was read. Source: OpenAPI 3.1 section
 * 4.8.12.6.
 *
 * @throws {TextError} when the text cannot be decoded.
 */
export function decodeQueryParameter(groups: RawGroups, parameter: Parameter): unknown {
  const { name, style, explode, decode, allowReserved } = parameter;
  const plus = allowReserved || parameter.in === 'cookie' ? 'plus' : 'space';
  const decodeText = (raw: string): string => decodeUrlText(raw, plus);
  if (decode.kind === 'object' && style === 'deepObject') {
    return decodeMembers(groups, decode, decodeText, deepName(name));
  }
  if (decode.kind === 'object' && explode) return decodeMembers(groups, decode, decodeText, ownName(decode));

  const values = groups.get(name);
  if (values === undefined) return undefined;
  groups.delete(name);
  if (decode.kind === 'array' && explode)
    return values.map((raw) => decodeScalar(decodeText(raw), decode.items));

  const [raw, ...others] = values;
  if (raw === undefined || others.length > 0) throw new TextError({ code: 'repeated' }, 'must occur once');
  return decodeSingle(raw, style, decode, decodeText);
}

function decodeSingle(
  raw: string,
  style: Parameter['style'],
  decode: ParameterDecoding,
  decodeText: (raw: string) => string,
): unknown {
  if (decode.kind === 'json') return decodeJson(decodeText(raw));
  const separator =
    style === 'spaceDelimited' || style === 'pipeDelimited' ? SEPARATORS[style] : SEPARATORS.form;
  return decodeList({ raw, separator, membersHaveEquals: false, decodeText }, decode);
}

/** Gathers the members of an object that has a name of its own per member; undefined when there is none. */
function decodeMembers(
  groups: RawGroups,
  decode: ObjectDecoding,
  decodeText: (raw: string) => string,
  memberOf: (name: string) => string | undefined,
): Record<string, unknown> | undefined {
  const members: [string, string][] = [];
  for (const [name, values] of groups) {
    const member = memberOf(name);
    if (member === undefined) continue;
    groups.delete(name);
    for (const raw of values) members.push([member, decodeText(raw)]);
  }
  return members.length === 0 ? undefined : buildObject(members, decode);
}

/** `filter[author]` is member `author` of `filter`. */
function deepName(name: string): (text: string) => string | undefined {
  const prefix = `${name}[`;
  return (text) =>
    text.startsWith(prefix) && text.endsWith(']') ? text.slice(prefix.length, -1) : undefined;
}

/** An exploded form object's members are parameters themselves; with additional properties it takes every name left. */
function ownName(decode: ObjectDecoding): (text: string) => string | undefined {
  return (text) =>
    Object.hasOwn(decode.properties, text) || decode.additional.length > 0 ? text : undefined;
}

/** Fields that RFC 9110, RFC 7239 and RFC 7240 define as lists, even where the contract types them as text. */
const LIST_FIELDS: ReadonlySet<string> = new Set([
  'accept-charset',
  'accept-encoding',
  'accept-language',
  'cache-control',
  'content-encoding',
  'content-language',
  'forwarded',
  'if-match',
  'if-none-match',
  'prefer',
  'te',
  'via',
]);

/**
 * Decodes a header parameter, style `simple`. Header text is not percent-decoded; several lines of a list are one list
 * (RFC 9110 section 5.3), several lines of anything else are refused.
 *
 * @throws {TextError} when the header cannot be decoded.
 */
export function decodeHeaderParameter(lines: readonly string[], parameter: Parameter): unknown {
  const { decode, key } = parameter;
  const isList = decode.kind === 'array' || decode.kind === 'object' || LIST_FIELDS.has(key);
  if (lines.length > 1 && !isList) throw new TextError({ code: 'repeated' }, 'must occur once');
  return decodeList(
    {
      raw: lines.join(', '),
      separator: /[ \t]*,[ \t]*/,
      membersHaveEquals: parameter.explode,
      decodeText: acceptText,
    },
    decode,
  );
}

/** One raw text that holds a whole value, e.g. `3,4,5` of `/points/3,4,5`, and how its pieces are read. */
export interface ListText {
  readonly raw: string;
  /** What stands between items and, unless exploded, between names and values. */
  readonly separator: string | RegExp;
  /** `R=100,G=200` rather than `R,100,G,200`. */
  readonly membersHaveEquals: boolean;
  readonly decodeText: (raw: string) => string;
}

/**
 * Decodes the styles that put a whole value into one text. Pieces are split before they are percent-decoded, so an
 * encoded separator is data. An empty text is an empty list or object.
 *
 * @throws {TextError} when the text cannot be decoded.
 */
export function decodeList(list: ListText, decoding: ParameterDecoding): unknown {
  switch (decoding.kind) {
    case 'scalar':
      return decodeScalar(list.decodeText(list.raw), decoding.types);
    case 'json':
      return decodeJson(list.decodeText(list.raw));
    case 'array':
      return split(list).map((piece) => decodeScalar(list.decodeText(piece), decoding.items));
    case 'object': {
      if (!list.membersHaveEquals) return buildObject(pairUp(split(list).map(list.decodeText)), decoding);
      const members = split(list).map((piece) => {
        const equals = piece.indexOf('=');
        const [name, value] = equals === -1 ? [piece, ''] : [piece.slice(0, equals), piece.slice(equals + 1)];
        return [list.decodeText(name), list.decodeText(value)] as const;
      });
      return buildObject(members, decoding);
    }
    default:
      return decoding satisfies never;
  }
}

function split({ raw, separator }: ListText): string[] {
  return raw === '' ? [] : raw.split(separator);
}

/** An `object` decoding: properties and the types of others. */
export type ObjectDecoding = Extract<ParameterDecoding, { readonly kind: 'object' }>;

/** Decoded names to decoded texts: an object's members before they get their types. */
export type TextMembers = readonly (readonly [name: string, text: string])[];

/**
 * Types an object's members. Names of the contract's arrays may occur several times, others once; names that the
 * contract lacks stay strings when it has no type for them, and validation refuses them.
 *
 * @throws {TextError} when a member occurs twice or has a name that reaches the prototype.
 */
export function buildObject(members: TextMembers, decoding: ObjectDecoding): Record<string, unknown> {
  const object: Record<string, unknown> = {};
  for (const [name, text] of members) {
    if (name === '__proto__' || name === 'constructor')
      throw new TextError({ code: 'forbiddenName' }, 'has a member that is not allowed');
    const property = Object.hasOwn(decoding.properties, name) ? decoding.properties[name] : undefined;
    const types = property?.types ?? (decoding.additional.length === 0 ? ['string'] : decoding.additional);
    const value = decodeScalar(text, types);
    if (property?.array === true) {
      const values = object[name];
      if (Array.isArray(values)) values.push(value);
      else object[name] = [value];
    } else {
      if (Object.hasOwn(object, name))
        throw new TextError({ code: 'duplicateProperty' }, 'has the same member twice');
      object[name] = value;
    }
  }
  return object;
}

/**
 * Members of `R,100,G,200`.
 *
 * @throws {TextError} when a name has no value.
 */
export function pairUp(texts: readonly string[]): TextMembers {
  if (texts.length % 2 !== 0)
    throw new TextError({ code: 'parameterStyle' }, 'must be a list of names, each followed by its value');
  const members: [string, string][] = [];
  for (let index = 0; index < texts.length; index += 2) {
    members.push([texts[index] ?? '', texts[index + 1] ?? '']);
  }
  return members;
}

/** @throws {TextError} when the text is no acceptable JSON. */
export function decodeJson(text: string): unknown {
  const result = parseJsonText(text);
  if (result.ok) return result.value;
  const { pointer, detail, reason } = result.failure;
  throw new TextError(reason, pointer === '' ? detail : `${detail} (at ${pointer})`);
}
