import type { Contract, Diagnostic, JsonObject } from './contract.ts';

/** What compiling gives: a contract, or everything that is wrong with the sources. */
export type Compiled =
  | {
      readonly ok: true;
      readonly contract: Contract;
      /** The joined OpenAPI document of all modules, keys in a stable order. */
      readonly joined: JsonObject;
    }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/** Compiles the project's specs: load, lint, join, resolve. `root` is the folder that holds `specs/`. */
export async function compileContract(options: { readonly root: string }): Promise<Compiled> {
  throw new Error(`not done: ${options.root}`);
}

/** Compiles one foreign single-file document (YAML or JSON, OpenAPI 3.0 or 3.1): structural rules, no house style. */
export async function compileDocument(options: {
  readonly file: string;
  readonly text: string;
  readonly moduleName: string;
}): Promise<Compiled> {
  throw new Error(`not done: ${options.file}`);
}
