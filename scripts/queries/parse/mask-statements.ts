import { sqlTokens } from './sql-tokens.ts';
import type { SqlToken } from './sql-tokens.ts';

/**
 * A query file as PgTyped's grammar can read it. That grammar knows the spellings of strings, names and comments only in part, and takes
 * every colon before a name for a parameter. Here everything in a statement that is none has letters in its place; lengths stay.
 */
export interface MaskedFile {
  readonly text: string;
  /** The file with the comments inside of statements left out, as PgTyped leaves them out; lengths stay. */
  readonly statements: string;
  /** Where a parameter has a name that PgTyped cannot read, and the name. */
  readonly strangeParameters: readonly { readonly offset: number; readonly name: string }[];
}

/** Masks the statements of a file; annotations stay as they are. */
export function maskStatements(text: string): MaskedFile {
  const masked: string[] = [];
  const statements: string[] = [];
  const strangeParameters: { offset: number; name: string }[] = [];
  const nesting: string[] = [];
  let isInStatement = false;
  let before: SqlToken | undefined;
  for (const token of sqlTokens(text)) {
    const { kind, start, end } = token;
    const own = text.slice(start, end);
    let shown = own;
    let kept = own;
    if (kind === 'block-comment') {
      shown = isInStatement ? blank(own) : own;
      kept = shown;
    } else if (kind === 'line-comment') {
      shown = isInStatement ? own.replaceAll(/[^-\n ]/g, 'x') : own;
    } else if (kind === 'string') {
      shown = own.startsWith("'") ? `'${letters(own.slice(1, -1))}'` : letters(own);
    } else if (kind === 'quoted-name') {
      shown = letters(own);
    } else if (kind === 'word') {
      const isParameter = text[start - 1] === ':' && text[start - 2] !== ':';
      if (isParameter && masked.at(-1) === ':' && /[^A-Za-z0-9_$]/.test(own)) {
        strangeParameters.push({ offset: start - 1, name: own });
      }
      shown = own.replaceAll(/[^A-Za-z0-9_$.]/g, 'x');
    } else if (own === ':' && isSeparator(text, nesting.at(-1), before)) {
      shown = '+';
    }
    masked.push(shown);
    statements.push(kept);
    if (kind === 'semicolon') {
      isInStatement = false;
      nesting.length = 0;
      before = undefined;
    } else if (!kind.endsWith('comment') && own.trim() !== '') {
      isInStatement = true;
      nest(nesting, own, text, before);
      before = token;
    }
  }
  return { text: masked.join(''), statements: statements.join(''), strangeParameters };
}

/** Which brackets and parentheses are open; `json` is one of a function that writes keys and values with a colon between. */
function nest(nesting: string[], sign: string, text: string, before: SqlToken | undefined): void {
  if (sign === '[') {
    nesting.push(sign);
  } else if (sign === '(') {
    const word = before === undefined ? '' : text.slice(before.start, before.end);
    nesting.push(/^json_object(?:agg)?$/i.test(word) ? 'json' : sign);
  } else if (sign === ']' || sign === ')') {
    nesting.pop();
  }
}

/** Words behind which an expression begins, so that a colon there is a parameter's. */
const BEFORE_VALUE =
  /^(?:all|and|any|between|case|distinct|else|from|ilike|in|is|like|not|or|select|similar|some|then|to|value|when|where)$/i;

/** Whether a colon stands between the bounds of a slice, or between a key and its value: behind a value, where no parameter can. */
function isSeparator(text: string, inside: string | undefined, before: SqlToken | undefined): boolean {
  if ((inside !== '[' && inside !== 'json') || before === undefined) {
    return false;
  }
  const word = text.slice(before.start, before.end);
  if (before.kind === 'word') {
    return !BEFORE_VALUE.test(word);
  }
  // `!` ends a required parameter.
  return before.kind === 'string' || before.kind === 'quoted-name' || /^[)\]!]$/.test(word);
}

function letters(text: string): string {
  return text.replaceAll(/[^\n]/g, 'x');
}

function blank(text: string): string {
  return text.replaceAll(/[^\n]/g, ' ');
}
