import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { suite, test } from 'node:test';

import { checkTypes, looseTypes, PROJECT } from './check-types.ts';

suite('looseTypes', () => {
  for (const line of [
    'readonly a: any;',
    'readonly a?: readonly unknown[];',
    'type A = any;',
    'type A = B | unknown;',
    'f(x: string): Promise<any>;',
    'readonly [key: string]: unknown;',
  ]) {
    test(`finds ${line}`, () => assert.deepEqual(looseTypes(`${line}\n`), [line]));
  }

  test('passes the words in comments, strings and names', () => {
    assert.deepEqual(
      looseTypes("/** : any */\nreadonly any: 'x: any'; // = unknown\nreadonly unknown?: anything;\n"),
      [],
    );
  });
});

test('checkTypes reports a planted error, and nothing once it is gone', async () => {
  await mkdir(path.join(PROJECT, '.cache'), { recursive: true });
  const folder = await mkdtemp(path.join(PROJECT, '.cache', 'check-types-'));
  try {
    const tsconfig = path.join(folder, 'tsconfig.json');
    await writeFile(
      tsconfig,
      JSON.stringify({ extends: '../../tsconfig.json', include: ['*.ts'], exclude: [] }),
    );
    await writeFile(
      path.join(folder, 'planted.ts'),
      'export const planted: { a?: number } = { a: undefined };\n',
    );
    assert.match(await checkTypes(tsconfig), /planted\.ts\(1,14\): error TS2375/);
    await writeFile(path.join(folder, 'planted.ts'), 'export const planted: { a?: number } = {};\n');
    assert.equal(await checkTypes(tsconfig), '');
  } finally {
    await rm(folder, { recursive: true });
  }
});
