import { readFileSync } from 'node:fs';

import type { ConfigProblem } from './config-error.ts';

/** Variables as a process has them. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** Bounds of a whole number, both included. */
interface IntegerRange {
  readonly fallback: number;
  readonly min: number;
  readonly max: number;
}

/** Turns the text of a variable into its value; a string says what was expected instead. */
type Parse<T> = (text: string) => { readonly value: T } | string;

/**
 * Reads variables one by one and keeps what is wrong with them, so that all problems are told at once. After a
 * problem it hands out a stand-in, which nobody sees: `loadConfig` throws before the values are used.
 * An empty variable counts as missing.
 */
export class EnvironmentReader {
  readonly problems: ConfigProblem[] = [];
  /** Every name asked for: `.env.example` documents exactly these. */
  readonly names = new Set<string>();
  readonly #variables: Variables;

  constructor(variables: Variables) {
    this.#variables = variables;
  }

  /** A variable without a default. */
  required<T>(name: string, standIn: T, parse: Parse<T>): T {
    const text = this.#text(name);
    if (text === undefined) return this.#problem(name, 'is missing', standIn);
    return this.#parsed(name, text, standIn, parse);
  }

  /** A variable with a default. */
  optional<T>(name: string, fallback: T, parse: Parse<T>): T {
    const text = this.#text(name);
    return text === undefined ? fallback : this.#parsed(name, text, fallback, parse);
  }

  /** A required secret, given by value or as the path of a file that holds it (`<name>_FILE`), not both. */
  secret(name: string, parse: Parse<string>): string {
    const text = this.#text(name);
    const path = this.#text(`${name}_FILE`);
    if (text !== undefined && path !== undefined) {
      return this.#problem(name, `is set together with ${name}_FILE; only one of them can be`, '');
    }
    if (path === undefined) return this.required(name, '', parse);
    const content = readSecretFile(path);
    if (content === undefined) return this.#problem(`${name}_FILE`, 'names a file that cannot be read', '');
    if (content === '') return this.#problem(`${name}_FILE`, 'names an empty file', '');
    return this.#parsed(`${name}_FILE`, content, '', parse);
  }

  integer(name: string, { fallback, min, max }: IntegerRange): number {
    return this.optional(name, fallback, (text) => {
      const value = /^(0|[1-9][0-9]{0,15})$/.test(text) ? Number(text) : NaN;
      return value >= min && value <= max ? { value } : `must be a whole number from ${min} to ${max}`;
    });
  }

  choice<const T extends string>(name: string, fallback: T, choices: readonly T[]): T {
    return this.optional(name, fallback, (text) => {
      const value = choices.find((choice) => choice === text);
      return value === undefined ? `must be one of ${choices.join(', ')}` : { value };
    });
  }

  flag(name: string, fallback: boolean): boolean {
    return this.choice(name, fallback ? 'true' : 'false', ['true', 'false']) === 'true';
  }

  /** A comma-separated list; spaces around items do not count. */
  list<T>(name: string, fallback: readonly T[], parseItem: Parse<T>): readonly T[] {
    return this.optional(name, fallback, (text) => {
      const values: T[] = [];
      for (const item of text.split(',')) {
        const parsed = parseItem(item.trim());
        if (typeof parsed === 'string') return parsed;
        values.push(parsed.value);
      }
      return { value: values };
    });
  }

  #text(name: string): string | undefined {
    this.names.add(name);
    const text = this.#variables[name];
    return text === '' ? undefined : text;
  }

  #parsed<T>(name: string, text: string, standIn: T, parse: Parse<T>): T {
    const parsed = parse(text);
    return typeof parsed === 'string' ? this.#problem(name, parsed, standIn) : parsed.value;
  }

  #problem<T>(variable: string, expected: string, standIn: T): T {
    this.problems.push({ variable, expected });
    return standIn;
  }
}

/** Secrets are mounted as files by orchestrators, usually with a line feed at the end. */
function readSecretFile(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').replace(/\r?\n$/, '');
  } catch {
    return undefined;
  }
}
