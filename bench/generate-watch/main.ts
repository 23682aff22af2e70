import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { edits } from './edits.ts';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const GENERATE = fileURLToPath(new URL('generate.ts', import.meta.url));
/** What `--watch` reads and writes. */
const FOLDERS = ['specs', 'sql', 'migrations', 'generated', 'sdk/src/generated'];
/** The published documents. */
const PUBLISHED = ['generated/openapi.json', 'generated/openapi.yaml'];
/**
 * Longest times from an edit, in milliseconds: until handlers, types and SDK are written or the findings shown, and until the published
 * documents are written.
 */
const TARGETS = { own: 400, documents: 1500 } as const;
/** Pause between two edits, as a person makes one while writing. */
const PAUSE_MS = 700;

/**
 * Prints how long `npm run generate -- --watch` takes from the edit of a YAML file until handlers, types and SDK are written or the
 * findings are shown, until the published documents are written, and until what tools print of them is: 24 edits of eight kinds to a copy
 * of this project. After every edit, `--check` in a separate process must agree: fresh, or the same findings.
 * `node bench/generate-watch/main.ts`
 *
 * @returns 0 when each edit stays below the targets and every check agrees, else 1.
 */
export async function main(): Promise<number> {
  const root = await mkdtemp(join(tmpdir(), 'bench-watch-'));
  let watcher: Watcher | undefined;
  let hasAgreed = true;
  try {
    for (const folder of FOLDERS) await cp(join(PROJECT, folder), join(root, folder), { recursive: true });
    watcher = await Watcher.start(root);
    const times: Times[] = [];
    console.log(`${'edit, ms'.padEnd(24)} own files  documents  printed by tools`);
    for (const { kind, change } of await edits(root)) {
      await delay(PAUSE_MS);
      const { findings, ...took } = await watcher.observe(() => change());
      const checked = await check(root);
      const agrees = checked.join('\n') === findings.join('\n');
      hasAgreed &&= agrees;
      times.push(took);
      const cells = [took.own.toFixed(0), took.documents?.toFixed(0) ?? '-', took.printed.toFixed(0)];
      console.log(`${kind.padEnd(24)} ${cells.map((cell) => cell.padStart(9)).join('  ')}`);
      if (!agrees) console.log(`--check says otherwise:\n${checked.join('\n').slice(0, 2000)}`);
    }
    const own = summary(times.map((each) => each.own));
    const documents = summary(times.flatMap((each) => each.documents ?? []));
    console.log(`${times.length} edits: ${shown(own)} (target ${TARGETS.own} ms)`);
    console.log(`published documents: ${shown(documents)} (target ${TARGETS.documents} ms)`);
    return hasAgreed && own.worst < TARGETS.own && documents.worst < TARGETS.documents ? 0 : 1;
  } finally {
    await watcher?.stop();
    await rm(root, { recursive: true, force: true });
  }
}

/** Milliseconds from an edit. */
interface Times {
  /** Until handlers, types and SDK were written, or the findings shown. */
  readonly own: number;
  /** Until the published documents were written; undefined when they stayed as they were. */
  readonly documents: number | undefined;
  /** Until the run was over: what tools print of the published document was written, and the results kept. */
  readonly printed: number;
}

function summary(times: readonly number[]): { readonly median: number; readonly worst: number } {
  const sorted = times.toSorted((left, right) => left - right);
  return { median: sorted[Math.floor(sorted.length / 2)] ?? 0, worst: sorted.at(-1) ?? 0 };
}

function shown({ median, worst }: { readonly median: number; readonly worst: number }): string {
  return `median ${median.toFixed(0)} ms, worst ${worst.toFixed(0)} ms`;
}

/** A `--watch` in a separate process, and what it has printed. */
class Watcher {
  readonly #root: string;
  readonly #child: ChildProcess;
  #said = '';

  private constructor(root: string, child: ChildProcess) {
    this.#root = root;
    this.#child = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => (this.#said += text));
    }
  }

  static async start(root: string): Promise<Watcher> {
    // It says then when a run is over.
    const watcher = new Watcher(root, spawn(process.execPath, [GENERATE, root, '--watch', '--verbose']));
    await watcher.#until(/^watching /m);
    return watcher;
  }

  /** What a change takes, and the findings of the run that it causes. */
  async observe(change: () => Promise<void>): Promise<Times & { readonly findings: readonly string[] }> {
    this.#said = '';
    const startedAt = performance.now();
    await change();
    await this.#until(/^done in \d+ ms$/m);
    const own = performance.now() - startedAt;
    await this.#until(/^ {2}keep +\d+ ms$/m);
    const printed = performance.now() - startedAt;
    const stats = await Promise.all(PUBLISHED.map((file) => stat(join(this.#root, file))));
    const writtenAt = Math.max(...stats.map(({ mtimeMs }) => mtimeMs));
    const documents = writtenAt - (performance.timeOrigin + startedAt);
    return {
      own,
      documents: documents > 0 ? documents : undefined,
      printed,
      findings: findingsIn(this.#said),
    };
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
