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
