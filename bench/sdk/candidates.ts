import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

import { peer } from './peers.ts';

const run = promisify(execFile);
const PROJECT = path.join(import.meta.dirname, '../..');
const CONTRACT = path.join(PROJECT, 'generated', 'openapi.json');

/** One way to call the API of the contract. */
export interface Candidate {
  readonly name: string;
  /** What an app has to write itself, or does without. */
  readonly lacks: string;
  /** Generates into a folder; gives two modules: one that calls `getRecipe`, and one that has every operation. */
  readonly prepare: (folder: string) => Promise<{ one: string; all: string }>;
}

/** All of them, ours first. */
export const CANDIDATES: readonly Candidate[] = [
  {
    name: '@chompardo/sdk',
    lacks: '',
    prepare: async () => {
      const index = path.join(PROJECT, 'sdk/src/index.ts');
      const call = "getRecipe({ recipeId: 'a' }, { client: createClient({ baseUrl: '/api' }) })";
      return {
        one: `import { createClient, getRecipe } from '${index}'; ${call}.then(console.log);`,
        all: `export * from '${index}';`,
      };
    },
  },
  {
    name: 'orval, fetch client',
    lacks:
      'retries, timeouts, token renewal, paging, typed response headers, errors, unexpected statuses; base URL',
    prepare: async (folder) => {
      const script = path.join(PROJECT, 'scripts/generator/sdk/testing/run-oracles.ts');
      await run(process.execPath, [script, CONTRACT, CONTRACT, folder], { cwd: folder });
      const client = path.join(folder, 'orval/client.ts');
      return {
        one: `import { getRecipe } from '${client}'; getRecipe('a').then(console.log);`,
        all: `export * from '${client}';`,
      };
    },
  },
  {
    name: 'openapi-typescript-codegen',
    lacks:
      'retries, timeouts, typed errors, response headers, tree-shaking; path parameters go through encodeURI',
    prepare: async (folder) => {
      const script = path.join(PROJECT, 'scripts/generator/sdk/testing/run-oracles.ts');
      await run(process.execPath, [script, CONTRACT, CONTRACT, folder], { cwd: folder });
      const services = path.join(folder, 'otc/services');
      const [file = ''] = await readdir(services);
      const service = file.replace('.ts', '');
      const from = path.join(services, file);
      return {
        one: `import { ${service} } from '${from}'; ${service}.getRecipe('a').then(console.log);`,
        all: `export * from '${from}';`,
      };
    },
  },
  {
    name: 'redocly generate-client',
    lacks: 'results by status, typed response headers, refusal of what the contract does not know',
    prepare: async (folder) => {
      const cli = path.join(PROJECT, 'node_modules/@redocly/cli/bin/cli.js');
      const client = path.join(folder, 'client.ts');
      await run(process.execPath, [cli, 'generate-client', CONTRACT, '--output', client], {
        cwd: folder,
        env: { HOME: folder, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
      });
      return {
        one: `import { getRecipe } from '${client}'; getRecipe('a').then(console.log);`,
        all: `export * from '${client}';`,
      };
    },
  },
  {
    name: 'openapi-fetch',
    lacks:
      'retries, timeouts, token renewal, paging, typed response headers, results by status, unexpected statuses',
    prepare: async () => {
      const from = path.join(await peer('openapi-fetch'), 'dist/index.mjs');
      const one = `import create from '${from}'; create({ baseUrl: '/api' }).GET('/recipes/{recipeId}', { params: { path: { recipeId: 'a' } } }).then(console.log);`;
      return { one, all: one };
    },
  },
  {
    name: '@hey-api/openapi-ts',
    lacks: 'retries, timeouts, token renewal, typed response headers, results by status, unexpected statuses',
    prepare: async (folder) => {
      const cli = path.join(await peer('@hey-api/openapi-ts'), 'bin/run.js');
      const output = path.join(folder, 'client');
      await run(process.execPath, [cli, '-i', CONTRACT, '-o', output], { cwd: folder });
      const sdk = path.join(output, 'sdk.gen.ts');
      return {
        one: `import { getRecipe } from '${sdk}'; getRecipe({ path: { recipeId: 'a' } }).then(console.log);`,
        all: `export * from '${sdk}';`,
      };
    },
  },
];
