import { expect, test } from '@jest/globals';
import { createClient, listRecipes } from '@chompardo/sdk';

test('an ES module imports it', async () => {
  const fetch = () => Promise.resolve(Response.json({ items: [] }));
  const result = await listRecipes(
    {},
    { client: createClient({ baseUrl: 'https://api.example.com', fetch }) },
  );
  expect(result.status).toBe(200);
});
