import { watchTree } from '../process/watch-tree.ts';

/** Editors and generators write several files in one go. */
const QUIET_MS = 150;

/** What the running API does not read. */
const UNREAD = /(?:\.(?:test|types)\.ts$|(?:^|\/)testing\/|~$|\.tmp)/;

/** Whether a change of the file can change what the API does. */
export function isReadByApi(path: string): boolean {
  return !UNREAD.test(path);
}

/** Calls back when something in the folders changed and then nothing more for a moment. */
export function watchFolders(folders: readonly string[], onChange: () => void): Disposable {
  let timer: NodeJS.Timeout | undefined;
  const watchers = folders.map((folder) =>
    watchTree(folder, (path) => {
      if (!isReadByApi(path)) return;
      clearTimeout(timer);
      timer = setTimeout(onChange, QUIET_MS);
    }),
  );
  return {
    [Symbol.dispose]() {
      clearTimeout(timer);
      for (const watcher of watchers) watcher.close();
    },
  };
}
