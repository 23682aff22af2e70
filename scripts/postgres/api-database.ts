import { Client } from 'pg';
import { errorCode } from '../diagnostics/error-code.ts';

/** Role, password and database of local development, the same on every machine. */
const API = { role: 'api', password: 'api_secret', database: 'api' } as const;

const CREATE_ROLE = `CREATE ROLE ${API.role} LOGIN PASSWORD '${API.password}'`;
const CREATE_DATABASE = `CREATE DATABASE ${API.database} OWNER ${API.role}`;

/** Makes both on a server in single-user mode, which takes a statement a line. */
export const API_DATABASE_SCRIPT = `${CREATE_ROLE}\n${CREATE_DATABASE}\n`;

/**
 * Makes role and database `api` on a server unless they are there; another start may be doing the same.
 *
 * @returns the connection string of role `api`.
 * @throws when the server is not the one that works on `dataDir`.
 */
export async function ensureApiDatabase(options: {
  readonly adminUrl: string;
  readonly dataDir: string;
}): Promise<string> {
  const client = new Client({ connectionString: options.adminUrl, connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
    const found = await client.query<{ dataDir: string; role: boolean; database: boolean }>(
      `SELECT current_setting('data_directory') AS "dataDir",
              EXISTS (SELECT FROM pg_roles WHERE rolname = $1) AS role,
              EXISTS (SELECT FROM pg_database WHERE datname = $2) AS database`,
      [API.role, API.database],
    );
    const state = found.rows[0];
    if (state?.dataDir !== options.dataDir) {
      throw new Error(`it works on ${state?.dataDir ?? 'another folder'}`);
    }
    if (!state.role) {
      await ignoreDuplicate(client.query(CREATE_ROLE));
    }
    if (!state.database) {
      await ignoreDuplicate(client.query(CREATE_DATABASE));
    }
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`The PostgreSQL on ${options.dataDir} cannot be used: ${why}`, { cause });
  } finally {
    await client.end().catch(() => {});
  }
  return apiDatabaseUrl(new URL(options.adminUrl).host);
}

/** The connection string of role `api`. @param host with its port: `127.0.0.1:5432`. */
export function apiDatabaseUrl(host: string, database: string = API.database): string {
  return `postgres://${API.role}:${API.password}@${host}/${database}`;
}

async function ignoreDuplicate(statement: Promise<unknown>): Promise<void> {
  try {
    await statement;
  } catch (error) {
    // duplicate_object, duplicate_database, or their unique indexes when two starts race
    if (!['42710', '42P04', '23505'].includes(errorCode(error))) {
      throw error;
    }
  }
}
