import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, suite, test } from 'node:test';
import { parse } from 'yaml';
import {
  PLAIN_KEYWORDS,
  SCHEMA_KEYWORDS,
  SCHEMA_LIST_KEYWORDS,
  SCHEMA_MAP_KEYWORDS,
} from '#kernel/contract/validation/schema-views.ts';
import { ERROR_CODES } from '#kernel/domain/error-code.ts';
import { get, keywords, ofModules, parameters, reading, type Refusal } from './refusals.ts';
import { startRefusals } from './start-refusals.ts';

const ROOT = new URL('../../../', import.meta.url);
const { components } = parse(await readFile(new URL('specs/common/components.yaml', ROOT), 'utf8'));
const api = await startRefusals();
after(() => api[Symbol.asyncDispose]());

/** Keywords that assert nothing by themselves. */
const SILENT = new Set(['default', '$defs']);

const refusals: readonly Refusal[] = [
  ...keywords.map(([, value, ...errors], index) => ({
    request: { method: 'POST', json: { [`p${index}`]: value } },
    errors: errors.map((error) => ({ ...error, pointer: `/p${index}${error.pointer ?? ''}` })),
  })),
  ...reading,
  ...parameters,
  ...ofModules.map((entry, index) => ({ path: `/rules/.${index}`, request: get, errors: [entry] })),
];

suite('a refusal says why by machine', () => {
  for (const { path = '/bodies', request, errors } of refusals) {
    const name = errors.map(({ code, limit }) => `${code} ${JSON.stringify(limit ?? null)}`).join(', ');
    test(`${request.method ?? 'GET'} ${path}: ${name}`, async () => {
      const answer = await api.fetch(path, { token: 'ann', ...request });
      const body = await answer.text();
      assert.ok(answer.status === 400 || answer.status === 422, body);
      const entries: readonly { readonly detail: unknown }[] = JSON.parse(body).errors;
      assert.ok(entries.every(({ detail }) => typeof detail === 'string' && detail.length > 5));
      assert.deepEqual(
        entries.map(({ detail: _detail, ...entry }) => entry),
        errors,
      );
    });
  }

  test('with every code that there is', () => {
    const told = new Set<string>(refusals.flatMap(({ errors }) => errors.map(({ code }) => code)));
    assert.deepEqual([...told].toSorted(), Object.keys(ERROR_CODES).toSorted());
  });

  test('which the contract and the documentation list, with the same limits', async () => {
    const { schemas } = components;
    assert.deepEqual(schemas.ProblemErrorCode.anyOf[0].enum, Object.keys(ERROR_CODES));
    const rows = (await readFile(new URL('docs/problems.md', ROOT), 'utf8')).matchAll(
      /^\| `(\w+)` \| (none|number|text|list) \| /gm,
    );
    assert.deepEqual(Object.fromEntries([...rows].map(([, code, limit]) => [code, limit])), ERROR_CODES);
  });

  test('whatever keyword of a schema failed', () => {
    const used = new Set(keywords.flatMap(([schema]) => Object.keys(schema)));
    const known = [...PLAIN_KEYWORDS, ...SCHEMA_KEYWORDS, ...SCHEMA_LIST_KEYWORDS, ...SCHEMA_MAP_KEYWORDS];
    assert.deepEqual(
      known.filter((keyword) => !used.has(keyword) && !SILENT.has(keyword)),
      [],
    );
  });
});
