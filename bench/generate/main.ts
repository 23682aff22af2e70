/**
 * How long making a client of an OpenAPI document takes, here and with other generators, side by side: `npm run bench:generate`.
 */
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { recordResults } from '../kit/results.ts';
import { medianRatio, showSpread, spreadOf } from '../kit/spread.ts';
import { table } from '../kit/table.ts';
import { type Run, runTool } from './run-tool.ts';
import { syntheticDocument } from './synthetic.ts';
import { OURS, otherTools, type Tool } from './tools.ts';

const HELP = `Usage: npm run bench:generate -- [--documents <folder>]... [--rounds <number>] [--record]

Prints what generating from OpenAPI documents costs: this compiler (compile, emit, SDK, write; no house style, no queries), orval,
redocly generate-client and hey-api, in turns, each run a process of its own; and this compiler alone on made-up documents of growing size.

  --documents <folder>  where the documents (.json, .yaml) are; by default the public collection beside the project, if it is there
  --rounds <number>     how often each tool reads each document; by default 3
  --record              put what is printed into bench/RESULTS.md
  --help                print this
`;

/** The public collection: kept out of the repository. */
const COLLECTION = ['openapi', 'openapi-more'].map((name) =>
  path.join(import.meta.dirname, '../../../shared/corpus', name),
);
/** Operations of the made-up documents. */
const SCALE = [3, 30, 300, 1000];
/** Of what a tool says that makes no client; some name hundreds of places. */
const MAX_REASON = 240;
const HEAD = ['document and tool', 'wall ms', 'CPU ms', 'peak MB', 'written kB', 'wall ratio', 'CPU ratio'];

/** @returns 0 when this compiler has read every document; 1 when not, or when there is none; 2 for unknown arguments. */
async function main(): Promise<0 | 1 | 2> {
  const options = readOptions();
  if (typeof options === 'string') {
    console.log(options);
    return options === HELP ? 0 : 2;
  }
  const { rounds, folders } = options;
  const [cpu] = cpus();
  say(
    `${new Date().toISOString().slice(0, 10)}, ${cpu?.model ?? 'unknown CPU'}, ${availableParallelism()} cores`,
  );
  say(
    `Node.js ${process.versions.node}; ${rounds} rounds; least / middle / greatest; ratios to ours, by round\n`,
  );
  const documents = await documentsIn(folders);
  let isComplete = true;
  if (documents.length === 0) {
    say(`No documents in ${folders.join(', ')}: nothing to compare on; name a folder with --documents.\n`);
    isComplete = options.folders === COLLECTION;
  } else {
    const tools = [OURS, ...(await otherTools())];
    const results: Comparison[] = [];
    for (const document of documents) {
      process.stderr.write(`${document}\n`);
      results.push(await compare(tools, document, rounds));
    }
    say(
      `${table(
        HEAD,
        results.flatMap(({ rows }) => rows),
      )}\n`,
    );
    for (const note of results.flatMap(({ notes }) => notes)) say(`${note}\n`);
    isComplete = results.every(({ hasOurs }) => hasOurs);
  }
  isComplete = (await scale(rounds)) && isComplete;
  if (options.isRecorded) await recordResults('npm run bench:generate', printed.join('\n'));
  return isComplete ? 0 : 1;
}

/** What was printed, for `--record`. */
const printed: string[] = [];

function say(text: string): void {
  printed.push(text);
  console.log(text);
}

interface Options {
  readonly rounds: number;
  readonly folders: readonly string[];
  readonly isRecorded: boolean;
}

