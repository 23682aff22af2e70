/** A node of PostgreSQL's analysed query: `{VAR :varno 1 :varattno 2 …}` is tag `VAR` with its fields. */
export interface PgNode {
  readonly tag: string;
  readonly fields: Readonly<Record<string, PgValue>>;
}

/** A field's value: absent, a word (numbers and booleans included), a node, or a list of these. */
export type PgValue = null | string | PgNode | readonly PgValue[];

/**
 * Parses the text form of a `pg_node_tree` (what PostgreSQL's nodeToString writes: `pg_rewrite.ev_action`,
 * `pg_proc.prosqlbody`). Words stay text; `nodeNumber` and its siblings read them.
 *
 * @throws {SyntaxError} when the text is not a node tree.
 */
export function parseNodeTree(text: string): PgValue {
  const reader = { text, offset: 0 };
  const value = readValue(reader);
  skipSpace(reader);
  if (reader.offset !== text.length) {
    throw unexpected(reader);
  }
  return value;
}

interface Reader {
  readonly text: string;
  offset: number;
}

function readValue(reader: Reader): PgValue {
  skipSpace(reader);
  const start = reader.text[reader.offset];
  if (start === '{') {
    return readNode(reader);
  }
  if (start === '(') {
    return readList(reader);
  }
  if (start === '[') {
    // The bytes of a constant: `4 [ 1 0 0 0 ]`.
    return readBytes(reader);
  }
  return readWord(reader);
}

function readNode(reader: Reader): PgNode {
  reader.offset += 1;
  const tag = readWord(reader) ?? '';
  const fields: Record<string, PgValue> = {};
  for (;;) {
    skipSpace(reader);
    if (reader.text[reader.offset] === '}') {
      reader.offset += 1;
      return { tag, fields };
    }
    if (reader.text[reader.offset] !== ':') {
      throw unexpected(reader);
    }
    const name = (readWord(reader) ?? '').slice(1);
    // The first value may itself begin with a colon; a second one is the bytes behind a length.
    fields[name] = readValue(reader);
    skipSpace(reader);
    if (reader.text[reader.offset] === '[') {
      fields[`${name}Bytes`] = readBytes(reader);
    }
  }
}

function readList(reader: Reader): readonly PgValue[] {
  reader.offset += 1;
  const items: PgValue[] = [];
  for (;;) {
    skipSpace(reader);
    if (reader.text[reader.offset] === ')') {
      reader.offset += 1;
      return items;
    }
    items.push(readValue(reader));
  }
}

function readBytes(reader: Reader): string {
  const end = reader.text.indexOf(']', reader.offset);
  if (end < 0) {
    throw unexpected(reader);
  }
  const bytes = reader.text.slice(reader.offset + 1, end).trim();
  reader.offset = end + 1;
  return bytes;
}

const QUOTED = /"((?:[^"\\]|\\[^])*)"/y;
const BARE = /(?:[^ \n\t(){}\\]|\\[^])+/y;

/** A word ends at white space, a parenthesis or a brace that no backslash escapes; a quoted one at its quote. */
function readWord(reader: Reader): string | null {
  skipSpace(reader);
  const isQuoted = reader.text[reader.offset] === '"';
  const pattern = isQuoted ? QUOTED : BARE;
  pattern.lastIndex = reader.offset;
  const match = pattern.exec(reader.text);
  if (match === null) {
    throw unexpected(reader);
  }
  reader.offset = pattern.lastIndex;
  const raw = isQuoted ? (match[1] ?? '') : match[0];
  const word = raw.includes('\\') ? raw.replaceAll(/\\([^])/g, '$1') : raw;
  return !isQuoted && word === '<>' ? null : word;
}

function skipSpace(reader: Reader): void {
  while (' \n\t'.includes(reader.text[reader.offset] ?? '.')) {
    reader.offset += 1;
  }
}

function unexpected(reader: Reader): SyntaxError {
  return new SyntaxError(`A node tree has something unexpected at offset ${reader.offset}.`);
}
