import { items, plain, refuse, type ParameterEncoder } from './encode-parameter.ts';

/** The types that the server reads a text as, in the order in which it tries them. */
export type Types = readonly ('integer' | 'number' | 'boolean' | 'null' | 'string')[];

/** How the server reads a parameter, as the contract's operation table says it. */
export type Reading =
  | { readonly kind: 'scalar'; readonly types: Types }
  | { readonly kind: 'array'; readonly items: Types }
  | {
      readonly kind: 'object';
      readonly properties: Readonly<Record<string, { readonly array: boolean; readonly types: Types }>>;
      readonly additional: Types;
    };

const INTEGER = /^-?(?:0|[1-9]\d*)$/;
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]?\d+)?$/;

/**
 * An encoder of values whose text may be read as another type: `"5"` where integers and texts are allowed would arrive
 * as `5`, a text where lists are allowed as a list of one. What would not arrive as it was given is refused.
 */
export const exact =
  (style: string, reading: Reading, encode: ParameterEncoder): ParameterEncoder =>
  (name, value) => {
    const scalar = (each: unknown, types: Types): unknown =>
      each === undefined ? each : exactText(name, style, each, types);
    const list = (each: unknown, types: Types): unknown => items(each).map((item) => scalar(item, types));
    const asList = (each: unknown): unknown =>
      Array.isArray(each) ? each : refuse(name, style, each, ', which would be read as a list');
    if (reading.kind === 'scalar') return encode(name, scalar(value, reading.types));
    if (reading.kind === 'array') return encode(name, list(asList(value), reading.items));
    if (typeof value !== 'object' || value === null) refuse(name, style, value);
    const members = Object.entries(value).map(([key, member]: [string, unknown]) => {
      const { array = false, types = reading.additional } = Object.hasOwn(reading.properties, key)
        ? (reading.properties[key] ?? {})
        : {};
      if (!array) return [key, scalar(member, types)] as const;
      return [key, member === undefined ? member : list(asList(member), types)] as const;
    });
    return encode(name, Object.fromEntries(members));
  };

/**
 * The text of a scalar that is read as one of some types.
 * @throws {TypeError} when it would be read as another value.
 */
export function exactText(name: string, style: string, value: unknown, types: Types): string {
  const text = value === null ? 'null' : plain(name, style, value);
  const read = readText(text, types);
  if (read !== (value instanceof Date ? text : value)) {
    refuse(name, style, value, `, which would be read as ${JSON.stringify(read)}`);
  }
  return text;
}

function readText(text: string, types: Types): unknown {
  for (const type of types) {
    if (type === 'string') return text;
    if (type === 'null' && (text === 'null' || text === '')) return null;
    if (type === 'boolean' && /^(?:true|false)$/.test(text)) return text === 'true';
    const isNumber = type === 'number' ? NUMBER.test(text) : type === 'integer' && INTEGER.test(text);
    if (isNumber && (!INTEGER.test(text) || Number.isSafeInteger(Number(text)))) return Number(text);
  }
  return text;
}
