import { type FSWatcher, lstatSync, readdirSync, watch } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { errorCode } from '../diagnostics/error-code.ts';

/** A watch on a folder and all below it. */
export interface TreeWatcher extends Disposable {
  close(): void;
}

/**
 * Calls back with the path, relative to `folder`, of what was written, made, moved or removed in the folder or below
 * it. A folder that comes is told as itself, without what it brought. Every folder has a watch of its own, because Node's
 * recursive watch on Linux (24.21) watches files, and loses one that another file is renamed over: the way in which
 * editors, git and generators write.
 *
 * @throws when `folder` is not there, or the system has no more watches to give.
 */
export function watchTree(folder: string, onChange: (path: string) => void): TreeWatcher {
  const watchers = new Map<string, FSWatcher>();
  const leave = (path: string): void => {
    for (const [watched, watcher] of watchers) {
      if (watched !== path && !watched.startsWith(path + sep)) continue;
      watcher.close();
      watchers.delete(watched);
    }
  };
  const enter = (path: string): void => {
    const watcher = watch(path, (event, name) => {
      if (name === null) return;
      const changed = join(path, name);
      // Also what has the name of an older folder: that one was watched, this one is not yet.
      if (event === 'rename') followWhileThereAreWatches(changed);
      onChange(relative(folder, changed));
    });
    // A folder that went: its parent tells.
    watcher.on('error', () => leave(path));
    watchers.set(path, watcher);
    // After the watch is set, so that what comes meanwhile is seen by one of both.
    for (const entry of readdirSync(path, { withFileTypes: true })) {
      if (entry.isDirectory()) follow(join(path, entry.name));
    }
  };
  const follow = (path: string): void => {
    leave(path);
    try {
      if (lstatSync(path).isDirectory()) enter(path);
    } catch (error) {
      // Gone again, or not ours to read: there is nothing in it to be told of.
      if (!['ENOENT', 'ENOTDIR', 'EACCES', 'EPERM'].includes(errorCode(error))) throw error;
      leave(path);
    }
  };
  const followWhileThereAreWatches = (path: string): void => {
    try {
      follow(path);
    } catch {
      // ENOSPC, EMFILE: the folder is told, and not what will happen in it. No reason to end the watching process.
    }
  };
  const close = (): void => leave(folder);
  try {
    enter(folder);
  } catch (error) {
    close();
    throw error;
  }
  return { close, [Symbol.dispose]: close };
}
