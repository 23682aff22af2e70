/** The system's code of a failed call, such as `ENOENT`; empty when the error is not of that kind. */
export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
