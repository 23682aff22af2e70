/** The `code` of an error: a system code such as `ENOENT`, or a SQLSTATE; empty when it has none. */
export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
