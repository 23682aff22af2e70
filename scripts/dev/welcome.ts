/** The first path of a joined contract that has no parameters in it and can be read; the document itself where there is none. */
export function findReadablePath(contract: string): string {
  const { paths }: { readonly paths: Readonly<Record<string, object>> } = JSON.parse(contract);
  const found = Object.entries(paths).find(([path, item]) => !path.includes('{') && 'get' in item);
  return found?.[0] ?? '/openapi.yaml';
}

/** What runs, where, and what to try: the lines that end a start. */
export function welcome(running: {
  /** Undefined when no web app is served. */
  readonly webUrl: string | undefined;
  readonly apiUrl: string;
  readonly identityUrl: string;
  readonly database: { readonly place: string };
  /** A path of the contract that can be read as it is. */
  readonly readablePath: string;
  /** What prints a token. */
  readonly tokenCommand: string;
  readonly startedInMs: number;
}): string {
  const { webUrl, apiUrl, identityUrl, database, readablePath, tokenCommand, startedInMs } = running;
  return `
Started in ${(startedInMs / 1000).toFixed(1)} s:
${webUrl === undefined ? '' : `\n  Web app      ${webUrl}`}
  API          ${apiUrl}
  Reference    ${apiUrl}/docs
  Identity     ${identityUrl}/api/auth
  PostgreSQL   ${database.place}

Try, in another terminal:

  TOKEN=$(${tokenCommand})
  curl ${apiUrl}${readablePath} -H "Authorization: Bearer $TOKEN"

Ctrl-C stops all of it.
`;
}
