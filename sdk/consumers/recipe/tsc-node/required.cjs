const { createClient, listRecipes } = require('@chompardo/sdk');

const fetch = () => Promise.resolve(Response.json({ items: [{ title: 'Soup' }] }));
void listRecipes({}, { client: createClient({ baseUrl: 'https://api.example.com', fetch }) }).then(
  ({ status, data }) => {
    console.log(status, data.items[0].title);
  },
);
