import { execFile } from 'node:child_process';
import { lchownSync, readdirSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';

/** The account `nobody` of every Linux distribution; used without being created or changed. */
const NOBODY = 65_534;

/**
 * As whom PostgreSQL runs: it refuses to be root.
 * `self`: the caller · `nobody`: root gives its rights up · `namespace`: the caller, seen as nobody inside a user
 * namespace, which also works below folders that only the caller may enter.
 */
export type ServerAccount =
  | { readonly kind: 'self' }
  | { readonly kind: 'nobody'; readonly uid: number; readonly gid: number }
  | { readonly kind: 'namespace' };

/**
 * Picks an account that can run the programs of `home` on data in `dataDir`; `nobody` is also what is left when it
 * may enter neither, and both are to be kept elsewhere.
 *
 * @throws with what to change, when no account can.
 */
export async function chooseServerAccount(options: {
  readonly home: string;
  readonly dataDir: string;
}): Promise<ServerAccount> {
  const isRoot = process.getuid?.() === 0;
  if (!isRoot && hasName()) {
    return { kind: 'self' };
  }
  const nobody = { kind: 'nobody', uid: NOBODY, gid: NOBODY } as const;
  const canGiveUpRoot = isRoot && (await nobodyHasName());
  if (
    canGiveUpRoot &&
    (await nobodyMayEnter(options.home)) &&
    (await nobodyMayEnter(dirname(options.dataDir)))
  ) {
    return nobody;
  }
  if (await namespacesWork()) {
    return { kind: 'namespace' };
  }
  if (canGiveUpRoot) {
    return nobody;
  }
  throw new Error(
    `PostgreSQL cannot start: the account with id ${process.getuid?.()} ${isRoot ? 'is root' : 'has no name'}, this ` +
      'machine has no account nobody, and user namespaces are switched off. ' +
      'Run as a normal user, or set DATABASE_URL to a PostgreSQL of your own.',
  );
}

/** Puts the program and arguments into the form that runs them as `account`; spawn with `spawnIdentity` as well. */
export function commandAs(account: ServerAccount, command: readonly string[]): readonly string[] {
  return account.kind === 'namespace' ? ['unshare', ...NAMESPACE_OPTIONS, '--', ...command] : command;
}

/** `uid` and `gid` for `child_process.spawn`. */
export function spawnIdentity(account: ServerAccount): { uid?: number; gid?: number } {
  return account.kind === 'nobody' ? { uid: account.uid, gid: account.gid } : {};
}

/** Gives `path`, and everything below it, to the account; does nothing when it has it already. */
export async function giveTo(account: ServerAccount, path: string): Promise<void> {
  const self = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
  const owner = account.kind === 'nobody' ? account : self;
  const found = await stat(path);
  if (found.uid === owner.uid) {
    return;
  }
  if (self.uid !== 0) {
    throw new Error(
      `PostgreSQL cannot use ${path}: it belongs to another user. Remove it, or change its owner.`,
    );
  }
  chownTree(path, owner.uid, owner.gid);
}

/** Synchronous: a cluster is a thousand files, and this is twenty times as quick. */
function chownTree(path: string, uid: number, gid: number): void {
  for (const entry of readdirSync(path, { withFileTypes: true, recursive: true })) {
    lchownSync(join(entry.parentPath, entry.name), uid, gid);
  }
  // Last: an interrupted change is seen, and done again, at the next start.
  lchownSync(path, uid, gid);
}

const NAMESPACE_OPTIONS = ['--user', `--map-user=${NOBODY}`, `--map-group=${NOBODY}`] as const;

async function namespacesWork(): Promise<boolean> {
  try {
    await promisify(execFile)('unshare', [...NAMESPACE_OPTIONS, '--', 'true']);
    return true;
  } catch {
    return false;
  }
}

/** Whether `nobody` may enter every folder on the way to `path`; what does not exist yet is made so that it may. */
export async function nobodyMayEnter(path: string): Promise<boolean> {
  const ancestors: string[] = [];
  for (let folder = resolve(path); ; folder = dirname(folder)) {
    ancestors.unshift(folder);
    if (folder === dirname(folder)) {
      break;
    }
  }
  for (const folder of ancestors) {
    const found = await stat(folder).catch(() => undefined);
    if (found !== undefined && (found.mode & 0o001) === 0) {
      return false;
    }
  }
  return true;
}

/** initdb looks its user up by id and stops when there is no such entry, as under `docker run --user 1234`. */
function hasName(): boolean {
  try {
    userInfo();
    return true;
  } catch {
    return false;
  }
}

async function nobodyHasName(): Promise<boolean> {
  try {
    const accounts = await readFile('/etc/passwd', 'utf8');
    return accounts.split('\n').some((line) => line.split(':')[2] === String(NOBODY));
  } catch {
    return false;
  }
}
