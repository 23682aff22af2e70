/** Starts a timer and gives the function that cancels it. */
export type SetTimer = (callback: () => void, ms: number) => () => void;

/**
 * What `run` gives; undefined when `ms` are over or `outer` is aborted before, and then the signal that `run` was given is
 * aborted. Without `run` it waits. No timer and no listener is left behind.
 */
export async function within<T>(
  setTimer: SetTimer,
  ms: number,
  outer: AbortSignal | null | undefined,
  run?: (signal: AbortSignal) => Promise<T>,
): Promise<T | undefined> {
  if (outer?.aborted) return undefined;
  const controller = new AbortController();
  let stop = ignore;
  let cancelTimer = ignore;
  try {
    return await new Promise<T | undefined>((resolve, reject) => {
      stop = () => {
        // The promise is settled before the abort, so that the failure of what is aborted is not what callers see.
        resolve(undefined);
        controller.abort();
      };
      outer?.addEventListener('abort', stop);
      cancelTimer = setTimer(stop, ms);
      run?.(controller.signal).then(resolve, reject);
    });
  } finally {
    cancelTimer();
    outer?.removeEventListener('abort', stop);
  }
}

/** Lets go of what nobody reads, so that its connection is free. */
export function discard(source: { cancel(): Promise<void> } | null | undefined): void {
  source?.cancel().catch(ignore);
}

export function ignore(): void {}
