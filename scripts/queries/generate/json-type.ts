/**
 * The type of a JSON column, as its comment says it after `@json`:
 *
 *     COMMENT ON COLUMN ticket.tickets.facts IS 'What a cook should know. @json { diet?: string; sizes: number[] }';
 *
 * The words are TypeScript's: string, number, boolean, null, literals, objects, `[]`, unions, parentheses and
 * `Record<string, …>`. Nothing else, so that what a migration says cannot become code.
 */
export type JsonType =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly message: string };

const MARK = /(?:^|\s)@json\s+/;
const TOKEN =
  /\s*(?:([A-Za-z_][A-Za-z0-9_]*)|('[^'\\\n\r\u2028\u2029]*')|(-?\d+(?:\.\d+)?)|([{}()[\]<>|;,:?]))/y;
const WORDS: ReadonlySet<string> = new Set(['string', 'number', 'boolean', 'null', 'true', 'false']);

/** The comment before `@json`, and the type behind it; undefined when the comment says none. */
export function readJsonType(comment: string): {
  readonly comment: string;
  readonly type: JsonType | undefined;
} {
  const mark = MARK.exec(comment);
  if (mark === null) {
    return { comment, type: undefined };
  }
  const type = parseJsonType(comment.slice(mark.index + mark[0].length));
  return { comment: comment.slice(0, mark.index).trim(), type };
}

/** The type in one form: everything is readonly. */
export function parseJsonType(text: string): JsonType {
  const reader: Reader = { text, offset: 0, token: '' };
  try {
    next(reader);
    const printed = readUnion(reader);
    if (reader.token !== '') {
      throw unexpected(reader);
    }
    return { ok: true, text: printed };
  } catch (error) {
    if (error instanceof JsonTypeError) {
      return { ok: false, message: error.message };
    }
    throw error;
  }
}

class JsonTypeError extends Error {}

interface Reader {
  readonly text: string;
  offset: number;
  /** Empty at the end. */
  token: string;
}

function next(reader: Reader): string {
  const passed = reader.token;
  TOKEN.lastIndex = reader.offset;
  const match = TOKEN.exec(reader.text);
  if (match === null && reader.text.slice(reader.offset).trim() !== '') {
    reader.token = reader.text.slice(reader.offset).trim().slice(0, 10);
    throw unexpected(reader);
  }
  reader.token = match?.[0].trim() ?? '';
  reader.offset = match === null ? reader.text.length : TOKEN.lastIndex;
  return passed;
}

function expect(reader: Reader, token: string): void {
  if (reader.token !== token) {
    throw unexpected(reader);
  }
  next(reader);
}

function readUnion(reader: Reader): string {
  if (reader.token === '|') {
    next(reader);
  }
  const members = [readArray(reader)];
  while (reader.token === '|') {
    next(reader);
    members.push(readArray(reader));
  }
  return members.join(' | ');
}

function readArray(reader: Reader): string {
  if (reader.token === 'readonly') {
    next(reader);
  }
  let text = readPrimary(reader);
  while (reader.token === '[') {
    next(reader);
    expect(reader, ']');
    text = /^[a-z]+$/.test(text) ? `readonly ${text}[]` : `readonly (${text})[]`;
  }
  return text;
}

function readPrimary(reader: Reader): string {
  const { token } = reader;
  if (WORDS.has(token) || /^['\d-]/.test(token)) {
    return next(reader);
  }
  if (token === '(') {
    next(reader);
    const inner = readUnion(reader);
    expect(reader, ')');
    return `(${inner})`;
  }
  if (token === '{') {
    return readObject(reader);
  }
  if (token === 'Record') {
    next(reader);
    for (const part of ['<', 'string', ',']) {
      expect(reader, part);
    }
    const value = readUnion(reader);
    expect(reader, '>');
    return `Readonly<Record<string, ${value}>>`;
  }
  throw unexpected(reader);
}

function readObject(reader: Reader): string {
  expect(reader, '{');
  const members: string[] = [];
  while (reader.token !== '}') {
    if (reader.token === 'readonly') {
      next(reader);
    }
    if (!/^[A-Za-z_']/.test(reader.token)) {
      throw unexpected(reader);
    }
    const name = next(reader);
    const mark = reader.token === '?' ? next(reader) : '';
    expect(reader, ':');
    members.push(`readonly ${name}${mark}: ${readUnion(reader)}`);
    if (reader.token === ';' || reader.token === ',') {
      next(reader);
    }
  }
  next(reader);
  return members.length === 0 ? 'Readonly<Record<string, never>>' : `{ ${members.join('; ')} }`;
}

function unexpected(reader: Reader): JsonTypeError {
  const found = reader.token === '' ? 'the end' : reader.token;
  return new JsonTypeError(`its @json type has ${found} where it cannot stand`);
}
