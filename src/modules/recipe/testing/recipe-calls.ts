import assert from 'node:assert/strict';
import type { Problem } from '#generated/common/schemas.ts';
import type { Recipe } from '#generated/recipe/schemas.ts';
import type { Person } from './recipe-app.ts';

/** A recipe with every member. */
export const BODY = {
  title: 'Soup of roasted tomatoes',
  description: 'For the last ripe ones.',
  servings: 4,
  prepMinutes: 15,
  cookMinutes: 45,
  tags: ['Vegan', ' soup '],
  ingredients: [
    { name: 'ripe tomatoes', quantity: '1.50', unit: 'kg', note: 'quartered' },
    { name: 'stock', quantity: '500', unit: 'ml' },
    { name: 'salt' },
  ],
  steps: ['Roast.', 'Blend.', 'Simmer.'],
  visibility: 'public',
};

/** A recipe with no more than it must have. */
export const MINIMAL = {
  title: 'Toast',
  servings: 1,
  ingredients: [{ name: 'bread' }],
  steps: ['Toast it.'],
};

/** The header of a patch. */
export const MERGE_PATCH = { 'content-type': 'application/merge-patch+json' };

/** The body of an answer that must have this status. */
export async function read<T>(response: Response, status: number): Promise<T> {
  const text = await response.text();
  assert.equal(response.status, status, text);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the app holds its responses to the contract in tests
  return JSON.parse(text) as T;
}

/** The problem of an answer that must have this status, and this code as the end of its type. */
export async function problem(response: Response, status: number, code?: string): Promise<Problem> {
  const body = await read<Problem>(response, status);
  assert.equal(response.headers.get('content-type'), 'application/problem+json');
  assert.equal(body.status, status);
  if (code !== undefined) {
    assert.equal(body.type, `/problems/${code}`);
  }
  return body;
}

/** Creates a recipe: what is given, and no more than it must have. */
export async function create(person: Person, parts: object = {}): Promise<Recipe> {
  return read<Recipe>(await person('POST', '/recipes', { json: { ...MINIMAL, ...parts } }), 201);
}
