import type { FakeIdentity } from '#tests/kit/identity.ts';
import type { LoadRequest } from '../../kit/load-client.ts';
import type { Operation } from './options.ts';

const READERS = 20;
const TOKEN_SECONDS = 3600;

/** What a client writes: eight ingredients, as the stored recipes have. */
export const CONTENT = {
  title: 'Soup of roasted tomatoes',
  description: 'The soup for the last ripe tomatoes of the year.',
  servings: 4,
  prepMinutes: 15,
  cookMinutes: 45,
  tags: ['vegan', 'soup', 'autumn'],
  ingredients: [
    { name: 'ripe tomatoes', quantity: '1.50', unit: 'kg', note: 'quartered' },
    { name: 'vegetable stock', quantity: '500', unit: 'ml' },
    { name: 'onions', quantity: '2' },
    { name: 'butter', quantity: '30', unit: 'g' },
    { name: 'garlic', quantity: '3', unit: 'cloves', note: 'crushed' },
    { name: 'thyme', quantity: '2', unit: 'sprigs' },
    { name: 'black pepper' },
    { name: 'salt' },
  ],
  steps: [
    'Roast the tomatoes for 30 minutes at 200 degrees.',
    'Soften the onions in the butter.',
    'Blend them with the stock.',
    'Simmer for 15 minutes and salt to taste.',
  ],
  visibility: 'public',
};

/** The requests of each operation, of twenty users in turn. */
export function createRequests(
  identity: Pick<FakeIdentity, 'token'>,
  ids: readonly string[],
): Readonly<Record<Operation, readonly LoadRequest[]>> {
  const now = Math.floor(Date.now() / 1000);
  const readers = Array.from({ length: READERS }, (_, number) => {
    const claims = { sub: `author-${number}`, exp: now + TOKEN_SECONDS };
    return { accept: 'application/json', authorization: `Bearer ${identity.token({ claims })}` };
  });
  const headersOf = (index: number): Readonly<Record<string, string>> => readers[index % READERS] ?? {};
  return {
    get: ids.map((id, index) => ({
      method: 'GET',
      path: `/recipes/${id}`,
      headers: headersOf(index),
      status: 200,
    })),
    list: readers.map((headers) => ({ method: 'GET', path: '/recipes?limit=20', headers, status: 200 })),
    post: readers.map((headers) => ({
      method: 'POST',
      path: '/recipes',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify(CONTENT),
      status: 201,
    })),
  };
}
