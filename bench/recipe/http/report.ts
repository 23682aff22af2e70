import { medianRatio, showBeside } from '../../kit/spread.ts';
import { table } from '../../kit/table.ts';
import type { Sample, Samples } from './measure.ts';
import { OPERATIONS, type Operation } from './options.ts';
import type { ServerName } from './servers.ts';

const TITLES: Readonly<Record<Operation, string>> = {
  get: 'GET /recipes/{recipeId}',
  list: 'GET /recipes?limit=20',
  post: 'POST /recipes',
};

const COLUMNS: readonly (readonly [title: string, of: keyof Sample, digits: number])[] = [
  ['CPU µs a request', 'serverMicroseconds', 0],
  ['PostgreSQL µs', 'databaseMicroseconds', 0],
  ['requests/s', 'requestsPerSecond', 0],
  ['p50 ms', 'p50Ms', 2],
  ['p99 ms', 'p99Ms', 2],
  ['RSS MB', 'residentMegabytes', 0],
];

/** The samples as Markdown: least / middle / greatest of the rounds, and × how much that is of ours. */
export function report(samples: Samples): string {
  const sections: string[] = [];
  for (const operation of OPERATIONS) {
    const { ours } = samples[operation];
    if (ours === undefined) continue;
    const rows = Object.entries(samples[operation]).map(([name, values]) => toRow(name, values, ours));
    sections.push(`### ${TITLES[operation]}\n\n${table(['server', ...COLUMNS.map(([name]) => name)], rows)}`);
  }
  return sections.join('\n\n');
}

function toRow(name: string, values: readonly Sample[], ours: readonly Sample[]): readonly string[] {
  const cells = COLUMNS.map(([, of, digits]) => {
    const [own, base] = [values, ours].map((samples) => samples.map((sample) => sample[of]));
    return showBeside(own ?? [], base ?? [], digits);
  });
  return [name, ...cells];
}

/** CPU that ours takes for a request, as a share of what the peer takes. */
export function cpuRatio(samples: Samples, operation: Operation, peer: ServerName): number | undefined {
  const { ours, [peer]: theirs } = samples[operation];
  if (ours === undefined || theirs === undefined) return undefined;
  return medianRatio(
    ours.map(({ serverMicroseconds }) => serverMicroseconds),
    theirs.map(({ serverMicroseconds }) => serverMicroseconds),
  );
}
