import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { testServer } from '#tests/kit/database.ts';
import { generateQueries, type QueryGeneration } from '../generate-queries.ts';

/** The migration that makes the schema of the notes. */
export const NOTES_SCHEMA = `-- Up Migration
CREATE SCHEMA notes;
CREATE TYPE notes.mood AS ENUM ('calm', 'very hungry');
CREATE TYPE notes.odd AS ENUM ('it''s');
CREATE DOMAIN notes.title AS text CHECK (length(value) < 100);
CREATE TABLE notes.pages (
  id uuid PRIMARY KEY,
  title notes.title NOT NULL,
  mood notes.mood,
  moods notes.mood[] NOT NULL DEFAULT '{}',
  size numeric(12, 3) NOT NULL,
  visits bigint NOT NULL DEFAULT 0,
  day date NOT NULL DEFAULT '2026-01-31',
  written_at timestamptz NOT NULL DEFAULT now(),
  extra jsonb NOT NULL DEFAULT '{}',
  tags text[] NOT NULL DEFAULT '{}',
  during tstzrange,
  spans int4multirange[],
  facts jsonb NOT NULL DEFAULT '{"sizes": []}',
  misdescribed jsonb,
  odd notes.odd,
  price money
);
COMMENT ON TABLE notes.pages IS 'Pages. @small';
COMMENT ON COLUMN notes.pages.facts IS 'What is known. @json { sizes: number[]; note?: string | null }';
COMMENT ON COLUMN notes.pages.misdescribed IS '@json Date';
CREATE TABLE notes.links (page_id uuid NOT NULL REFERENCES notes.pages, target text NOT NULL);
CREATE FUNCTION notes.rank(title text) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT length(title)';
CREATE SCHEMA other;
CREATE TYPE other.mood AS ENUM ('fine');
CREATE TABLE other.things (id uuid PRIMARY KEY);
COMMENT ON COLUMN notes.pages.title IS 'What it is called */ here';
`;

/** Runs the stage on a project of its own; the schema is the same for all. */
export async function generateNotes(files: Readonly<Record<string, string>>): Promise<QueryGeneration> {
  const root = await mkdtemp(join(tmpdir(), 'queries-'));
  try {
    for (const [file, text] of Object.entries({
      'migrations/notes/00001_create_schema.sql': NOTES_SCHEMA,
      ...files,
    })) {
      await mkdir(dirname(join(root, file)), { recursive: true });
      await writeFile(join(root, file), text);
    }
    const before = await readdir(root, { recursive: true });
    const result = await generateQueries({ root, adminUrl: testServer().serverUrl });
    assert.deepEqual(await readdir(root, { recursive: true }), before, 'it writes nothing below the root');
    return result;
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}
