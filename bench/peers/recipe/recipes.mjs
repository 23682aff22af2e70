/**
 * What the peers share, so that they differ in their frameworks alone: recipes in PostgreSQL by the statements of this API, and
 * verified tokens.
 */
import { randomBytes } from 'node:crypto';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { Pool } from 'pg';

/** What `bench/recipe/http/servers.ts` gives each peer. */
export const settings = JSON.parse(process.argv[2] ?? '{}');

const BEGINNING = { key: 'infinity', id: 'ffffffff-ffff-ffff-ffff-ffffffffffff' };

const pool = new Pool({ connectionString: settings.databaseUrl, max: settings.poolSize });

async function query(name, parameters) {
  const { text, parameters: names } = settings.statements[name];
  const { rows } = await pool.query({ name, text, values: names.map((each) => parameters[each]) });
  return rows;
}

/** A recipe that the reader may see; undefined when there is none. */
export async function getRecipe(id, reader) {
  const [row] = await query('get', { id });
  if (row === undefined || (row.visibility === 'private' && row.author !== reader)) return undefined;
  return {
    ...toSummary(row),
    ingredients: row.ingredientNames.map((name, index) => toIngredient(row, name, index)),
    steps: row.steps,
  };
}

/** The newest recipes that the reader may see. */
export async function listRecipes({ reader, limit }) {
  const rows = await query('list', {
    ...BEGINNING,
    isFromEverybody: true,
    author: reader,
    visibilities: ['private', 'unlisted'],
    maxTotalMinutes: 86_400,
    count: limit + 1,
  });
  const items = rows.slice(0, limit).map(toSummary);
  if (rows.length <= limit) return { items };
  const last = items.at(-1);
  const cursor = JSON.stringify([last.createdAt, last.id]);
  return { items, nextCursor: Buffer.from(cursor).toString('base64url') };
}

/** Stores a recipe; gives it as it is then. */
export async function createRecipe(content, author) {
  const now = new Date();
  const draft = {
    description: '',
    prepMinutes: 0,
    cookMinutes: 0,
    tags: [],
    visibility: 'private',
    ...content,
  };
  const { ingredients } = draft;
  const row = {
    ...draft,
    id: uuidV7(now),
    author,
    tags: [...new Set(draft.tags.map((tag) => tag.normalize('NFC').toLowerCase().trim()))],
    createdAt: now,
    updatedAt: now,
    version: 1,
  };
  await query('insert', {
    ...row,
    titleKey: toTitleKey(draft.title),
    ingredientNames: ingredients.map(({ name }) => name),
    ingredientQuantities: ingredients.map(({ quantity = '' }) => quantity),
    ingredientUnits: ingredients.map(({ unit = '' }) => unit),
    ingredientNotes: ingredients.map(({ note = '' }) => note),
  });
  return { ...toSummary(row), ingredients, steps: draft.steps };
}

function toSummary(row) {
  return {
    id: row.id,
    title: row.title,
    description: row.description,
    servings: row.servings,
    prepMinutes: row.prepMinutes,
    cookMinutes: row.cookMinutes,
    totalMinutes: row.prepMinutes + row.cookMinutes,
    tags: row.tags,
    visibility: row.visibility,
    author: row.author,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    version: row.version,
  };
}

function toIngredient(row, name, index) {
  const ingredient = { name };
  const quantity = row.ingredientQuantities[index];
  const unit = row.ingredientUnits[index];
  const note = row.ingredientNotes[index];
  if (quantity !== '') ingredient.quantity = quantity;
  if (unit !== '') ingredient.unit = unit;
  if (note !== '') ingredient.note = note;
  return ingredient;
}

function toTitleKey(title) {
  const plain = title
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/\p{M}+/gu, '')
    .trim();
  return Array.from(plain).slice(0, 100).join('');
}

/** Source: RFC 9562 section 5.7. */
function uuidV7(now) {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(now.getTime(), 0, 6);
  bytes[6] = 0x70 | (bytes[6] & 0x0f);
  bytes[8] = 0x80 | (bytes[8] & 0x3f);
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

const keys = createRemoteJWKSet(new URL(settings.jwksUrl));
const checks = { issuer: settings.issuer, audience: settings.audience, algorithms: ['EdDSA'] };
const KNOWN_TOKENS = 10_000;
/** Verified tokens with their subjects and the second that each ends in. */
const known = new Map();

/** The subject of a token; undefined when it is not to be trusted. A token is verified once, and then known until it ends. */
export async function subjectOf(authorization) {
  if (!authorization?.startsWith('Bearer ')) return undefined;
  const token = authorization.slice('Bearer '.length);
  const found = known.get(token);
  if (found !== undefined && found.exp * 1000 > Date.now()) return found.sub;
  try {
    const { payload } = await jwtVerify(token, keys, checks);
    if (known.size >= KNOWN_TOKENS) known.delete(known.keys().next().value);
    known.set(token, payload);
    return payload.sub;
  } catch {
    return undefined;
  }
}

/** The header fields that the contract has of a recipe. */
export const etagOf = (recipe) => `"v${recipe.version}"`;
export const locationOf = (recipe) => `/recipes/${recipe.id}`;
