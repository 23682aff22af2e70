/** `npm run mcp` as an agent starts it, with the official client, against the running API. */
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, suite, test } from 'node:test';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { getDefaultEnvironment, StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';

import { compileCache } from '../../../tests/kit/compile-cache.ts';
import { getRecipe, type Recipe } from '../../src/index.ts';
import { SDK } from '../packed.ts';
import { SOUP, startApi } from './running-api.ts';

const api = await startApi();
after(() => api[Symbol.asyncDispose]());

const UNKNOWN = '0198d7a2-8f10-7cc3-9b55-1e3a0c6b7f21';

interface Agent extends AsyncDisposable {
  readonly client: Client;
  readonly call: (name: string, args: Record<string, unknown>) => Promise<CallToolResult>;
  /** The texts of a result that is an error. */
  readonly refused: (name: string, args: Record<string, unknown>) => Promise<readonly string[]>;
}

/** Starts the server with an environment, and connects to it. */
async function startAgent(env: Record<string, string>): Promise<Agent> {
  const transport = new StdioClientTransport({
    command: 'npm',
    args: ['run', '--silent', 'mcp'],
    cwd: path.join(SDK, '..'),
    env: { ...getDefaultEnvironment(), ...compileCache, API_URL: api.origin, ...env },
    stderr: 'pipe',
  });
  const client = new Client({ name: 'test', version: '1.0.0' });
  await client.connect(transport);
  const call = async (name: string, args: Record<string, unknown>): Promise<CallToolResult> => {
    const result = await client.callTool({ name, arguments: args });
    assert.ok('content' in result && Array.isArray(result.content));
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- checked by the client
    return result as CallToolResult;
  };
  return {
    client,
    call,
    refused: async (name, args) => {
      const { isError, content } = await call(name, args);
      assert.equal(isError, true);
      return content.map((item) => (item.type === 'text' ? item.text : ''));
    },
    [Symbol.asyncDispose]: () => client.close(),
  };
}

function token(subject: string): string {
  return api.identity.token({ claims: { sub: subject } });
}

suite('npm run mcp', () => {
  test('has the operations of the API as tools, each with what it takes', async () => {
    await using agent = await startAgent({ API_TOKEN: token('mcp') });
    const { tools } = await agent.client.listTools();
    const ofRecipes = tools.map(({ name }) => name).filter((name) => name.includes('Recipe'));
    assert.deepEqual(ofRecipes.toSorted(), [
      'createRecipe',
      'deleteRecipe',
      'getRecipe',
      'getScaledRecipe',
      'listRecipeTags',
      'listRecipes',
      'replaceRecipe',
      'updateRecipe',
    ]);
    const update = tools.find(({ name }) => name === 'updateRecipe');
    assert.ok(update?.description);
    const { properties = {}, required = [] } = update.inputSchema;
    assert.deepEqual(Object.keys(properties).toSorted(), ['bodyParams', 'pathParams', 'queryParams']);
    assert.ok(required.includes('pathParams'));
    assert.match(JSON.stringify(properties['queryParams']), /"If-Match"/);
    assert.equal(tools.find(({ name }) => name === 'getRecipe')?.annotations?.readOnlyHint, true);
  });

  test('creates a recipe, finds it, and changes the version that was read', async () => {
    await using agent = await startAgent({ API_TOKEN: token('mcp') });
    const created = await agent.call('createRecipe', { bodyParams: { ...SOUP, title: 'Soup of an agent' } });
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what the tool declares
    const { id } = created.structuredContent as unknown as Recipe;
    const list = await agent.call('listRecipes', { queryParams: { q: 'soup of an agent', limit: 5 } });
    assert.match(JSON.stringify(list.structuredContent), new RegExp(id));
    const read = await agent.call('getRecipe', { pathParams: { recipeId: id }, queryParams: {} });
    const texts = read.content.map((item) => (item.type === 'text' ? item.text : ''));
    assert.ok(texts.includes('etag: "v1"'), texts.join('\n'));
    const update = (title: string, version: string): [string, Record<string, unknown>] => [
      'updateRecipe',
      { pathParams: { recipeId: id }, queryParams: { 'If-Match': version }, bodyParams: { title } },
    ];
    assert.equal((await agent.call(...update('Red soup', '"v1"'))).isError, undefined);
    const [late = ''] = await agent.refused(...update('Green soup', '"v1"'));
    assert.match(late, /^updateRecipe: 412 /);
    const kept = await getRecipe({ recipeId: id }, api.as('mcp'));
    assert.ok(kept.status === 200 && kept.data.title === 'Red soup');
  });

  test('says clearly why a call was refused', async () => {
    await using agent = await startAgent({ API_TOKEN: token('mcp') });
    const [missing = '', problem = ''] = await agent.refused('getRecipe', {
      pathParams: { recipeId: UNKNOWN },
      queryParams: {},
    });
    assert.match(missing, /^getRecipe: 404 \S/);
    assert.match(problem, /"title":"Not found"/);
    // The pattern of the cursor is the API's alone.
    const [wrong = ''] = await agent.refused('listRecipes', { queryParams: { cursor: '***' } });
    assert.match(wrong, /^listRecipes: 4(00|22) \S/);
    // What the contract says of a call is checked before it is sent.
    const [unsent = ''] = await agent.refused('listRecipes', { queryParams: { limit: 0 } });
    assert.match(unsent, /limit/);
  });

  test('says so without a token, and where the API cannot be reached', async () => {
    await using nobody = await startAgent({});
    const [unknown = ''] = await nobody.refused('listRecipes', { queryParams: {} });
    assert.match(unknown, /^listRecipes: 401 \S/);
    await using lost = await startAgent({ API_URL: 'http://127.0.0.1:1' });
    const [offline = ''] = await lost.refused('deleteRecipe', {
      pathParams: { recipeId: UNKNOWN },
      queryParams: {},
    });
    assert.match(offline, /^deleteRecipe: the connection failed/);
  });

  test('asks a command for a new token when the API refuses the old one', async () => {
    const now = Math.floor(Date.now() / 1000);
    const old = api.identity.token({ claims: { sub: 'mcp', iat: now - 7200, exp: now - 3600 } });
    // The first time it gives the old one, and leaves a mark.
    const command = `if mkdir "$TMPDIR_OF_TEST/asked" 2>/dev/null; then echo ${old}; else echo ${token('mcp')}; fi`;
    const { mkdtemp, rm } = await import('node:fs/promises');
    const { tmpdir } = await import('node:os');
    const folder = await mkdtemp(path.join(tmpdir(), 'mcp-token-'));
    try {
      await using agent = await startAgent({ API_TOKEN_COMMAND: command, TMPDIR_OF_TEST: folder });
      const list = await agent.call('listRecipes', { queryParams: {} });
      assert.equal(list.isError, undefined);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
