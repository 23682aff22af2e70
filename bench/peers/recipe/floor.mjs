/** What node:http, pg and known tokens cost without a framework: nothing is validated, nothing is logged. */
import { createServer } from 'node:http';
import { createRecipe, etagOf, getRecipe, listRecipes, locationOf, settings, subjectOf } from './recipes.mjs';

const server = createServer((request, response) => {
  answer(request, response).catch((error) => send(response, 500, { status: 500, title: String(error) }));
});

async function answer(request, response) {
  const subject = await subjectOf(request.headers.authorization);
  if (subject === undefined) return send(response, 401, { status: 401, title: 'Unauthorized' });
  const [path, query = ''] = request.url.split('?', 2);
  if (request.method === 'POST') {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const recipe = await createRecipe(JSON.parse(Buffer.concat(chunks).toString()), subject);
    return send(response, 201, recipe, { location: locationOf(recipe), etag: etagOf(recipe) });
  }
  if (path === '/recipes') {
    const limit = Number(new URLSearchParams(query).get('limit') ?? 20);
    return send(response, 200, await listRecipes({ reader: subject, limit }));
  }
  const recipe = await getRecipe(path.slice('/recipes/'.length), subject);
  if (recipe === undefined) return send(response, 404, { status: 404, title: 'Not Found' });
  return send(response, 200, recipe, { etag: etagOf(recipe) });
}

function send(response, status, value, headers = {}) {
  const body = JSON.stringify(value);
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    ...headers,
  });
  response.end(body);
}

server.listen(settings.port, '127.0.0.1');
