import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { takeFileLock } from '../../process/file-lock.ts';

/**
 * Runs `work` while no other process works in the same project: two runs at once would each apply a plan made before
 * the other's.
 *
 * @param onWait called once when another process has the lock.
 */
export async function withRunLock<T>(root: string, onWait: () => void, work: () => Promise<T>): Promise<T> {
  const file = path.join(root, '.cache', 'generate', 'lock.sqlite');
  let taken = takeFileLock(file);
  if (taken === undefined) onWait();
  while (taken === undefined) {
    await delay(25);
    taken = takeFileLock(file);
  }
  try {
    return await work();
  } finally {
    taken[Symbol.dispose]();
  }
}
