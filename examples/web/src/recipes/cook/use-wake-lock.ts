import { useEffect } from 'react';

/** Keeps the screen on while the page is open, where the browser can. */
export function useWakeLock(): void {
  useEffect(() => {
    if (!('wakeLock' in navigator)) return undefined;
    let lock: WakeLockSentinel | undefined;
    let isOver = false;
    const take = async (): Promise<void> => {
      try {
        lock = await navigator.wakeLock.request('screen');
        if (isOver) await lock.release();
      } catch {
        // Low battery, or not allowed: the screen goes dark as it always does.
      }
    };
    // The browser takes the lock back when the page is hidden.
    const onVisible = (): void => {
      if (document.visibilityState === 'visible') void take();
    };
    document.addEventListener('visibilitychange', onVisible);
    void take();
    return () => {
      isOver = true;
      document.removeEventListener('visibilitychange', onVisible);
      void lock?.release();
    };
  }, []);
}
