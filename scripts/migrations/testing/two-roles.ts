import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { query } from './migration-project.ts';
import type { MigrationProject } from './migration-project.ts';

/** The script that makes both roles. */
export const ROLES = join(import.meta.dirname, '../roles.sql');

/** Connection strings of both roles to one database. */
export interface TwoRoles extends AsyncDisposable {
  readonly ownerUrl: string;
  readonly appUrl: string;
}

/** Runs `roles.sql` on a project's database, twice: the second time changes nothing. Both roles go at the end of the scope. */
export async function makeRoles(project: MigrationProject): Promise<TwoRoles> {
  const name = `shop_${randomBytes(4).toString('hex')}`;
  const [owner, app] = [`${name}_owner`, name];
  const sql = await readFile(ROLES, 'utf8');
  for (let run = 0; run < 2; run += 1) {
    await query(project.adminUrl, `SET roles.owner TO ${owner}; SET roles.app TO ${app};\n${sql}`);
  }
  await query(project.adminUrl, `ALTER ROLE ${owner} PASSWORD 'one'; ALTER ROLE ${app} PASSWORD 'two'`);
  const { host, pathname } = new URL(project.adminUrl);
  return {
    ownerUrl: `postgres://${owner}:one@${host}${pathname}`,
    appUrl: `postgres://${app}:two@${host}${pathname}`,
    async [Symbol.asyncDispose]() {
      await query(project.adminUrl, `ALTER DATABASE ${pathname.slice(1)} OWNER TO api`);
      // One after the other: PostgreSQL trips over default privileges that both have a part in.
      for (const role of [app, owner]) {
        await query(project.adminUrl, `DROP OWNED BY ${role} CASCADE`);
      }
      await query(project.adminUrl, `DROP ROLE ${owner}, ${app}`);
    },
  };
}
