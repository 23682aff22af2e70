/**
 * `@chompardo/sdk/client`: the operations as methods of one object, for scripts and services. A method resolves to the
 * body and throws what is no success.
 */
export * from '../generated/client.ts';
export { ApiCall } from './api-call.ts';
export { ApiListCall } from './api-list-call.ts';
export type { ClassOptions, MethodOptions } from './class-options.ts';
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
} from '../runtime/errors.ts';
export { ifMatch, ifNoneMatch } from '../runtime/conditional.ts';
