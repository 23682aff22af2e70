import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { env } from 'node:process';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';

import { reasonToSkip } from './browser.ts';

const MOST_BYTES = 120_000;

test(
  'the first page loads at most 120 kB of JavaScript',
  { skip: reasonToSkip() ?? false },
  async (context) => {
    const dist = env['WEB_DIST'] ?? 'dist';
    const page = await readFile(join(dist, 'index.html'), 'utf8');
    const scripts = [...page.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)].map(([, path = '']) => path);
    assert.ok(scripts.length > 0);
    const sizes = await Promise.all(
      scripts.map(async (path) => gzipSync(await readFile(join(dist, path))).length),
    );
    const bytes = sizes.reduce((sum, size) => sum + size, 0);
    context.diagnostic(`JavaScript of the first page: ${(bytes / 1000).toFixed(1)} kB, compressed with gzip`);
    assert.ok(bytes <= MOST_BYTES, `${bytes} bytes`);
  },
);

test(
  'the fonts of the first page weigh at most 60 kB',
  { skip: reasonToSkip() ?? false },
  async (context) => {
    const assets = join(env['WEB_DIST'] ?? 'dist', 'assets');
    // Browsers load the subsets whose characters are on the page: Latin, for a page in English.
    const fonts = (await readdir(assets)).filter((name) => /-latin-wght-normal-.*\.woff2$/.test(name));
    assert.equal(fonts.length, 2);
    const sizes = await Promise.all(fonts.map(async (name) => (await readFile(join(assets, name))).length));
    const bytes = sizes.reduce((sum, size) => sum + size, 0);
    context.diagnostic(`fonts of the first page: ${(bytes / 1000).toFixed(1)} kB`);
    assert.ok(bytes <= 60_000, `${bytes} bytes`);
  },
);
