/**
 * The Chompardo API: one function per operation, and what calls them. A name that both had would be a compile error
 * here.
 */
export * from './generated/index.ts';
export * from './runtime/index.ts';
