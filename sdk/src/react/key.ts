import type { SkipToken } from '@tanstack/react-query';

/**
 * Where an answer is kept: the module, the operation, and what it was asked with. Each beginning of a key names all that
 * begin with it, so `['ticket']` is everything of a module and `['ticket', 'getTicket']` every answer of an operation.
 */
export type OperationKey = readonly [module: string, operationId: string, ...rest: readonly unknown[]];

/** Marks the key of a list that is kept page by page, which is no answer of its operation. */
export const PAGES = 'pages';

/** The key of parameters; a query that has nothing to ask keeps nothing, under the beginning of all of its operation. */
export function keyOf(key: OperationKey, params: unknown): OperationKey {
  return isSkipped(params) ? key : [...key, params ?? {}];
}

/** True for TanStack Query's `skipToken`, the one symbol that a factory takes. */
export function isSkipped(params: unknown): params is SkipToken {
  return typeof params === 'symbol';
}
