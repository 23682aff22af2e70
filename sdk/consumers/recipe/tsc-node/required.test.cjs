const { createClient, listRecipes } = require('@chompardo/sdk');

const fetch = () => Promise.resolve(Response.json({ items: [] }));
const client = createClient({ baseUrl: 'https://api.example.com', fetch });

test('CommonJS, which Jest compiles tests to, requires it', async () => {
  expect((await listRecipes({}, { client })).status).toBe(200);
});