function readOptions(): Options | string {
  try {
    const { values } = parseArgs({
      options: {
        documents: { type: 'string', multiple: true },
        rounds: { type: 'string', default: '3' },
        record: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) return HELP;
    const rounds = Number(values.rounds);
    if (!Number.isInteger(rounds) || rounds < 1) return '--rounds is a whole number, 1 or more.';
    return { rounds, folders: values.documents ?? COLLECTION, isRecorded: values.record };
  } catch (error) {
    return `${error instanceof Error ? error.message : String(error)}; --help lists the known arguments.`;
  }
}

async function documentsIn(folders: readonly string[]): Promise<readonly string[]> {
  const lists = await Promise.all(
    folders.map(async (folder) => {
      const names = await readdir(folder).catch((): string[] => []);
      const documents = names.filter((name) => /\.(json|ya?ml)$/.test(name)).toSorted();
      return documents.map((name) => path.resolve(folder, name));
    }),
  );
  return lists.flat();
}

/** What became of one document. */
interface Comparison {
  /** One for each tool. */
  readonly rows: readonly (readonly string[])[];
  /** Why tools made no client. */
  readonly notes: readonly string[];
  /** Whether this compiler made one. */
  readonly hasOurs: boolean;
}

/** The tools take turns; the one that goes first is another in each round. */
async function compare(tools: readonly Tool[], document: string, rounds: number): Promise<Comparison> {
  const outcomes = new Map<Tool, (Run | string)[]>(tools.map((tool) => [tool, []]));
  for (let round = 0; round < rounds; round += 1) {
    const start = round % tools.length;
    for (const tool of [...tools.slice(start), ...tools.slice(0, start)]) {
      // A tool that cannot read the document is not asked again.
      if (typeof outcomes.get(tool)?.[0] === 'string') continue;
      outcomes.get(tool)?.push(await runTool(tool, document));
    }
  }
  const runsOf = (tool: Tool): readonly Run[] =>
    (outcomes.get(tool) ?? []).filter((outcome) => typeof outcome !== 'string');
  const ours = runsOf(OURS);
  const nameOf = (tool: Tool): string => `${path.parse(document).name}: ${tool.name}`;
  return {
    rows: tools.map((tool) => {
      const runs = runsOf(tool);
      if (runs.length < rounds) return [nameOf(tool), 'no client'];
      return [nameOf(tool), ...numbersOf(runs), ...ratiosOf(runs, ours)];
    }),
    notes: tools.flatMap((tool) => {
      const reason = outcomes.get(tool)?.find((outcome) => typeof outcome === 'string');
      return reason === undefined ? [] : [`No client, ${nameOf(tool)}: ${reason.slice(0, MAX_REASON)}`];
    }),
    hasOurs: ours.length === rounds,
  };
}

function numbersOf(runs: readonly Run[]): readonly string[] {
  return [
    showSpread(spreadOf(runs.map(({ wallMs }) => wallMs))),
    showSpread(spreadOf(runs.map(({ cpuMs }) => cpuMs))),
    (spreadOf(runs.map(({ peakBytes }) => peakBytes)).median / 1e6).toFixed(0),
    (spreadOf(runs.map(({ writtenBytes }) => writtenBytes)).median / 1e3).toFixed(0),
  ];
}

function ratiosOf(runs: readonly Run[], base: readonly Run[]): readonly string[] {
  if (base.length !== runs.length) return ['', ''];
  return (['wallMs', 'cpuMs'] as const).map((what) =>
    medianRatio(
      runs.map((run) => run[what]),
      base.map((run) => run[what]),
    ).toFixed(2),
  );
}

/** This compiler on documents of growing size. */
async function scale(rounds: number): Promise<boolean> {
  const folder = await mkdtemp(path.join(tmpdir(), 'bench-generate-'));
  try {
    const results: Comparison[] = [];
    for (const operations of SCALE) {
      const document = path.join(folder, `${operations}-operations.json`);
      await writeFile(document, syntheticDocument(operations));
      results.push(await compare([OURS], document, rounds));
    }
    const rows = results.flatMap((result) => result.rows);
    say(
      table(
        HEAD.slice(0, 5),
        rows.map((row) => row.slice(0, 5)),
      ),
    );
    for (const note of results.flatMap(({ notes }) => notes)) say(note);
    return results.every(({ hasOurs }) => hasOurs);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

process.exitCode = await main();
