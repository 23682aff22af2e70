import type { Operation, OperationTable } from './operation.ts';

/** A handler with its operation's types erased; the runtime calls it with what it decoded and validated. */
export type Handler = (request: never, context: never) => Promise<unknown>;

/** One module's contract beside the code that keeps it: all that the runtime needs to serve the module. */
export interface ModuleBinding {
  /** The module's folder name. */
  readonly name: string;
  /** `generated/<module>/contract.json`. */
  readonly document: object;
  readonly operations: OperationTable;
  readonly handlers: Readonly<Record<string, Handler>>;
}

/**
 * Pairs a module's operation table with its handlers. Does not compile when an operation lacks a handler, or a
 * handler an operation; the app checks the same again at start-up, for what types cannot see.
 */
export function bindModule<H extends { readonly [K in keyof H]: Handler }>(binding: {
  readonly name: string;
  readonly document: object;
  readonly operations: { readonly [K in keyof H]: Operation };
  readonly handlers: H;
}): ModuleBinding {
  return binding;
}
