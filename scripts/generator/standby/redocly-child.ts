/**
 * A process that runs Redocly's command line again and again in itself: what it has loaded and compiled stays warm, and
 * a run takes a fraction of what a new process takes. It is told `{ root, args }` and answers `{ stdout, stderr }`.
 *
 * A run is over when nothing is left to do, as it is for a process of its own; then the tool asks for the exit code that
 * is of no use here.
 */
import process from 'node:process';

const ENTRY = new URL('../../../node_modules/@redocly/cli/lib/index.js', import.meta.url);

const printed = { stdout: '', stderr: '' };
let runs = 0;

function capture(stream: 'stdout' | 'stderr'): void {
  // Every overload comes down to this: a chunk, and somebody who may wait for it.
  process[stream].write = (chunk: string | Uint8Array, ...rest: readonly unknown[]): boolean => {
    printed[stream] += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8');
    const onWritten = rest.at(-1);
    if (typeof onWritten === 'function') process.nextTick(onWritten);
    return true;
  };
}

async function run({
  root,
  args,
}: {
  readonly root: string;
  readonly args: readonly string[];
}): Promise<void> {
  printed.stdout = '';
  printed.stderr = '';
  process.argv = [process.execPath, 'redocly', ...args];
  process.chdir(root);
  process.channel?.unref();
  runs += 1;
  // Another address is another evaluation: the entry runs again, the parts that it imports are there already.
  await import(`${ENTRY.href}?run=${String(runs)}`);
}

function readOrder(message: unknown): { readonly root: string; readonly args: readonly string[] } {
  if (typeof message === 'object' && message !== null && 'root' in message && 'args' in message) {
    const { root, args } = message;
    if (typeof root === 'string' && Array.isArray(args)) return { root, args: args.map(String) };
  }
  throw new TypeError('expected { root, args }');
}

capture('stdout');
capture('stderr');
const exit = process.exit.bind(process);
// oxlint-disable-next-line no-unsafe-type-assertion -- it returns, where the real one does not
process.exit = (() => undefined) as typeof process.exit;
process.on('message', (message) => void run(readOrder(message)));
process.on('beforeExit', () => {
  if (!process.connected) exit();
  process.channel?.ref();
  process.send?.({ ...printed });
});
