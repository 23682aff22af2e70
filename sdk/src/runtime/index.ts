/** The runtime of `@chompardo/sdk`: what an application needs beside the operations. */
export {
  createClient,
  setDefaultClient,
  type CallOptions,
  type CallSettings,
  type Client,
  type ClientOptions,
  type Clock,
} from './client.ts';
export { ifMatch, ifNoneMatch, type EntityTagSource } from './conditional.ts';
export type { Credentials, TokenProvider, TokenRequest } from './credentials.ts';
export {
  AbortedError,
  ApiError,
  AuthError,
  CallError,
  ConnectionError,
  HookError,
  RequestError,
  TimeoutError,
  UnexpectedResponseError,
  type CallFailure,
  type ProblemDetails,
} from './errors.ts';
export type { BinaryBody, JsonValue, UploadedFile } from './body-types.ts';
export type { Attempt, Hooks } from './hooks.ts';
export type { NoParams, Operation, PagedOperation, ParamsOf, ResultOf } from './operation.ts';
export type { FetchOptions } from './platform-types.ts';
export { paginate, type Page, type Paginated } from './paginate.ts';
export type { AnyResult, DataOf, Reply, Result, Results } from './result.ts';
export type { RetryPolicy } from './retry.ts';
export { isErrorOf, unwrap, type ErrorOf } from './unwrap.ts';
export type { SetTimer } from './within.ts';
