import { readdir, readFile } from 'node:fs/promises';

/** Of a clock tick in `/proc/<pid>/stat`: `USER_HZ` is 100 on Linux. */
const TICK_NS = 10_000_000n;
/** Fields of `/proc/<pid>/stat` after the name in parentheses. Source: proc_pid_stat(5). */
const UTIME = 11;
const STIME = 12;
const RSS_PAGES = 21;
const PAGE_BYTES = 4096;

/** Nanoseconds of CPU, user and system together, that processes have had, all their threads included. */
export async function cpuTimeNs(pids: readonly number[]): Promise<bigint> {
  return sumOf((await cpuTimesNs(pids)).values());
}

/** The same of each process; those that are gone are left out. */
export async function cpuTimesNs(pids: readonly number[]): Promise<ReadonlyMap<number, bigint>> {
  const times = await Promise.all(
    pids.map(async (pid) => [pid, (await schedulerTimeNs(pid)) ?? (await tickTimeNs(pid))] as const),
  );
  return new Map(times.flatMap(([pid, time]) => (time === undefined ? [] : [[pid, time] as const])));
}

/** What processes have had since: all of one that began meanwhile, and nothing of one that ended, whose time is not told any more. */
export function cpuSpentNs(before: ReadonlyMap<number, bigint>, after: ReadonlyMap<number, bigint>): bigint {
  return sumOf([...after].map(([pid, time]) => time - (before.get(pid) ?? 0n)));
}

function sumOf(times: Iterable<bigint>): bigint {
  return [...times].reduce((sum, time) => sum + time, 0n);
}

/** A process and those that it started, and so on. */
export async function processTree(root: number): Promise<readonly number[]> {
  const childrenOf = new Map<number, number[]>();
  for (const name of await readdir('/proc')) {
    const pid = Number(name);
    if (!Number.isInteger(pid)) continue;
    const parent = Number((await statFields(pid))?.[1]);
    childrenOf.set(parent, [...(childrenOf.get(parent) ?? []), pid]);
  }
  const tree = [root];
  for (const pid of tree) tree.push(...(childrenOf.get(pid) ?? []));
  return tree;
}

/** Bytes of memory that processes have resident; pages that they share count for each. */
export async function residentBytes(pids: readonly number[]): Promise<number> {
  let sum = 0;
  for (const pid of pids) sum += Number((await statFields(pid))?.[RSS_PAGES] ?? 0) * PAGE_BYTES;
  return sum;
}

/** Of threads that ended meanwhile it knows nothing; Node.js and PostgreSQL keep theirs. Undefined where the kernel does not tell. */
async function schedulerTimeNs(pid: number): Promise<bigint | undefined> {
  let sum = 0n;
  try {
    for (const thread of await readdir(`/proc/${pid}/task`)) {
      const [time = ''] = (await readFile(`/proc/${pid}/task/${thread}/schedstat`, 'utf8')).split(' ');
      sum += BigInt(time);
    }
    return sum;
  } catch {
    return undefined;
  }
}

async function tickTimeNs(pid: number): Promise<bigint | undefined> {
  const fields = await statFields(pid);
  if (fields === undefined) return undefined;
  return BigInt(Number(fields[UTIME]) + Number(fields[STIME])) * TICK_NS;
}

/** Undefined when the process is gone. */
async function statFields(pid: number): Promise<readonly string[] | undefined> {
  try {
    const text = await readFile(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}
