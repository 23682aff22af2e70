/**
 * How a response header is read: what makes its value of its text, undefined when it is not what the contract says; then the
 * statuses (`200`, `'4XX'`, `'default'`) whose responses must have it.
 */
export type ResponseHeader = readonly [
  read: (text: string) => unknown,
  ...required: readonly (number | string)[],
];

/** A response header whose schema is a number: never `NaN`, which a date in `Retry-After` would be. */
export function toNumber(text: string): number | undefined {
  return /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text) ? Number(text) : undefined;
}

/** A response header whose schema is a boolean. */
export function toBoolean(text: string): boolean | undefined {
  return /^(true|false)$/.test(text) ? text === 'true' : undefined;
}
