import type { Parameter, ParameterDecoding } from '../operation.ts';
import { decodeList } from './decode-list.ts';
import { decodeScalar } from './scalar.ts';
import { buildObject, decodeJson, type ObjectDecoding } from './structure.ts';
import { decodeUrlText, TextError } from './url-text.ts';

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
