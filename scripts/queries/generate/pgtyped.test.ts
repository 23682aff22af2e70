import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { loadPgTyped } from './pgtyped.ts';

suite("PgTyped's printer", () => {
  test('is where it is loaded from', async () => {
    const { queryToTypeDeclarations, TypeAllocator } = await loadPgTyped();
    assert.equal(typeof queryToTypeDeclarations, 'function');
    assert.equal(new TypeAllocator({}).declaration('sql/notes/pages.sql').trim(), '');
  });

  test('is missed with a sentence when an upgrade moves it', async () => {
    await assert.rejects(
      loadPgTyped(import.meta.url),
      /^Error: @pgtyped\/cli has no queryToTypeDeclarations in lib\/generator\.js any more: find where/,
    );
  });
});
