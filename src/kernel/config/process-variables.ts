import type { Variables } from './environment-reader.ts';

/** The variables of this process: the one place that reads them. */
export function processVariables(): Variables {
  return process.env;
}
