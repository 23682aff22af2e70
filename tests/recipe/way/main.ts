import { env } from 'node:process';
import { TEMPLATE, startTestServer } from '../../../scripts/test/test-database.ts';
import { ROOT } from './coverage.ts';
import { followProperty } from './property-way.ts';
import { followRequests } from './request-way.ts';

/**
 * Prints which of the project's own files are on the way of one `GET` and one `POST` of the served API, on a PostgreSQL of its
 * own, and on that of one property from YAML to what is generated. ARCHITECTURE.md lists them in reading order.
 */
export async function main(): Promise<void> {
  const server = await startTestServer(ROOT);
  try {
    env['TEST_DATABASE_URL'] = server.adminUrl;
    env['TEST_DATABASE_TEMPLATE'] = TEMPLATE;
    const { get, post } = await followRequests();
    print('GET /recipes/{recipeId}', get);
    print('POST /recipes', post);
  } finally {
    await server.stop();
  }
  print('one property of a schema', await followProperty());
}

function print(what: string, files: readonly string[]): void {
  process.stdout.write(`${what}: ${files.length} files\n${files.map((file) => `  ${file}\n`).join('')}\n`);
}

await main();
