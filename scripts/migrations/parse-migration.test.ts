import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { MigrationError, formatMigrationError } from './migration-error.ts';
import { parseMigration } from './parse-migration.ts';
import type { Migration } from './parse-migration.ts';

function parse(text: string | Uint8Array): Migration {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  return parseMigration('migrations/notes/00003_add_title.sql', '/m/00003_add_title.sql', bytes);
}

suite('a migration file', () => {
  test('is its two parts, with the line each begins on', () => {
    const { name, number, up, down, isOutsideTransaction, whyNoDown } = parse(
      '-- A title\n-- Up Migration\nSELECT 1;\n\n-- Down Migration\nSELECT 2;\n',
    );
    assert.deepEqual(
      { name, number, up, down, isOutsideTransaction, whyNoDown },
      {
        name: '00003_add_title',
        number: 3,
        up: { sql: '-- Up Migration\nSELECT 1;', line: 2 },
        down: { sql: '-- Down Migration\nSELECT 2;', line: 5 },
        isOutsideTransaction: false,
        whyNoDown: null,
      },
    );
  });

  test('is the same with a byte order mark and Windows line ends', () => {
    const text = '-- no-transaction\n-- Up Migration\nSELECT 1;\n';
    const other = parse(`\uFEFF${text.replaceAll('\n', '\r\n')}`);
    assert.deepEqual(other, parse(text));
    assert.equal(other.isOutsideTransaction, true);
  });

  test('has no way back when there is no SQL for it', () => {
    assert.equal(
      parse('-- Up Migration\nSELECT 1;\n-- Down Migration\n-- nothing /* at all */\n').down,
      null,
    );
    assert.equal(parse('-- no-down: rows are gone\n-- Up Migration\nSELECT 1;\n').whyNoDown, 'rows are gone');
  });

  const refused: readonly (readonly [string | Uint8Array, string])[] = [
    ['SELECT 1;', '1:1 A migration needs the line `-- Up Migration` above its SQL.'],
    [
      '-- Down Migration\n-- Up Migration\n',
      '1:1 The `-- Down Migration` part comes after the `-- Up Migration` part.',
    ],
    [
      '-- a\n\nSELECT 0;\n-- Up Migration\n',
      '3:1 SQL above the line `-- Up Migration` would never run; move it below.',
    ],
    [
      '-- Up Migration\n-- Up Migration\n',
      '2:1 The line `-- Up Migration` is there twice; only one part of each kind is run.',
    ],
    ['-- Up Migration\nSELECT 1;\0', '2:1 PostgreSQL takes no NUL character; remove it.'],
    [Uint8Array.of(0x2d, 0x2d, 0xff), '1:1 The file is not UTF-8; save it as UTF-8.'],
  ];
  for (const [text, message] of refused) {
    test(`is refused: ${message}`, () => {
      assert.throws(
        () => parse(text),
        (error) => {
          assert.ok(error instanceof MigrationError);
          assert.equal(formatMigrationError(error), `migrations/notes/00003_add_title.sql:${message}`);
          return true;
        },
      );
    });
  }
});
