/** Variables as a process has them. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** The variables of this process: the one place that reads them. */
export function processVariables(): Variables {
  return process.env;
}
