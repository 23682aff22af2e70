import type { JsonObject } from '#kernel/contract/validation/json-document.ts';

/**
 * What the contract of tickets says in words of how they are kept, written down from it and not from the code: labels "are kept in lower
 * case; repeated ones once, in the order given". All else comes back as it was sent.
 */
export function keepTicket(document: JsonObject): JsonObject {
  const labels = Array.isArray(document['labels'])
    ? document['labels'].map((label) => String(label).toLowerCase())
    : [];
  return { ...document, labels: labels.filter((label, index) => labels.indexOf(label) === index) };
}
