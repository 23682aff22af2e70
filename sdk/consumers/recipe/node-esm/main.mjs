import { createServer } from 'node:http';
import { once } from 'node:events';
import { createClient, getRecipe, RecipeVisibility } from '@chompardo/sdk';
import { ApiError, Chompardo } from '@chompardo/sdk/client';
import { recipeContentFields } from '@chompardo/sdk/forms';

const server = createServer((request, response) => {
  const isKnown = request.url === '/v1/recipes/a%2Fb';
  response.writeHead(isKnown ? 200 : 404, {
    'content-type': isKnown ? 'application/json' : 'application/problem+json',
    etag: '"v1"',
  });
  response.end(JSON.stringify({ title: request.headers.authorization ?? 'nobody' }));
}).listen(0, '127.0.0.1');
await once(server, 'listening');
const baseUrl = `http://127.0.0.1:${server.address().port}/v1`;

const client = createClient({ baseUrl, auth: 'token' });
const { status, data, headers } = await getRecipe({ recipeId: 'a/b' }, { client });
console.log(status, data.title, headers.etag);

const { recipe } = new Chompardo({ baseUrl });
const error = await recipe.getRecipe({ recipeId: 'other' }).catch((reason) => reason);
console.log(error instanceof ApiError, error.status, error.problem.title);
console.log(Object.values(RecipeVisibility).join(' '), recipeContentFields.title.maxLength);
server.close();
