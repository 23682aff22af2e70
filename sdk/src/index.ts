/** The runtime of `@chompardo/sdk`: what an application needs beside the operations. */
export {
  createClient,
  setDefaultClient,
  type CallOptions,
  type CallSettings,
  type Client,
  type ClientOptions,
  type Clock,
  type FetchOptions,
} from './runtime/client.ts';
export { ifMatch, ifNoneMatch, type EntityTagSource } from './runtime/conditional.ts';
export type { Credentials, TokenProvider, TokenRequest } from './runtime/credentials.ts';
export {
  AbortedError,
  ApiError,
  CallError,
  ConnectionError,
  TimeoutError,
  UnexpectedResponseError,
  type ProblemDetails,
} from './runtime/errors.ts';
export type { Attempt, Hooks } from './runtime/hooks.ts';
export type { NoParams, Operation, PagedOperation, ParamsOf, ResultOf } from './runtime/operation.ts';
export { paginate, type Page, type Paginated } from './runtime/paginate.ts';
export type { AnyResult, DataOf, Reply, Result, Results } from './runtime/result.ts';
export type { RetryPolicy } from './runtime/retry.ts';
export { isErrorOf, unwrap, type ErrorOf } from './runtime/unwrap.ts';
export type { SetTimer } from './runtime/within.ts';
