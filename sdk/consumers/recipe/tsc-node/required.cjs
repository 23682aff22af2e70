const { createClient, listRecipes } = require('@chompardo/sdk');

const fetch = () => Promise.resolve(Response.json({ items: [{ title: 'Soup' }] }));
const client = createClient({ baseUrl: 'https://api.example.com', fetch });

async function main() {
  const { status, data } = await listRecipes({}, { client });
  console.log(status, data.items[0].title);
}

void main();
