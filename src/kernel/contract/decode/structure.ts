import type { ParameterDecoding } from '../operation.ts';
import { parseJsonText } from './json-text.ts';
import { decodeScalar } from './scalar.ts';
import { TextError } from './url-text.ts';

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
