import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { suite, test } from 'node:test';
import { parse } from '@swc/core';

import { MAX_PARTS } from '#kernel/contract/body/multipart.ts';
import { MAX_FORM_FIELDS } from '#kernel/contract/body/request-body.ts';
import { FORBIDDEN_NAMES, MAX_JSON_DEPTH, MAX_JSON_VALUES } from '#kernel/contract/decode/json-text.ts';
import { isJsonObject } from '#kernel/contract/validation/json-document.ts';
import { Readiness } from '#kernel/http/server/http-server.ts';
import { createOperationalEndpoints } from '#kernel/operational/operational-endpoints.ts';
import { createBearerAuthenticator } from '#kernel/auth/bearer-authenticator.ts';
import { SERVER_RUNTIME } from '../../../scripts/generator/contract/server-runtime.ts';
import { PROJECT } from '../../../scripts/generator/testing/check-types.ts';
import { REFUSALS } from './refusals.ts';

/** What ends a start, or is a defect; errors of other classes are those of a request, a response or a text. */
const OF_START = new Set(['Error', 'BindingError']);

/** The sentences of the errors that a source makes: `{}` stands for each value in them. */
async function sentencesOf(file: string): Promise<readonly string[]> {
  const text = await readFile(file, 'utf8');
  const found: string[] = [];
  const binds = text.includes('BindingError');
  const walk = (node: unknown, made: string): void => {
    if (Array.isArray(node)) for (const each of node as readonly unknown[]) walk(each, made);
    if (!isJsonObject(node)) return;
    const { type, callee } = node;
    const within = type === 'NewExpression' && isJsonObject(callee) ? String(callee['value']) : made;
    const sentence = type === 'ImportDeclaration' ? undefined : textOf(node);
    // In a file that binds contract and code, sentences are gathered before they are thrown.
    const isSaid = OF_START.has(within) || (within === '' && binds && sentence?.endsWith('.') === true);
    if (isSaid && sentence !== undefined && /^[\w{][^]* [^]*$/.test(sentence)) found.push(sentence);
    for (const [name, each] of Object.entries(node)) if (name !== 'span') walk(each, within);
  };
  walk((await parse(text, { syntax: 'typescript' })).body, '');
  return found;
}

function textOf(node: Readonly<Record<string, unknown>>): string | undefined {
  if (node['type'] === 'StringLiteral') return String(node['value']);
  if (node['type'] !== 'TemplateLiteral' || !Array.isArray(node['quasis'])) return undefined;
  return node['quasis']
    .map((piece: unknown) => (isJsonObject(piece) ? String(piece['cooked']) : ''))
    .join('{}');
}

/** The sources that run while an app with contracts starts. */
async function startUpSources(): Promise<readonly string[]> {
  const folders = ['contract', 'app', 'operational'].map((name) => path.join(PROJECT, 'src', 'kernel', name));
  const entries = await Promise.all(
    folders.map((each) => readdir(each, { recursive: true, withFileTypes: true })),
  );
  return entries
    .flat()
    .filter((entry) => entry.isFile() && /(?<!\.(test|types))\.ts$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name));
}

suite('everything that start-up refuses, generate refuses first', () => {
  // @requirement 35
  test('each sentence of the sources is in the table, and each of the table in the sources', async () => {
    const sentences = (await Promise.all((await startUpSources()).map(sentencesOf))).flat();
    assert.ok(sentences.length > 30);
    assert.deepEqual([...new Set(sentences)].toSorted(), Object.keys(REFUSALS).toSorted());
  });

  test('the search finds a sentence that is planted', async (context) => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'start-up-'));
    context.after(() => rm(folder, { recursive: true }));
    const file = path.join(folder, 'planted.ts');
    await writeFile(
      file,
      'mismatches.push(`Jar ${name} is open.`); throw new Error("It broke"); new ProtocolError(400, "a", "No b."); class BindingError {}',
    );
    assert.deepEqual(await sentencesOf(file), ['Jar {} is open.', 'It broke']);
  });

  for (const [sentence, guard] of Object.entries(REFUSALS)) {
    if ('never' in guard) continue;
    test(`generate or the compiler refuses before: ${sentence}`, async () => {
      if ('types' in guard) {
        assert.match(await readFile(path.join(PROJECT, guard.types), 'utf8'), /@ts-expect-error/);
        return;
      }
      const found = await readFile(
        path.join(PROJECT, 'scripts/generator/testdata/rejected', guard.rejected, 'diagnostics.txt'),
        'utf8',
      );
      assert.ok(found.includes(` ${guard.rule}: `), found);
    });
  }

  test('the compiler knows the paths that the server has itself', () => {
    const endpoints = createOperationalEndpoints({
      readiness: new Readiness(),
      database: { ping: () => Promise.resolve() },
      contract: { yaml: new Uint8Array(), json: new Uint8Array(), title: '', document: {} },
    });
    assert.deepEqual(SERVER_RUNTIME.paths, [...endpoints.keys()].toSorted());
  });

  test('the compiler knows how much of a body the server reads', () => {
    assert.deepEqual(SERVER_RUNTIME.limits, {
      parts: MAX_PARTS,
      fields: MAX_FORM_FIELDS,
      depth: MAX_JSON_DEPTH,
      values: MAX_JSON_VALUES,
      names: [...FORBIDDEN_NAMES],
    });
  });

  test('the compiler knows the credentials that the server can check', () => {
    const { scheme } = createBearerAuthenticator(() => Promise.reject(new Error('is not called')));
    assert.deepEqual(SERVER_RUNTIME.schemes, { bearerAuth: scheme });
  });
});
