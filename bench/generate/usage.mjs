// Loaded into every Node.js process of a tool: when it ends, what it has used goes to a file in the folder that it began in.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Fields of `/proc/self/stat` behind the name in parentheses: ticks of children that were waited for. Source: proc_pid_stat(5). */
const CHILDREN_USER = 13;
const CHILDREN_SYSTEM = 14;
/** Of a clock tick: `USER_HZ` is 100 on Linux. */
const TICK_MS = 10;

const file = join(process.cwd(), `usage-${process.pid}.json`);
process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const stat = readFileSync('/proc/self/stat', 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const childrenMs = (Number(fields[CHILDREN_USER]) + Number(fields[CHILDREN_SYSTEM])) * TICK_MS;
  const cpuMs = (userCPUTime + systemCPUTime) / 1000 + childrenMs;
  writeFileSync(file, JSON.stringify({ pid: process.pid, cpuMs, peakBytes: maxRSS * 1024 }));
});
