import { createHash } from 'node:crypto';
import { errorIn } from '../migration-error.ts';
import type { MigrationError } from '../migration-error.ts';
import type { Migration, MigrationModule } from '../read-migrations.ts';
import { filesAt, findCommit, forkPoint } from '../../git/commits.ts';

/** A migration of the base branch. */
interface BaseMigration {
  readonly file: string;
  readonly checksum: string;
}

/**
 * What a branch may not do to migrations that are on its base: edit, rename or delete one, or slip a new one in before the
 * last of its module. Edits are those since the branch left the base; new ones come after all that the base has by now.
 *
 * @throws {GitError} when there is no such commit.
 */
export async function compareWithBase(
  root: string,
  modules: readonly MigrationModule[],
  ref: string,
): Promise<readonly MigrationError[]> {
  const tip = await findCommit(root, ref);
  const fork = await forkPoint(root, tip);
  const then = await migrationsAt(root, fork);
  const now = tip === fork ? then : await migrationsAt(root, tip);
  const ours = new Map(
    modules.flatMap(({ migrations }) => migrations.map((migration) => [migration.file, migration])),
  );
  const known = new Set([...then, ...now].map(({ file }) => file));
  const added = [...ours.values()].filter(({ file }) => !known.has(file));
  const changed = then.flatMap((base) => changeOf(base, ours.get(base.file), added, ref));
  // Both branches may have taken the same name for something else.
  const clashes = now
    .filter(({ file }) => !then.some((base) => base.file === file))
    .flatMap((base) => changeOf(base, ours.get(base.file), [], ref).filter(() => ours.has(base.file)));
  const renamed = new Set(changed.map(({ place }) => place.file));
  const misplaced = added
    .filter(({ file }) => !renamed.has(file))
    .flatMap((migration) => {
      const last = now.findLast(({ file }) => folderOf(file) === folderOf(migration.file));
      return last === undefined || numberOf(last.file) < migration.number
        ? []
        : [
            errorIn(
              migration.file,
              `comes before ${last.file}, which ${ref} has; number it above ${numberOf(last.file)}.`,
            ),
          ];
    });
  return [...changed, ...clashes, ...misplaced];
}

function changeOf(
  base: BaseMigration,
  ours: Migration | undefined,
  added: readonly Migration[],
  ref: string,
): readonly MigrationError[] {
  if (ours?.checksum === base.checksum) {
    return [];
  }
  if (ours !== undefined) {
    return [
      errorIn(
        base.file,
        `differs from ${ref}, where it may be applied already; put it back, and add a new migration instead.`,
      ),
    ];
  }
  const successor = added.find(
    (migration) =>
      migration.checksum === base.checksum ||
      (folderOf(migration.file) === folderOf(base.file) && migration.name.slice(6) === titleOf(base.file)),
  );
  return successor === undefined
    ? [errorIn(base.file, `is gone, and ${ref} has it; put it back, and undo it with a new migration.`)]
    : [errorIn(successor.file, `is ${base.file} of ${ref}; give it that name again.`)];
}

async function migrationsAt(root: string, commit: string): Promise<readonly BaseMigration[]> {
  const files = await filesAt(root, commit, 'migrations');
  return files
    .filter(({ path }) => /^migrations\/[^/]+\/\d{5}_[^/]*\.sql$/.test(path))
    .map(({ path, bytes }) => ({ file: path, checksum: checksumOf(bytes) }));
}

/** As of the files: without a byte order mark, with Unix line ends. */
function checksumOf(bytes: Buffer): string {
  const text = new TextDecoder().decode(bytes).replaceAll('\r\n', '\n');
  return createHash('sha256').update(text).digest('hex');
}

function folderOf(file: string): string {
  return file.slice(0, file.lastIndexOf('/'));
}

function numberOf(file: string): number {
  return Number.parseInt(file.slice(folderOf(file).length + 1), 10);
}

function titleOf(file: string): string {
  return file.slice(folderOf(file).length + 7, -'.sql'.length);
}
