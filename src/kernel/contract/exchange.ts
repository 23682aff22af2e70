import type { IncomingMessage, ServerResponse } from 'node:http';
import type { BoundOperation } from './bound-operation.ts';

/** One request on its way through the runtime. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly bound: BoundOperation;
  /** Raw texts of the path's parameters, by name. */
  readonly pathTexts: ReadonlyMap<string, string>;
}
