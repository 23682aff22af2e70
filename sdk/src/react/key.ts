/**
 * Where an answer is kept: the module, the operation, and what it was asked with. Each beginning of a key names all that
 * begin with it, so `['ticket']` is everything of a module and `['ticket', 'getTicket']` every answer of an operation.
 */
export type OperationKey = readonly [module: string, operationId: string, ...rest: readonly unknown[]];

/** Marks the key of a list that is kept page by page, which is no answer of its operation. */
export const PAGES = 'pages';
