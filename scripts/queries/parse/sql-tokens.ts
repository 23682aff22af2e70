/** What the text of SQL is made of, as far as a colon, a semicolon or a brace in it means something else. */
export type TokenKind =
  | 'string'
  | 'quoted-name'
  | 'line-comment'
  | 'block-comment'
  | 'semicolon'
  | 'word'
  | 'other';

/** A piece of SQL between two offsets. */
export interface SqlToken {
  readonly kind: TokenKind;
  readonly start: number;
  readonly end: number;
}

const STRING = /'(?:[^']|'')*(?:'|$)/y;
/** With a backslash in front of what is meant as it is: E'…'. */
const ESCAPED_STRING = /'(?:[^'\\]|''|\\[^])*(?:'|$)/y;
const QUOTED_NAME = /"(?:[^"]|"")*(?:"|$)/y;
const DOLLAR_STRING = /\$((?:[A-Za-z_\u0080-\uFFFF][A-Za-z0-9_\u0080-\uFFFF]*)?)\$[^]*?(?:\$\1\$|$)/y;
const LINE_COMMENT = /--[^\n]*/y;
const WORD = /[A-Za-z_\u0080-\uFFFF][A-Za-z0-9_$\u0080-\uFFFF]*|[0-9][A-Za-z0-9_.]*/y;

/**
 * Takes SQL apart as PostgreSQL's lexer does (section 4.1 of its manual); white space and signs are `other`, one
 * each but for `::`.
 */
export function sqlTokens(text: string): readonly SqlToken[] {
  const tokens: SqlToken[] = [];
  for (let start = 0; start < text.length;) {
    const { kind, end } = tokenAt(text, start, tokens.at(-1));
    tokens.push({ kind, start, end });
    start = end;
  }
  return tokens;
}

function tokenAt(
  text: string,
  start: number,
  before: SqlToken | undefined,
): { readonly kind: TokenKind; readonly end: number } {
  const match = (pattern: RegExp): number => {
    pattern.lastIndex = start;
    return pattern.test(text) ? pattern.lastIndex : start;
  };
  switch (text[start] ?? '') {
    case "'": {
      const isEscaped = before?.kind === 'word' && /^e$/i.test(text.slice(before.start, before.end));
      return { kind: 'string', end: match(isEscaped ? ESCAPED_STRING : STRING) };
    }
    case '"':
      return { kind: 'quoted-name', end: match(QUOTED_NAME) };
    case '$': {
      const end = match(DOLLAR_STRING);
      return end > start ? { kind: 'string', end } : { kind: 'other', end: start + 1 };
    }
    case '-': {
      const end = match(LINE_COMMENT);
      return end > start ? { kind: 'line-comment', end } : { kind: 'other', end: start + 1 };
    }
    case '/':
      return text[start + 1] === '*'
        ? { kind: 'block-comment', end: endOfComment(text, start) }
        : { kind: 'other', end: start + 1 };
    case ':':
      return { kind: 'other', end: start + (text[start + 1] === ':' ? 2 : 1) };
    case ';':
      return { kind: 'semicolon', end: start + 1 };
    default: {
      const end = match(WORD);
      return end > start ? { kind: 'word', end } : { kind: 'other', end: start + 1 };
    }
  }
}

/** Comments nest. */
function endOfComment(text: string, start: number): number {
  const sign = /\/\*|\*\//g;
  sign.lastIndex = start;
  let depth = 0;
  for (let found = sign.exec(text); found !== null; found = sign.exec(text)) {
    depth += found[0] === '/*' ? 1 : -1;
    if (depth === 0) {
      return sign.lastIndex;
    }
  }
  return text.length;
}
