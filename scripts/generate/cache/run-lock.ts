import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * Runs `work` while no other process works in the same project: two runs at once would each apply a plan made before
 * the other's. The lock is SQLite's on an empty database, because the operating system lets go of it when its process
 * dies, however it dies: there is nothing stale to clean up.
 */
export async function withRunLock<T>(root: string, onWait: () => void, work: () => Promise<T>): Promise<T> {
  const folder = path.join(root, '.cache', 'generate');
  await mkdir(folder, { recursive: true });
  const lock = new DatabaseSync(path.join(folder, 'lock.sqlite'), { timeout: 0 });
  try {
    for (let hasWaited = false; !take(lock); hasWaited = true) {
      if (!hasWaited) onWait();
      await delay(25);
    }
    return await work();
  } finally {
    lock.close();
  }
}

/** Tries to take the lock; false when another process has it. */
function take(lock: DatabaseSync): boolean {
  try {
    lock.exec('BEGIN EXCLUSIVE');
    return true;
  } catch (error) {
    const isBusy = error instanceof Error && 'errcode' in error && error.errcode === 5; // SQLITE_BUSY
    if (isBusy) return false;
    throw error;
  }
}
