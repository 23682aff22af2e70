/**
 * `@chompardo/sdk/react`: the operations as options for TanStack Query. Everything that takes options takes them:
 * `useQuery`, `useSuspenseQuery`, `useInfiniteQuery`, `useMutation`, `queryClient.prefetchQuery` and so on.
 */
export * from '../generated/react.ts';
export type { AnswerOf, FailureOf } from './answer.ts';
export { bindClient } from './bound-client.ts';
export type {
  Cursor,
  InfiniteQueryFactory,
  InfiniteQueryOptionsOf,
  SkippableInfiniteQueryOptionsOf,
} from './infinite-query.ts';
export type { OperationKey } from './key.ts';
export type { MutationFactory, MutationOptionsOf } from './mutation.ts';
export type { FactoryArguments, QueryCallOptions } from './options.ts';
export type { QueryFactory, QueryOptionsOf, SkippableQueryOptionsOf } from './query.ts';
