/** What generated factories are made with, under one name: `$react.queryOf`. */
export { infiniteQueryOf } from './infinite-query.ts';
export { mutationOf } from './mutation.ts';
export { queryOf } from './query.ts';
