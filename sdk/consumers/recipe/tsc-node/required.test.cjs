const { createClient, listRecipes } = require('@chompardo/sdk');

test('CommonJS, which Jest compiles tests to, requires it', async () => {
  const fetch = () => Promise.resolve(Response.json({ items: [] }));
  const result = await listRecipes(
    {},
    { client: createClient({ baseUrl: 'https://api.example.com', fetch }) },
  );
  expect(result.status).toBe(200);
});
