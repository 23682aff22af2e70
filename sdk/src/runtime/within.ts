/** Starts a timer and gives the function that cancels it. */
export type SetTimer = (callback: () => void, ms: number) => () => void;

/**
 * Runs `run` until it settles, `ms` are over or `outer` is aborted, whichever is first; then cancels the timer, takes
 * its listener off `outer` and aborts the signal that `run` was given if it is still running.
 *
 * `timedOut` and `aborted` decide how it ends then: they return the value, or throw.
 */
export async function within<T>(
  setTimer: SetTimer,
  ms: number,
  outer: AbortSignal | undefined,
  timedOut: () => T,
  aborted: (reason: unknown) => T,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  if (outer?.aborted) return aborted(outer.reason);
  const controller = new AbortController();
  let onAbort: () => void = timedOut;
  let cancelTimer: (() => void) | undefined;
  try {
    return await new Promise<T>((resolve, reject) => {
      const end = (how: () => T): void => {
        // The promise is settled before the abort, so that the failure of what is aborted is not what callers see.
        resolve(new Promise((settle) => settle(how())));
        controller.abort();
      };
      onAbort = () => end(() => aborted(outer?.reason));
      outer?.addEventListener('abort', onAbort);
      cancelTimer = setTimer(() => end(timedOut), ms);
      run(controller.signal).then(resolve, reject);
    });
  } finally {
    cancelTimer?.();
    outer?.removeEventListener('abort', onAbort);
  }
}
