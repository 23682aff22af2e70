import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { createDatabase } from '#kernel/database/create-database.ts';
import type { Database } from '#kernel/database/database.ts';
import { compileCache } from '#tests/kit/compile-cache.ts';
import type { TestDatabase } from '#tests/kit/database.ts';
import type { FakeIdentity } from '#tests/kit/identity.ts';
import {
  findPgbouncer,
  NO_PGBOUNCER,
  startPgbouncer,
  type Pgbouncer,
  type PgbouncerOptions,
} from './pgbouncer.ts';

const MAIN = fileURLToPath(new URL('../../../src/main.ts', import.meta.url));
/** Far fewer than there are clients, so that each statement may meet another connection than the last. */
export const SERVER_CONNECTIONS = 3;

const program = await findPgbouncer();

/** Options of a suite that needs PgBouncer: it is skipped, saying so, where there is none. */
export const NEEDS_PGBOUNCER: { readonly skip?: string } =
  program === undefined ? { skip: NO_PGBOUNCER } : {};

/** A pooler in transaction mode in front of a test's database. */
export function startPooler(
  db: TestDatabase,
  more: Pick<PgbouncerOptions, 'ignoredParameters'> = {},
): Promise<Pgbouncer> {
  const passwords = { api: 'api_secret' };
  return startPgbouncer({
    program: program ?? '',
    serverUrl: db.adminUrl,
    passwords,
    poolMode: 'transaction',
    poolSize: SERVER_CONNECTIONS,
    ...more,
  });
}

/** The API as a process of its own. */
export interface Replica extends AsyncDisposable {
  call(method: string, path: string, request: ReplicaRequest): Promise<Response>;
  /** What it has written so far. */
  said(): string;
}

/** What is sent to it. */
export interface ReplicaRequest {
  readonly token: string;
  readonly json?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Starts one, and waits until it serves. */
export async function startReplica(
  identity: FakeIdentity,
  databaseUrl: string,
  variables: Readonly<Record<string, string>> = {},
): Promise<Replica> {
  const child = spawn(process.execPath, [MAIN], {
    env: {
      ...compileCache,
      PORT: '0',
      DATABASE_URL: databaseUrl,
      AUTH_JWKS_URL: identity.jwksUrl,
      AUTH_ISSUER: identity.issuer,
      AUTH_AUDIENCE: identity.audience,
      RESPONSE_VALIDATION: 'enforce',
      ...variables,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  }
  let port: string | undefined;
  while (port === undefined) {
    assert.equal(child.exitCode, null, output);
    await Promise.race([once(child.stdout, 'data'), once(child, 'exit')]);
    port = /"port":([0-9]+).*"Serving"/.exec(output)?.[1];
  }
  return {
    call: (method, path, { token, json, headers }) =>
      fetch(`http://127.0.0.1:${port}${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
        ...(json === undefined ? {} : { body: JSON.stringify(json) }),
      }),
    said: () => output,
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM');
      if (child.exitCode === null) {
        await once(child, 'exit');
      }
    },
  };
}

/** All values of all rows, as the superuser and past the pooler. */
export async function ask(db: TestDatabase, text: string): Promise<unknown[]> {
  const client = new Client({ connectionString: db.adminUrl });
  await client.connect();
  try {
    return (await client.query<unknown[]>({ text, rowMode: 'array' })).rows.flat();
  } finally {
    await client.end();
  }
}

/** A pool of the API's own kind through the pooler; closed at the end of its scope. */
export function createScoped(url: string): AsyncDisposable & { readonly database: Database } {
  const database = createDatabase({ url, poolSize: 10, isPooled: true, acquireTimeoutMs: 20_000 });
  return { database, [Symbol.asyncDispose]: () => database.close() };
}
