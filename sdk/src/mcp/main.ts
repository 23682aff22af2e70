/**
 * `npm run mcp`: the operations of the API as tools of an MCP server (Model Context Protocol) on standard input and output. It calls the
 * API at `API_URL` with the token of `API_TOKEN`, or with the one that `API_TOKEN_COMMAND` prints: a shell command, asked again
 * when the API refuses the token.
 */
import { exec } from 'node:child_process';
import { promisify } from 'node:util';

import { createClient, setDefaultClient } from '../runtime/client.ts';
import type { TokenRequest } from '../runtime/credentials.ts';

const { API_URL = 'http://127.0.0.1:4000', API_TOKEN, API_TOKEN_COMMAND } = process.env;

async function token({ signal }: TokenRequest): Promise<string | undefined> {
  if (API_TOKEN_COMMAND === undefined) return API_TOKEN;
  const { stdout } = await promisify(exec)(API_TOKEN_COMMAND, { signal });
  return stdout.trim();
}

try {
  setDefaultClient(createClient({ baseUrl: API_URL, auth: token }));
  // Its import starts the server.
  await import('../generated/orval/mcp/server.ts');
} catch (error) {
  const reason = error instanceof Error ? error.message : String(error);
  process.stderr.write(`The MCP server cannot start. API_URL is ${API_URL}: ${reason}\n`);
  process.exitCode = 1;
}
