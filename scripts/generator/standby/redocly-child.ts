/**
 * A process that has Redocly's code loaded and waits to be told what to run: loading is half of what a run takes. What
 * is loaded ahead is read from the tool's own files, so another version of it is at worst slower, never different.
 */
import { readFile } from 'node:fs/promises';
import { enableCompileCache } from 'node:module';
import process from 'node:process';

const ENTRY = new URL('../../../node_modules/@redocly/cli/lib/index.js', import.meta.url);
/** What the entry imports, and what it imports for the two commands that the generator runs. */
const AHEAD =
  /(?:from|import)\s*"(\.\/chunks\/[^"]+)"|\{handle(?:Lint|Join):\w+\}=await import\("([^"]+)"\)/g;

process.once('message', (message) => {
  process.disconnect();
  void run(readOrder(message));
});
enableCompileCache();
const entry = await readFile(ENTRY, 'utf8');
for (const [, statically, lazily] of entry.matchAll(AHEAD)) {
  await import(new URL(statically ?? lazily ?? '', ENTRY).href);
}

async function run(order: { readonly root: string; readonly args: readonly string[] }): Promise<void> {
  process.argv = [process.execPath, 'redocly', ...order.args];
  process.chdir(order.root);
  await import(ENTRY.href);
}

function readOrder(message: unknown): { readonly root: string; readonly args: readonly string[] } {
  if (typeof message === 'object' && message !== null && 'root' in message && 'args' in message) {
    const { root, args } = message;
    if (typeof root === 'string' && Array.isArray(args)) return { root, args: args.map(String) };
  }
  throw new TypeError('expected { root, args }');
}
