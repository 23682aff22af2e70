import { setTimeout as delay } from 'node:timers/promises';

import { changedSources, snapshotSources } from './watch/source-snapshot.ts';
import { SourceWatcher } from './watch/source-watcher.ts';
import { warmUp } from './generate.ts';
import { type Output, type RunOptions, runWrite } from './run.ts';

/** Below the root: what a run reads. */
const SOURCES = ['specs', 'sql', 'migrations'] as const;

/** Editors write a file in several steps; a run starts when nothing has happened for this long. */
const QUIET_MS = 30;

/** Runs after which what an edit needs is loaded and compiled: `node bench/generate-watch/main.ts` prints what each edit takes. */
const REHEARSALS = 2;

/**
 * Generates, then again after each change of a source, until the signal aborts. Errors, of the sources or of a run,
 * are printed and waited out. Resolves when the last run is over.
 */
export async function watchSources(given: RunOptions, signal: AbortSignal): Promise<void> {
  const options = { ...given, output: untilAborted(given.output, signal) };
  const { output, root } = options;
  const watcher = new SourceWatcher(root, SOURCES);
  try {
    let known = await snapshotSources(root, SOURCES);
    await runOnce(options, () => {});
    await rehearse(root, () => signal.aborted || watcher.hasEvents);
    output.out(`watching ${SOURCES.map((folder) => `${folder}/`).join(', ')}; Ctrl-C ends it`);
    while (await watcher.nextEvent(signal)) {
      await untilQuiet(watcher, signal);
      // Events only say that something happened: what changed is what reads differently. Looked at again after a run,
      // because a folder that came a moment ago may not have been watched yet when its files came.
      while (!signal.aborted) {
        const startedAt = performance.now();
        const current = await snapshotSources(root, SOURCES);
        const changed = changedSources(known, current);
        if (changed.length === 0) break;
        known = current;
        output.out(`changed: ${changed.join(', ')}`);
        await runOnce(options, () => output.out(`done in ${(performance.now() - startedAt).toFixed(0)} ms`));
      }
    }
  } finally {
    watcher.close();
  }
}

/** Runs without effect: what a run needs is loaded then, and compiled where it is hot. */
async function rehearse(root: string, isOver: () => boolean): Promise<void> {
  for (let run = 0; run < REHEARSALS && !isOver(); run += 1) {
    // What is wrong with the sources, the run before has said.
    await warmUp(root).catch(() => {});
  }
}

async function runOnce(options: RunOptions, onDone: () => void): Promise<void> {
  let isDone = false;
  const done = (): void => {
    if (!isDone) onDone();
    isDone = true;
  };
  try {
    await runWrite(options, done);
  } catch (error) {
    options.output.err(error instanceof Error ? error.message : String(error));
    done();
  }
}

/** Ctrl-C ends the tools of a run as well; what it says of them then is of no use. */
function untilAborted(output: Output, signal: AbortSignal): Output {
  return {
    out: (line) => (signal.aborted ? undefined : output.out(line)),
    err: (line) => (signal.aborted ? undefined : output.err(line)),
  };
}

async function untilQuiet(watcher: SourceWatcher, signal: AbortSignal): Promise<void> {
  do {
    watcher.forgetEvents();
    await delay(QUIET_MS, undefined, { signal }).catch(() => {});
  } while (watcher.hasEvents && !signal.aborted);
}
