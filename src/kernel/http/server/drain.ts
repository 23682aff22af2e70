import type { Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { closeUnusedConnections, type Readiness } from './http-server.ts';

export interface DrainOptions {
  /** Time between readiness going off and new connections being refused: load balancers need it to notice. */
  readonly drainDelayMs: number;
  /** Time that requests under way then have to end. */
  readonly drainTimeoutMs: number;
  /** Aborted by a second signal: everything is closed at once. */
  readonly force?: AbortSignal;
}

const IDLE_SWEEP_MS = 100;

/**
 * Ends a server gracefully: readiness off, then no new connections, idle ones closed as they appear, and at the
 * deadline all of them. From the first moment responses say `Connection: close` (the app does, while draining).
 *
 * @returns how it ended: `clean`, or `forced` when connections had to be cut.
 */
export async function drain(
  server: Server,
  readiness: Readiness,
  { drainDelayMs, drainTimeoutMs, force }: DrainOptions,
): Promise<'clean' | 'forced'> {
  readiness.drain();
  await pause(drainDelayMs, force);
  let isForced = false;
  const cut = (): void => {
    isForced = true;
    server.closeAllConnections();
  };
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  closeQuiet(server);
  const sweep = setInterval(() => closeQuiet(server), IDLE_SWEEP_MS);
  const deadline = setTimeout(cut, drainTimeoutMs);
  if (force?.aborted === true) cut();
  force?.addEventListener('abort', cut, { once: true });
  try {
    await closed;
  } finally {
    clearInterval(sweep);
    clearTimeout(deadline);
    force?.removeEventListener('abort', cut);
  }
  return isForced ? 'forced' : 'clean';
}

function closeQuiet(server: Server): void {
  server.closeIdleConnections();
  closeUnusedConnections(server);
}

/** Waits, unless it is forced to go on. */
async function pause(delayMs: number, force: AbortSignal | undefined): Promise<void> {
  try {
    await sleep(delayMs, undefined, force === undefined ? {} : { signal: force });
  } catch (error) {
    if (force?.aborted !== true) throw error;
  }
}
