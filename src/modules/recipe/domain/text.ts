/** Length in Unicode code points, as `maxLength` and PostgreSQL's `char_length` count it. */
export function codePointLength(text: string): number {
  return codePoints(text).length;
}

/** Whether there is anything to see in a text. */
export function isBlank(text: string): boolean {
  return !/\S/u.test(text);
}

/**
 * A title as lists sort it: without accents, case and differences of compatibility, at most 100 code points, so that every
 * system sorts alike and an index entry stays small.
 */
export function titleKey(title: string): string {
  const plain = title
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/\p{M}+/gu, '')
    .trim();
  return codePoints(plain).slice(0, 100).join('');
}

/** Compares by code point, as PostgreSQL's collation "C" does; `<` compares UTF-16 code units. */
export function compareCodePoints(left: string, right: string): number {
  const [a, b] = [codePoints(left), codePoints(right)];
  for (const [index, character] of a.entries()) {
    const other = b[index];
    if (other === undefined) {
      return 1;
    }
    const difference = (character.codePointAt(0) ?? 0) - (other.codePointAt(0) ?? 0);
    if (difference !== 0) {
      return difference;
    }
  }
  return a.length - b.length;
}

function codePoints(text: string): string[] {
  return Array.from(text);
}

/** Most code points of a tag, after it was made normal. */
export const MAX_TAG_LENGTH = 40;

/**
 * The form in which a tag is kept and looked for: NFC, lower case, no white space around it and single spaces inside. May be
 * empty, or longer than it was.
 */
export function normalizeTag(text: string): string {
  return text.normalize('NFC').toLowerCase().replaceAll(/\s+/gu, ' ').trim().normalize('NFC');
}

/** Normal forms of tags, each once, in the order of their first appearance. */
export function normalizeTags(texts: readonly string[]): readonly string[] {
  return [...new Set(texts.map((text) => normalizeTag(text)))];
}
