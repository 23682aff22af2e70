import { isMap, isNode, isScalar, parseDocument, type Node, type Pair, type YAMLMap } from 'yaml';
import { Refusal } from '../refusal.ts';

/**
 * The text of a spec with one member more: what is there stays byte for byte, comments and order included.
 *
 * @param path of the mapping that gets it; what is missing of the path is made.
 * @param lines of the member's value, without indentation: what stands behind `key:`.
 * @throws {Refusal} when a mapping on the way is written in braces, or is none.
 */
export function withMemberAt(
  file: string,
  text: string,
  path: readonly string[],
  key: string,
  lines: readonly string[],
): string {
  let map = rootOf(file, text);
  for (const [index, name] of path.entries()) {
    const pair = find(map, name);
    if (pair === undefined) {
      const inner = path.slice(index + 1).concat(key);
      return append(file, text, map, name, nested(inner, lines));
    }
    if (!isMap(pair.value))
      return replaceEmpty(file, text, pair, nested([...path.slice(index + 1), key], lines));
    if (pair.value.flow) {
      if (pair.value.items.length > 0) {
        throw new Refusal(
          `${file} has ${path.slice(0, index + 1).join(' > ')} in braces: write it as lines first.`,
        );
      }
      return replaceEmpty(file, text, pair, nested([...path.slice(index + 1), key], lines));
    }
    map = pair.value;
  }
  return append(file, text, map, key, lines);
}

/** The lines that a member stands in, without its indentation: its key first. Undefined when there is none. */
export function memberLines(
  file: string,
  text: string,
  path: readonly string[],
): readonly string[] | undefined {
  let map = rootOf(file, text);
  for (const [index, name] of path.entries()) {
    const pair = find(map, name);
    if (pair === undefined) return undefined;
    if (index === path.length - 1) {
      const { start, indent } = keyPlace(text, pair);
      return text
        .slice(start, endOf(text, pair))
        .split('\n')
        .map((line, at) => (at === 0 ? line : line.slice(indent)));
    }
    if (!isMap(pair.value)) return undefined;
    map = pair.value;
  }
  return undefined;
}

function rootOf(file: string, text: string): YAMLMap {
  const document = parseDocument(text, { version: '1.2', uniqueKeys: false, logLevel: 'error' });
  if (document.errors.length > 0 || !isMap(document.contents) || document.contents.flow === true) {
    throw new Refusal(`${file} is no valid spec: repair it first (npm run generate says where).`);
  }
  return document.contents;
}

function find(map: YAMLMap, name: string): Pair | undefined {
  return map.items.find(({ key }) => isScalar(key) && String(key.value) === name);
}

/** Lines with keys around them, each a level deeper. */
function nested(keys: readonly string[], lines: readonly string[]): readonly string[] {
  return keys.reduceRight<readonly string[]>(
    (inner, key) => [`${key}:`, ...inner.map((line) => (line === '' ? '' : `  ${line}`))],
    lines,
  );
}

function append(file: string, text: string, map: YAMLMap, key: string, lines: readonly string[]): string {
  const last = map.items.at(-1);
  if (last === undefined) throw new Refusal(`${file} has an empty mapping that cannot be written into.`);
  const { indent } = keyPlace(text, last);
  return insertLines(text, endOfLine(text, endOf(text, last)), indent, nested([key], lines));
}

/** Writes lines under a key whose value is nothing yet: absent, null or `{}`. */
function replaceEmpty(file: string, text: string, pair: Pair, lines: readonly string[]): string {
  const { value } = pair;
  const isEmpty = value === null || (isScalar(value) && value.value === null) || isMap(value);
  if (!isEmpty) throw new Refusal(`${file} has something else than a mapping where one is needed.`);
  const { indent, end } = keyPlace(text, pair);
  const [from, to] = isNode(value) ? (value.range ?? [end, end]) : [end, end];
  const colon = text.indexOf(':', end) + 1;
  // A value of nothing has a place too, wherever its line goes on.
  const without = to > from ? text.slice(0, colon) + text.slice(to) : text;
  return insertLines(without, endOfLine(without, colon), indent + 2, lines);
}

function insertLines(text: string, at: number, indent: number, lines: readonly string[]): string {
  const added = lines.map((line) => (line === '' ? '\n' : `\n${' '.repeat(indent)}${line}`)).join('');
  return text.slice(0, at) + added + text.slice(at);
}

function keyPlace(
  text: string,
  { key }: Pair,
): { readonly start: number; readonly end: number; readonly indent: number } {
  const [start, end] = isNode(key) ? (key.range ?? [0, 0]) : [0, 0];
  return { start, end, indent: start - (text.lastIndexOf('\n', start - 1) + 1) };
}

/** Where the text of a pair ends, without the blank lines and comments behind it. */
function endOf(text: string, pair: Pair): number {
  const value: Node | undefined = isNode(pair.value) ? pair.value : undefined;
  if (isMap(value) && value.flow !== true) {
    const last = value.items.at(-1);
    if (last !== undefined) return endOf(text, last);
  }
  const end = value?.range?.[1] ?? keyPlace(text, pair).end + 1;
  return text.slice(0, end).trimEnd().length;
}

function endOfLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end;
}
