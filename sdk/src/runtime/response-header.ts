/** A response header whose schema is a boolean. */
export function isTrue(text: string): boolean {
  return text === 'true';
}
