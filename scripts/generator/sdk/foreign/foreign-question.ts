import type { MessagePort } from 'node:worker_threads';

import type { JsonObject } from '../../contract/contract.ts';

/** Documents for the tools; a tool without one is not run. */
export interface ForeignQuestion {
  /** For orval: the enumerations. */
  readonly enumerations: JsonObject | undefined;
  /** For openapi-typescript-codegen: the components of forms. */
  readonly forms: JsonObject | undefined;
}

/** What the thread is sent. */
export interface ForeignOrder {
  readonly question: ForeignQuestion;
  /** An empty folder for what the tools write. */
  readonly folder: string;
  /** Where the answer goes. */
  readonly port: MessagePort;
}

/** What comes back from the tools: their texts, or why there are none. */
export type ForeignAnswer =
  | { readonly ok: true; readonly enumerations: readonly string[]; readonly forms: readonly string[] }
  | { readonly ok: false; readonly message: string };
