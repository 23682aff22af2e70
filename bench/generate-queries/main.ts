import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
/** What the generator is made of, beside its packages. */
const GENERATOR = ['package.json', 'package-lock.json', 'redocly.yaml', 'scripts', 'src/kernel', 'specs'];
const RUNS = 3;

/** Caches that are removed before each run, and the longest time of a whole process for 200 queries then, in milliseconds. */
const CASES = [
  // As after cloning: neither the generator's compiled code nor a database cluster exists yet.
  { name: 'first', removed: '.cache', target: 4_000 },
  { name: 'cold', removed: '.cache/generate', target: 4_000 },
  { name: 'unchanged', removed: null, target: 1_000 },
] as const;

/**
 * Prints how long `npm run generate` takes for a project with the specs of this one and 200 queries in 20 files, as whole
 * processes: with an empty cache, without cached results, and with nothing changed. The median of 3 runs each, from a copy
 * of the generator with a cache of its own. `node bench/generate-queries/main.ts`
 *
 * @returns 0 when all are below their targets, else 1.
 */
export async function main(): Promise<number> {
  const root = await mkdtemp(join(tmpdir(), 'bench-queries-'));
  try {
    for (const path of GENERATOR) {
      await cp(join(PROJECT, path), join(root, path), { recursive: true });
    }
    await symlink(join(PROJECT, 'node_modules'), join(root, 'node_modules'));
    for (const [file, text] of projectFiles()) {
      await mkdir(dirname(join(root, file)), { recursive: true });
      await writeFile(join(root, file), text);
    }
    let isFast = true;
    for (const { name, removed, target } of CASES) {
      const times: number[] = [];
      for (let run = 0; run < RUNS; run += 1) {
        if (removed !== null) {
          // Set aside rather than deleted: a file system that has just deleted a thousand files is slow at making them.
          await rename(join(root, removed), await mkdtemp(join(root, 'removed-'))).catch(() => {});
        }
        times.push(await measure(root));
      }
      const median = times.toSorted((left, right) => left - right)[Math.floor(RUNS / 2)] ?? 0;
      isFast &&= median < target;
      console.log(`${name.padEnd(10)} median ${median.toFixed(0)} ms (target ${target} ms)`);
    }
    return isFast ? 0 : 1;
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

async function measure(root: string): Promise<number> {
  const started = performance.now();
  const child = spawn(process.execPath, [join(root, 'scripts/generate/main.ts')], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await once(child, 'exit');
  if (child.exitCode !== 0) {
    throw new Error(`generating ended with ${child.exitCode}`);
  }
  return performance.now() - started;
}

/** Ten tables, each with two files of ten queries such as a module has. */
function projectFiles(): readonly (readonly [file: string, text: string])[] {
  return Array.from({ length: 10 }, (_, index) => filesOf(`shelf_${index}`)).flat();
}

function filesOf(module: string): readonly (readonly [file: string, text: string])[] {
  const folder = module.replace('_', '-');
  return [
    [
      `migrations/${folder}/00001_create_schema.sql`,
      `-- Up Migration
CREATE SCHEMA ${module};
CREATE TABLE ${module}.books (
  id uuid PRIMARY KEY, owner text NOT NULL, title text NOT NULL, note text, pages integer NOT NULL,
  tags text[] NOT NULL DEFAULT '{}', facts jsonb, created_at timestamptz NOT NULL DEFAULT now());
CREATE INDEX books_by_owner ON ${module}.books (owner, created_at, id);
CREATE TABLE ${module}.loans (book_id uuid NOT NULL REFERENCES ${module}.books, day date NOT NULL, lender text, PRIMARY KEY (book_id, day));
-- Down Migration
DROP SCHEMA ${module} CASCADE;
`,
    ],
    [
      `sql/${folder}/reads.sql`,
      Array.from({ length: 10 }, (_, index) => readQuery(module, index)).join('\n'),
    ],
    [
      `sql/${folder}/writes.sql`,
      Array.from({ length: 10 }, (_, index) => writeQuery(module, index)).join('\n'),
    ],
  ];
}

function readQuery(module: string, index: number): string {
  const reads = [
    `/* @name FindBook${index} */
SELECT id, owner, title, note, pages, tags, facts, created_at AS "createdAt" FROM ${module}.books WHERE id = :id!;
`,
    `/* @name ListBooks${index} */
SELECT book.id, book.title, coalesce(book.note, '') AS note, loan.day, loan.lender, count(*) OVER () AS total
FROM ${module}.books AS book
LEFT JOIN ${module}.loans AS loan ON loan.book_id = book.id
WHERE book.owner = :owner! AND (book.created_at, book.id) > (:createdAt!, :id!)
ORDER BY book.created_at, book.id, loan.day
LIMIT :count!;
`,
  ];
  return reads[index % reads.length] ?? '';
}

function writeQuery(module: string, index: number): string {
  const writes = [
    `/* @name InsertBook${index} */
INSERT INTO ${module}.books (id, owner, title, note, pages, tags, facts)
VALUES (:id!, :owner!, :title!, :note, :pages!, :tags!, :facts)
ON CONFLICT (id) DO UPDATE SET title = EXCLUDED.title
RETURNING id, created_at AS "createdAt";
`,
    `/* @name UpdateBook${index} */
UPDATE ${module}.books SET title = :title!, note = :note, pages = pages + :more! WHERE id = :id! RETURNING pages;
`,
    `/* @name DeleteLoans${index} */
DELETE FROM ${module}.loans WHERE book_id = ANY (:books!) AND day < :before!;
`,
  ];
  return writes[index % writes.length] ?? '';
}

if (import.meta.main) {
  process.exitCode = await main();
}
