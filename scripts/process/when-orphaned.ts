const CHECK_MS = 250;

/**
 * Calls back when npm, which started this process through a shell, is gone: npm gives SIGTERM to the shell, which dies
 * of it without telling its child. Does nothing when npm did not start this process, which may then outlive its parent.
 */
export function whenOrphaned(
  variables: Readonly<Record<string, string | undefined>>,
  callback: () => void,
): void {
  if (variables['npm_lifecycle_event'] === undefined) return;
  const parent = process.ppid;
  const check = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(check);
    callback();
  }, CHECK_MS).unref();
}
