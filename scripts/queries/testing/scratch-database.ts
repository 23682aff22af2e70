import { randomBytes } from 'node:crypto';
import { env } from 'node:process';
import { Client } from 'pg';

/** An empty database of one test's own; dropped at the end of its scope. */
export interface ScratchDatabase extends AsyncDisposable {
  readonly url: string;
  readonly client: Client;
}

/**
 * Makes a database on the server of the running test command and runs `schema` in it.
 *
 * @throws outside `npm test`, which provides the server.
 */
export async function createScratchDatabase(schema = ''): Promise<ScratchDatabase> {
  const server = env['TEST_DATABASE_URL'];
  if (server === undefined) {
    throw new Error('This test needs PostgreSQL. Run it through `npm test -- <file>`.');
  }
  const name = `sql_${randomBytes(6).toString('hex')}`;
  await execute(server, `CREATE DATABASE ${name} STRATEGY file_copy`);
  const url = new URL(`/${name}`, server).href;
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(schema);
  return {
    url,
    client,
    async [Symbol.asyncDispose]() {
      await client.end();
      await execute(server, `DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}

async function execute(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
