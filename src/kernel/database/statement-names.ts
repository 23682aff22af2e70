/**
 * Names for statements, so that PostgreSQL parses and plans each once a connection. Bounded: queries whose text
 * varies with their parameters (spread arrays) would otherwise fill every connection's memory.
 */
export class StatementNames {
  readonly #names = new Map<string, string>();
  readonly #limit: number;

  /** @param limit how many texts get a name; 0 names none. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** The text's name, the same each time; undefined for texts that came after the limit. */
  nameOf(text: string): string | undefined {
    const known = this.#names.get(text);
    if (known !== undefined || this.#names.size >= this.#limit) {
      return known;
    }
    const name = `s${this.#names.size + 1}`;
    this.#names.set(text, name);
    return name;
  }
}
