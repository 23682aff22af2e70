import type { Operation, OperationTable } from './operation.ts';

/** A handler with its operation's types erased; the runtime calls it with what it decoded and validated. */
export type Handler = (request: never, context: never) => Promise<unknown>;

/** One module's contract beside the code that keeps it: all that the runtime needs to serve the module. */
export interface ModuleBinding<Name extends string = string> {
  /** The module's folder name. */
  readonly name: Name;
  /** `generated/<module>/contract.json`. */
  readonly document: object;
  readonly operations: OperationTable;
  readonly handlers: Readonly<Record<string, Handler>>;
}

/**
 * Pairs a module's operation table with its handlers. Does not compile when an operation lacks a handler, or a
 * handler an operation; the app checks the same again at start-up, for what types cannot see.
 */
export function bindModule<
  H extends { readonly [K in keyof H]: Handler },
  const Name extends string = string,
>(binding: {
  readonly name: Name;
  readonly document: object;
  readonly operations: { readonly [K in keyof NoInfer<H>]: Operation };
  readonly handlers: H;
}): ModuleBinding<Name> {
  return binding;
}

/** A module as an app serves it. */
export interface ServedModule<Name extends string = string> {
  readonly binding: ModuleBinding<Name>;
  /** The module's schema in the database; left out by a module without tables. */
  readonly schema?: string;
}

/**
 * One module for each name. With the union that is generated from `specs/` (`ModuleName` of `generated/modules.ts`) an app does not
 * compile when it leaves a module out, serves one that no spec has, or puts one in the place of another.
 */
export type ServedModules<Names extends string> = { readonly [Name in Names]: ServedModule<Name> };
