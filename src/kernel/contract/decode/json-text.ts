import type { Reason } from '#kernel/domain/error-code.ts';

/** What a JSON text may not hold, and where. */
export interface JsonTextFailure {
  /** JSON pointer (RFC 6901) of the place. */
  readonly pointer: string;
  readonly detail: string;
  readonly reason: Reason;
}

export type JsonTextResult =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly failure: JsonTextFailure };

/** Deeper documents are refused: recursion over them, ours or a handler's, could exhaust the stack. */
export const MAX_JSON_DEPTH = 64;

/** Documents of more values are refused: what reading one costs grows with their number more than with its length. */
export const MAX_JSON_VALUES = 20_000;

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
/** A run of string text without escapes. Raw control characters are left for `JSON.parse` to refuse. */
const PLAIN = /[^"\\]*/y;
const SPACE = /[ \t\n\r]*/y;
const CODE_SPACE = 0x20;
const CODE_QUOTE = 0x22;
const CODE_BACKSLASH = 0x5c;
const CODE_DOT = 0x2e;
const CODE_ZERO = 0x30;
const CODE_NINE = 0x39;
const CODE_E = 0x45;
const CODE_LOWER_E = 0x65;
/** Every integer of so many digits is below 2^53. */
const SAFE_DIGITS = 15;
const MAX_FEW_NAMES = 16;
const LITERALS = ['true', 'false', 'null'] as const;
/** Names that reach an object's prototype; nothing in a contract needs them. */
export const FORBIDDEN_NAMES: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

class Refusal extends Error {
  readonly reason: Reason;
  constructor(reason: Reason, detail: string) {
    super(detail);
    this.reason = reason;
  }
}

/**
 * Parses a JSON text (RFC 8259) and refuses what `JSON.parse` lets through and what later loses data or breaks a
 * database: a name twice in one object, `__proto__` and `constructor`, U+0000, lone surrogates, integers beyond
 * ±(2^53-1), numbers that overflow, nesting beyond `MAX_JSON_DEPTH`, more values than `MAX_JSON_VALUES`.
 */
export function parseJsonText(text: string): JsonTextResult {
  const scanner = new Scanner(text);
  try {
    scanner.document();
    const value: unknown = JSON.parse(text);
    return { ok: true, value };
  } catch (error) {
    if (error instanceof Refusal) {
      return {
        ok: false,
        failure: { pointer: scanner.pointer(), detail: error.message, reason: error.reason },
      };
    }
    if (error instanceof SyntaxError) {
      return {
        ok: false,
        failure: { pointer: '', detail: 'is not valid JSON', reason: { code: 'malformedJson' } },
      };
    }
    throw error;
  }
}

/** One pass over the text; builds nothing but the path to where it stands. */
class Scanner {
  readonly #text: string;
  #at = 0;
  #values = 0;
  readonly #path: (string | number)[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  pointer(): string {
    return this.#path.map((step) => `/${escapePointer(String(step))}`).join('');
  }

  document(): void {
    this.#space();
    this.#value();
    this.#space();
    if (this.#at !== this.#text.length)
      throw new Refusal({ code: 'malformedJson' }, 'is not valid JSON: there is text after the value');
  }

  #value(): void {
    this.#values += 1;
    if (this.#values > MAX_JSON_VALUES)
      throw new Refusal(
        { code: 'maxValues', limit: MAX_JSON_VALUES },
        `is beyond the ${MAX_JSON_VALUES} values that a document may have`,
      );
    const character = this.#text[this.#at];
    if (character === '{') this.#object();
    else if (character === '[') this.#array();
    else if (character === '"') checkString(this.#string());
    else if (character === '-' || (character !== undefined && character >= '0' && character <= '9'))
      this.#number();
    else this.#literal();
  }

  #object(): void {
    this.#enter();
    const names = new NameList();
    if (this.#text[this.#at] !== '}') {
      for (;;) {
        if (this.#text[this.#at] !== '"') throw notJson();
        const name = this.#string();
        this.#path.push(name);
        checkString(name);
        if (FORBIDDEN_NAMES.has(name))
          throw new Refusal({ code: 'forbiddenName' }, 'is a name that is not allowed');
        if (!names.add(name)) throw new Refusal({ code: 'duplicateProperty' }, 'occurs twice in its object');
        this.#space();
        this.#expect(':');
        this.#space();
        this.#value();
        this.#path.pop();
        this.#space();
        if (this.#text[this.#at] !== ',') break;
        this.#at += 1;
        this.#space();
      }
    }
    this.#expect('}');
  }

  #array(): void {
    this.#enter();
    if (this.#text[this.#at] !== ']') {
      const depth = this.#path.length;
      for (let index = 0; ; index += 1) {
        this.#path[depth] = index;
        this.#value();
        this.#space();
        if (this.#text[this.#at] !== ',') break;
        this.#at += 1;
        this.#space();
      }
      this.#path.length = depth;
    }
    this.#expect(']');
  }

  #enter(): void {
    if (this.#path.length >= MAX_JSON_DEPTH)
      throw new Refusal(
        { code: 'maxDepth', limit: MAX_JSON_DEPTH },
        `is nested deeper than ${MAX_JSON_DEPTH} levels`,
      );
    this.#at += 1;
    this.#space();
  }

  /** The string's value; escapes are decoded only where there are any. */
  #string(): string {
    const start = this.#at;
    PLAIN.lastIndex = start + 1;
    PLAIN.exec(this.#text);
    if (this.#text[PLAIN.lastIndex] === '"') {
      this.#at = PLAIN.lastIndex + 1;
      return this.#text.slice(start + 1, this.#at - 1);
    }
    // Character by character: a text may be nothing but escapes.
    let end = PLAIN.lastIndex;
    let code = this.#text.charCodeAt(end);
    while (code !== CODE_QUOTE) {
      if (Number.isNaN(code)) throw notJson();
      end += code === CODE_BACKSLASH ? 2 : 1;
      code = this.#text.charCodeAt(end);
    }
    this.#at = end + 1;
    const value: unknown = JSON.parse(this.#text.slice(start, this.#at));
    return String(value);
  }

  #number(): void {
    if (this.#shortInteger()) return;
    NUMBER.lastIndex = this.#at;
    const [literal] = NUMBER.exec(this.#text) ?? [];
    if (literal === undefined) throw notJson();
    this.#at = NUMBER.lastIndex;
    const value = Number(literal);
    if (!Number.isFinite(value))
      throw new Refusal({ code: 'numberOverflow' }, 'is a number too large to represent');
    if (!/[.eE]/.test(literal) && !Number.isSafeInteger(value)) {
      throw new Refusal(
        { code: 'unsafeInteger', limit: Number.MAX_SAFE_INTEGER },
        'must be between -9007199254740991 and 9007199254740991',
      );
    }
  }

  /** Skips a number without sign, fraction or exponent that is safe by its length: most numbers are. */
  #shortInteger(): boolean {
    const first = this.#text.charCodeAt(this.#at);
    let end = this.#at;
    let code = first;
    while (code >= CODE_ZERO && code <= CODE_NINE) {
      end += 1;
      code = this.#text.charCodeAt(end);
    }
    const length = end - this.#at;
    if (length === 0 || length > SAFE_DIGITS || (first === CODE_ZERO && length > 1)) return false;
    if (code === CODE_DOT || code === CODE_E || code === CODE_LOWER_E) return false;
    this.#at = end;
    return true;
  }

  #literal(): void {
    const literal = LITERALS.find((candidate) => this.#text.startsWith(candidate, this.#at));
    if (literal === undefined) throw notJson();
    this.#at += literal.length;
  }

  #expect(character: string): void {
    if (this.#text[this.#at] !== character) throw notJson();
    this.#at += 1;
  }

  #space(): void {
    if (!(this.#text.charCodeAt(this.#at) <= CODE_SPACE)) return;
    SPACE.lastIndex = this.#at;
    SPACE.exec(this.#text);
    this.#at = SPACE.lastIndex;
  }
}

/** The names of one object. Most objects have few, and a set for each would cost more than all else together. */
class NameList {
  readonly #few: string[] = [];
  #many: Set<string> | undefined;

  /** @returns false when the name is there. */
  add(name: string): boolean {
    if (this.#many !== undefined) {
      const { size } = this.#many;
      return this.#many.add(name).size > size;
    }
    if (this.#few.includes(name)) return false;
    this.#few.push(name);
    if (this.#few.length > MAX_FEW_NAMES) this.#many = new Set(this.#few);
    return true;
  }
}

function notJson(): Refusal {
  return new Refusal({ code: 'malformedJson' }, 'is not valid JSON');
}

function checkString(value: string): void {
  const failure = describeTextFailure(value);
  if (failure !== undefined) throw new Refusal({ code: 'forbiddenCharacter' }, failure);
}

/**
 * Why a text cannot be accepted, or undefined when it can: PostgreSQL stores no U+0000, and a lone surrogate has no
 * UTF-8 encoding, so it would be replaced silently.
 */
export function describeTextFailure(text: string): string | undefined {
  if (text.includes('\u0000')) return 'must not contain the character U+0000';
  if (!text.isWellFormed()) return 'must not contain a lone surrogate';
  return undefined;
}

/** A reference token of a JSON pointer. Source: RFC 6901 section 3. */
export function escapePointer(token: string): string {
  return token.replaceAll('~', '~0').replaceAll('/', '~1');
}

/** The name that a reference token of a JSON pointer stands for. Source: RFC 6901 section 4. */
export function unescapePointer(token: string): string {
  return token.replaceAll('~1', '/').replaceAll('~0', '~');
}
