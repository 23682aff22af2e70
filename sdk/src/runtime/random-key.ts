/** An `Idempotency-Key`: 128 random bits; `crypto.randomUUID` is missing on pages that are not served by HTTPS. */
export function randomKey(): string {
  return crypto.getRandomValues(new Uint32Array(4)).reduce((key, part) => key + part.toString(36), '');
}
