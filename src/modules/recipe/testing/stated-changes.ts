import type { JsonObject } from '#kernel/contract/validation/json-document.ts';
import type { StatedChangesByResource } from '#tests/fuzz/stored-resources.ts';

/** The fuzzer looks for this file in each module, and for its `statedChanges`. */
export const statedChanges: StatedChangesByResource = { getRecipe: keepRecipe };

/**
 * What the recipe contract says in words of how recipes are kept, written down from it and not from the code: tags "are kept in
 * lower case, in Unicode form NFC, without white space around them and with single spaces inside; repeated ones once, in the order
 * given". All else comes back as it was sent.
 */
function keepRecipe(document: JsonObject): JsonObject {
  const tags = Array.isArray(document['tags']) ? document['tags'].map(keepTag) : [];
  return { ...document, tags: tags.filter((tag, index) => tags.indexOf(tag) === index) };
}

function keepTag(tag: unknown): string {
  const lower = String(tag).normalize('NFC').toLowerCase();
  const words = lower.split(/\s/u).filter((word) => word !== '');
  return words.join(' ').normalize('NFC');
}
