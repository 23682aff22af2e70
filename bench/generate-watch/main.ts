import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { edits } from './edits.ts';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const GENERATE = fileURLToPath(new URL('generate.ts', import.meta.url));
/** What `--watch` reads and writes. */
const FOLDERS = ['specs', 'sql', 'migrations', 'generated', 'sdk/src/generated'];
/** Longest time from an edit until its files are written or its findings shown, in milliseconds. */
const TARGET = 400;
/** Pause between two edits, as a person makes one while writing. */
const PAUSE_MS = 700;

/**
 * Prints how long `npm run generate -- --watch` takes from the edit of a YAML file until the changed files are written, or the
 * findings are shown: 24 edits of eight kinds to a copy of this project. After every edit, `--check` in a separate process
 * must agree: fresh, or the same findings. `node bench/generate-watch/main.ts`
 *
 * @returns 0 when each edit stays below the target and every check agrees, else 1.
 */
export async function main(): Promise<number> {
  const root = await mkdtemp(join(tmpdir(), 'bench-watch-'));
  let watcher: Watcher | undefined;
  try {
    for (const folder of FOLDERS) await cp(join(PROJECT, folder), join(root, folder), { recursive: true });
    watcher = await Watcher.start(root);
    const times: number[] = [];
    let hasAgreed = true;
    for (const { kind, change } of await edits(root)) {
      await delay(PAUSE_MS);
      const { tookMs, findings } = await watcher.observe(() => change());
      const checked = await check(root);
      const agrees = checked.join('\n') === findings.join('\n');
      hasAgreed &&= agrees;
      times.push(tookMs);
      console.log(`${kind.padEnd(24)} ${tookMs.toFixed(0).padStart(5)} ms`);
      if (!agrees) console.log(`--check says otherwise:\n${checked.join('\n').slice(0, 2000)}`);
    }
    const sorted = times.toSorted((left, right) => left - right);
    const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
    const worst = sorted.at(-1) ?? 0;
    console.log(
      `${times.length} edits: median ${median.toFixed(0)} ms, worst ${worst.toFixed(0)} ms (target ${TARGET} ms)`,
    );
    return hasAgreed && worst < TARGET ? 0 : 1;
  } finally {
    await watcher?.stop();
    await rm(root, { recursive: true, force: true });
  }
}

/** A `--watch` in a separate process, and what it has printed. */
class Watcher {
  readonly #child: ChildProcess;
  #said = '';

  private constructor(child: ChildProcess) {
    this.#child = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => (this.#said += text));
    }
  }

  static async start(root: string): Promise<Watcher> {
    const watcher = new Watcher(spawn(process.execPath, [GENERATE, root, '--watch']));
    await watcher.#until(/^watching /m);
    return watcher;
  }

  /** Milliseconds from the change to the end of the run that it caused, and the findings of that run. */
  async observe(change: () => Promise<void>): Promise<{ tookMs: number; findings: readonly string[] }> {
    this.#said = '';
    const startedAt = performance.now();
    await change();
    await this.#until(/^done in \d+ ms$/m);
    const tookMs = performance.now() - startedAt;
    return { tookMs, findings: findingsIn(this.#said) };
  }

  async stop(): Promise<void> {
    this.#child.kill('SIGINT');
    if (this.#child.exitCode === null) await once(this.#child, 'exit');
  }

  async #until(pattern: RegExp): Promise<void> {
    while (!pattern.test(this.#said)) {
      if (this.#child.exitCode !== null) throw new Error(`the watch ended:\n${this.#said}`);
      await delay(1);
    }
  }
}

/** The findings of `--check` without the cache, stale files included. */
async function check(root: string): Promise<readonly string[]> {
  const child = spawn(process.execPath, [GENERATE, root, '--check', '--no-cache']);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (said += text));
  }
  await once(child, 'close');
  const found = findingsIn(said);
  return child.exitCode === 0 || found.length > 0 ? found : [said];
}

function findingsIn(said: string): readonly string[] {
  return said.split('\n').filter((line) => /^(specs|sql)\/\S+:\d+:\d+ /.test(line));
}

if (import.meta.main) {
  process.exitCode = await main();
}
