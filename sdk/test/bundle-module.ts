import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, transform, type Plugin } from 'esbuild';
import { compile, compileModule } from 'svelte/compiler';

/** Compiles the components and the modules with runes of Svelte, as its plugin for Vite does. */
const svelteFiles: Plugin = {
  name: 'svelte',
  setup(bundle) {
    bundle.onLoad({ filter: /\.svelte$/ }, async ({ path: filename }) => {
      const { js } = compile(await readFile(filename, 'utf8'), { filename, generate: 'client' });
      return { contents: js.code };
    });
    bundle.onLoad({ filter: /\.svelte\.[jt]s$/ }, async ({ path: filename }) => {
      const source = await readFile(filename, 'utf8');
      const { code } = await transform(source, {
        loader: filename.endsWith('.ts') ? 'ts' : 'js',
        target: 'es2022',
      });
      return { contents: compileModule(code, { filename, generate: 'client' }).js.code };
    });
  },
};

/**
 * Bundles the text of a module as for a browser: libraries that give another build to Node.js are those of a browser in it. Its
 * imports are relative to `resolveDir`.
 */
export async function bundleModule(stdin: {
  readonly contents: string;
  readonly resolveDir: string;
}): Promise<string> {
  const { outputFiles } = await build({
    stdin,
    bundle: true,
    format: 'esm',
    platform: 'browser',
    conditions: ['svelte', 'browser'],
    target: 'es2022',
    sourcemap: 'inline',
    plugins: [svelteFiles],
    write: false,
    logLevel: 'silent',
  });
  return outputFiles[0]?.text ?? '';
}

/** Imports the bundle of a module. */
export async function importBundled(file: string): Promise<unknown> {
  const folder = await mkdtemp(path.join(tmpdir(), 'sdk-bundle-'));
  try {
    const bundle = path.join(folder, 'bundle.mjs');
    const contents = `export * from ${JSON.stringify(file)};`;
    await writeFile(bundle, await bundleModule({ contents, resolveDir: path.dirname(file) }));
    return await import(pathToFileURL(bundle).href);
  } finally {
    await rm(folder, { recursive: true });
  }
}
