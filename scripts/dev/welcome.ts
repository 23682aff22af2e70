/** What runs, where, and what to try: the lines that end a start. */
export function welcome(running: {
  /** Undefined when no web app is served. */
  readonly webUrl: string | undefined;
  readonly apiUrl: string;
  readonly identityUrl: string;
  readonly database: { readonly place: string };
  /** What prints a token. */
  readonly tokenCommand: string;
  readonly startedInMs: number;
}): string {
  const { webUrl, apiUrl, identityUrl, database, tokenCommand, startedInMs } = running;
  return `
Started in ${(startedInMs / 1000).toFixed(1)} s:
${webUrl === undefined ? '' : `\n  Web app      ${webUrl}`}
  API          ${apiUrl}
  Reference    ${apiUrl}/docs
  Identity     ${identityUrl}/api/auth
  PostgreSQL   ${database.place}

Try, in another terminal:

  TOKEN=$(${tokenCommand})
  curl ${apiUrl}/recipes -H "Authorization: Bearer $TOKEN"
  curl ${apiUrl}/recipes -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' -d '{
    "title": "Pancakes", "servings": 4, "ingredients": [{ "name": "flour", "quantity": "250", "unit": "g" }],
    "steps": ["Mix.", "Bake."], "visibility": "private"
  }'

Ctrl-C stops all of it.
`;
}
