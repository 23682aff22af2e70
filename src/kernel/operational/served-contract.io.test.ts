import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, test, type TestContext } from 'node:test';
import { pathToFileURL } from 'node:url';
import { readServedContract } from './served-contract.ts';

/** A folder with these files, removed after the test. */
async function folderOf(context: TestContext, files: Readonly<Record<string, string>>): Promise<URL> {
  const folder = await mkdtemp(join(tmpdir(), 'contract-'));
  context.after(() => rm(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return pathToFileURL(`${folder}/`);
}

suite('the contract that is served', () => {
  test('is what was generated, titled by its info whatever else has a title', async (context) => {
    const json = '{"components":{"schemas":{"A":{"title":"A thing"}}},"info":{"title":"Pots & \\"pans\\""}}';
    const folder = await folderOf(context, { 'openapi.yaml': 'openapi: 3.1.0\n', 'openapi.json': json });
    const contract = await readServedContract(folder);
    assert.equal(contract.title, 'Pots & "pans"');
    assert.equal(Buffer.from(contract.json).toString(), json);
    assert.equal(Buffer.from(contract.yaml).toString(), 'openapi: 3.1.0\n');
  });

  test('has a name when it has no title', async (context) => {
    const folder = await folderOf(context, { 'openapi.yaml': '', 'openapi.json': '{"info":{}}' });
    assert.equal((await readServedContract(folder)).title, 'API reference');
  });

  for (const [what, files, sentence] of [
    [
      'the YAML is missing',
      { 'openapi.json': '{}' },
      /openapi\.yaml cannot be read: run npm run generate\.$/,
    ],
    ['the JSON is missing', { 'openapi.yaml': '' }, /openapi\.json cannot be read: run npm run generate\.$/],
    [
      'the JSON is broken',
      { 'openapi.yaml': '', 'openapi.json': '{' },
      /openapi\.json is no JSON: run npm run generate\.$/,
    ],
  ] as const) {
    test(`is not served, with a sentence, when ${what}`, async (context) => {
      await assert.rejects(readServedContract(await folderOf(context, files)), { message: sentence });
    });
  }
});
