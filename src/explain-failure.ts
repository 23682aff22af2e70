import { relative } from 'node:path';

/** Errors of the language and of Node.js: their messages are not written for the person who starts the API. */
const BARE = new Set(['Error', 'SyntaxError', 'TypeError', 'ReferenceError', 'RangeError']);

/** `file:///app/src/app.ts:12:3` or `/app/src/app.ts:12`, outside of packages. */
const PLACE = /(?<scheme>file:\/\/)?(?<path>\/(?:(?!node_modules\/)[^\n():])+\.[cm]?[jt]s:[0-9]+)/;

/**
 * What an error says. A defect is said on one line and with its place, `src/app.ts:12`, because only its developer can mend
 * it; an error of a class of ours is made for the person who reads it and says all there is.
 */
export function explainFailure(error: unknown, root: string = process.cwd()): string {
  if (!(error instanceof Error)) return String(error);
  if (!BARE.has(error.constructor.name)) return error.message;
  const message = error.message.replaceAll(/\s*\n\s*/g, ' ');
  const { scheme, path } = PLACE.exec(error.stack?.replace(error.message, '') ?? '')?.groups ?? {};
  if (path === undefined) return message;
  const place = scheme === undefined ? path : decodeURI(path);
  const below = relative(root, place);
  return `${message} (${below.startsWith('..') ? place : below})`;
}
