import type { JsonValue } from '../contract/contract.ts';
import { type Code, textCode } from './code.ts';
import { escapeUnprintable } from './escape.ts';

/** Columns that a literal may take before it is broken into one member a line. */
const INLINE_WIDTH = 96;

/**
 * A JSON value as a TypeScript expression: `{ id: 'createTicket', method: 'post' }`. Strings are safe in single
 * quotes, and stay inert when the text is pasted into an HTML script element.
 */
export function literal(value: JsonValue): Code {
  return textCode(expression(value));
}

/** The name of a property, in quotes where it must be: `title`, `'if-match'`. */
export function propertyName(name: string): Code {
  return textCode(key(name));
}

/**
 * The type of media types that a range stands for: `string` for `*`/`*`, a template literal type such as
 * `image/${string}` for `image/*`, and the literal itself for everything else.
 */
export function mediaTypeText(mediaType: string): Code {
  if (!mediaType.endsWith('/*')) return literal(mediaType);
  const type = mediaType.slice(0, -1);
  if (type === '*/') return textCode('string');
  const safe = escapeUnprintable(
    type.replaceAll('\\', '\\\\').replaceAll('`', '\\`').replaceAll('${', '\\${'),
  );
  return textCode(`\`${safe}\${string}\``);
}

function expression(value: JsonValue): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value);
  if (typeof value === 'string') return quote(value);
  if (Array.isArray(value)) return list('[', (value as readonly JsonValue[]).map(expression), ']');
  const members = Object.entries(value).map(([name, member]) => `${dataKey(name)}: ${expression(member)}`);
  return members.length === 0 ? '{}' : list('{ ', members, ' }');
}

function list(open: string, members: readonly string[], close: string): string {
  const inline = `${open}${members.join(', ')}${close}`;
  if (inline.length <= INLINE_WIDTH && !inline.includes('\n')) return inline;
  const lines = members.map((member) => `  ${member.replaceAll('\n', '\n  ')},\n`);
  return `${open.trim()}\n${lines.join('')}${close.trim()}`;
}

/** In an object expression `__proto__: x` sets the prototype; computed, it is a property like any other. */
function dataKey(name: string): string {
  return name === '__proto__' ? "['__proto__']" : key(name);
}

function key(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : quote(name);
}

function quote(text: string): string {
  const escaped = escapeUnprintable(text.replaceAll('\\', '\\\\').replaceAll("'", String.raw`\'`));
  return `'${escaped.replaceAll(/<(?=\/script|!--|script)/gi, String.raw`\u003c`)}'`;
}
