/**
 * `@chompardo/sdk/msw`: the API for tests and for working without one, as handlers for Mock Service Worker. Their data
 * is what the contract allows, and the same for the same seed.
 */
export * from '../generated/msw.ts';
export type { MockFactory, MockReply, MockRequest, MockSettings } from './mock.ts';
