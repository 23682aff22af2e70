import { Session } from 'node:inspector/promises';
import { relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder. */
export const ROOT = resolve(import.meta.dirname, '../../..');

/** How often functions of a file ran, by the file's path from the project's folder. */
export type Calls = ReadonlyMap<string, number>;

/**
 * Counts the calls of functions of the project's own files, with V8's precise coverage, from `startCounting` on. Work that is to
 * be measured is run once or twice before: loading a file calls functions too, and what is remembered is not done again.
 */
export interface CallCounter extends Disposable {
  /** The calls since the start, or since the last `take`. */
  take(): Promise<Calls>;
}

export async function startCounting(): Promise<CallCounter> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
  return {
    async take() {
      const { result } = await session.post('Profiler.takePreciseCoverage');
      const calls = result.flatMap(({ url, functions }): readonly (readonly [string, number])[] => {
        const file = ownFile(url);
        const count = functions.reduce((sum, { ranges }) => sum + (ranges[0]?.count ?? 0), 0);
        return file === undefined || count === 0 ? [] : [[file, count]];
      });
      return new Map(calls);
    },
    [Symbol.dispose]() {
      session.disconnect();
    },
  };
}

/** Files that are compiled or served; neither tests, nor what is installed. */
function ownFile(url: string): string | undefined {
  if (!url.startsWith('file://')) return undefined;
  const file = relative(ROOT, fileURLToPath(url));
  return /^(?:src|generated|scripts)\//.test(file) ? file : undefined;
}
