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
  ends: { readonly timedOut: () => T; readonly aborted: (reason: unknown) => T },
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  if (outer?.aborted) return ends.aborted(outer.reason);
  const controller = new AbortController();
  let cancelTimer: (() => void) | undefined;
  let onAbort: (() => void) | undefined;
  try {
    return await new Promise<T>((resolve, reject) => {
      // The promise is settled before the abort, so that the failure of what is aborted is not what callers see.
      const end = (how: () => T): void => {
        try {
          resolve(how());
        } catch (error) {
          reject(error);
        }
        controller.abort();
      };
      onAbort = () => end(() => ends.aborted(outer?.reason));
      outer?.addEventListener('abort', onAbort);
      cancelTimer = setTimer(() => end(ends.timedOut), ms);
      run(controller.signal).then(resolve, reject);
    });
  } finally {
    cancelTimer?.();
    if (onAbort) outer?.removeEventListener('abort', onAbort);
  }
}
