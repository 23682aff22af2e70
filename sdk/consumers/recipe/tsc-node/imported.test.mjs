import { expect, test } from '@jest/globals';
import { createClient, listRecipes } from '@chompardo/sdk';

const fetch = () => Promise.resolve(Response.json({ items: [] }));
const client = createClient({ baseUrl: 'https://api.example.com', fetch });

test('an ES module imports it', async () => {
  expect((await listRecipes({}, { client })).status).toBe(200);
});
