import { env } from 'node:process';

/** What a process with an environment of its own is given beside it, so that it loads what others have compiled. */
export const compileCache: Readonly<Record<string, string>> =
  env['NODE_COMPILE_CACHE'] === undefined ? {} : { NODE_COMPILE_CACHE: env['NODE_COMPILE_CACHE'] };
