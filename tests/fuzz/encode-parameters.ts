import type { Parameter } from '#kernel/contract/operation.ts';

/** A parameter and the value that is to be sent for it, of whatever type. */
export interface SentParameter {
  readonly parameter: Parameter;
  readonly value: unknown;
}

/** Where parameters stand in a message. */
export interface EncodedParameters {
  /** Segments by name. */
  readonly path: ReadonlyMap<string, string>;
  /** `name=value`, encoded. */
  readonly query: readonly string[];
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** `name=value`. */
  readonly cookies: readonly string[];
}

/** Longer texts in a target are the parser's to refuse, not the operation's. */
const MAX_URL_TEXT = 600;

/**
 * Writes parameters in their styles, as a client would that shares no code with the server. A value that is not of the
 * parameter's type is written as its text. Source: OpenAPI 3.1, section 4.8.12.6.
 */
export function encodeParameters(sent: readonly SentParameter[]): EncodedParameters {
  const path = new Map<string, string>();
  const query: string[] = [];
  const headers: [string, string][] = [];
  const cookies: string[] = [];
  for (const { parameter, value } of sent) {
    const { name } = parameter;
    switch (parameter.in) {
      case 'path':
        path.set(name, encodeSegment(parameter, value));
        break;
      case 'query':
        query.push(...encodePairs(parameter, value));
        break;
      case 'header':
        headers.push([name, headerText(joined(parameter, value, ',', plainText))]);
        break;
      case 'cookie':
        cookies.push(...encodePairs(parameter, value));
    }
  }
  return { path, query, headers, cookies };
}

/** What may stand in a header at all; the rest is for the corpora of raw messages. */
export function headerText(text: string): string {
  return text.replaceAll(/[^\t\x20-\x7e\x80-\xff]/g, '?').slice(0, MAX_URL_TEXT);
}

/** A scalar as it is, anything else as JSON. */
export function plainText(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

/** Percent-encoded text. */
export function urlText(value: unknown): string {
  return encodeURIComponent(plainText(value).slice(0, MAX_URL_TEXT).toWellFormed());
}

function encodeSegment(parameter: Parameter, value: unknown): string {
  const { name, style, explode } = parameter;
  if (style === 'label') return `.${joined(parameter, value, explode ? '.' : ',', urlText)}`;
  if (style !== 'matrix') return joined(parameter, value, ',', urlText);
  if (!explode || !isList(parameter, value)) return `;${name}=${joined(parameter, value, ',', urlText)}`;
  return pairsOf(name, value)
    .map(([key, item]) => `;${urlText(key)}=${urlText(item)}`)
    .join('');
}

const SEPARATORS: Partial<Record<Parameter['style'], string>> = { spaceDelimited: '%20', pipeDelimited: '|' };

function encodePairs(parameter: Parameter, value: unknown): string[] {
  const { name, style, explode } = parameter;
  if (style === 'deepObject' && isObject(value)) {
    return Object.entries(value).flatMap(([key, item]) =>
      listOf(item).map((each) => `${urlText(`${name}[${key}]`)}=${urlText(each)}`),
    );
  }
  if (explode && isList(parameter, value)) {
    return pairsOf(name, value).map(([key, item]) => `${urlText(key)}=${urlText(item)}`);
  }
  return [`${urlText(name)}=${joined(parameter, value, SEPARATORS[style] ?? ',', urlText)}`];
}

/** `3,4,5`, `R,100,G,200` or, exploded, `R=100,G=200`. */
function joined(
  parameter: Parameter,
  value: unknown,
  separator: string,
  encode: (value: unknown) => string,
): string {
  const write = (item: unknown): string => encode(plainText(item));
  if (!isList(parameter, value)) return write(value);
  if (Array.isArray(value)) return value.map(write).join(separator);
  const members = Object.entries(Object(value));
  const between = parameter.explode ? '=' : separator;
  return members.map(([key, item]) => `${write(key)}${between}${write(item)}`).join(separator);
}

function isList({ decode }: Parameter, value: unknown): boolean {
  if (decode.kind === 'array') return Array.isArray(value);
  return decode.kind === 'object' && isObject(value);
}

function pairsOf(name: string, value: unknown): [string, unknown][] {
  return Array.isArray(value)
    ? value.map((item: unknown): [string, unknown] => [name, item])
    : Object.entries(Object(value));
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
