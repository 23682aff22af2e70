import { access, chmod, constants, mkdtemp, rm, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Where Linux keeps files in memory. Containers have little there unless told otherwise; other systems have no such folder. */
const IN_MEMORY = '/dev/shm';

/**
 * The folder whose files are in memory, or undefined where there is none that can be used.
 *
 * @param needs.roomBytes that must be free there.
 * @param needs.programs whether programs that lie there must run: some systems forbid that.
 */
export async function memoryFolder(
  needs: { readonly roomBytes: number; readonly programs?: boolean },
  folder: string = IN_MEMORY,
): Promise<string | undefined> {
  try {
    await access(folder, constants.W_OK);
    const { bavail, bsize } = await statfs(folder);
    if (bavail * bsize < needs.roomBytes) return undefined;
    return needs.programs === true && !(await runsPrograms(folder)) ? undefined : folder;
  } catch {
    return undefined;
  }
}

async function runsPrograms(folder: string): Promise<boolean> {
  const probe = await mkdtemp(join(folder, 'chompardo-probe-'));
  try {
    const program = join(probe, 'program');
    await writeFile(program, '');
    await chmod(program, 0o700);
    // Not allowed by a file system that is mounted without the right to execute.
    await access(program, constants.X_OK);
    return true;
  } catch {
    return false;
  } finally {
    await rm(probe, { recursive: true, force: true });
  }
}
