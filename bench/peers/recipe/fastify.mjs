/**
 * Fastify as its documentation writes an app: a schema for each route, from the same contract; one line of pino a request, where
 * Fastify's own would be two.
 */
import Fastify from 'fastify';
import { createRecipe, etagOf, getRecipe, listRecipes, locationOf, settings, subjectOf } from './recipes.mjs';
import { readSchemas } from './schemas.mjs';

const schemas = readSchemas(settings.contractPath);
const app = Fastify({ logger: true, disableRequestLogging: true });

app.decorateRequest('subject', '');
app.addHook('onRequest', async (request, reply) => {
  const subject = await subjectOf(request.headers.authorization);
  if (subject === undefined) return reply.code(401).send({ status: 401, title: 'Unauthorized' });
  request.subject = subject;
  return undefined;
});
app.addHook('onResponse', async (request, reply) => {
  request.log.info(
    {
      method: request.method,
      url: request.url,
      route: request.routeOptions.url,
      status: reply.statusCode,
      subject: request.subject,
      durationMs: reply.elapsedTime,
    },
    'request',
  );
});

app.get('/recipes/:recipeId', { schema: schemas.get }, async (request, reply) => {
  const recipe = await getRecipe(request.params.recipeId, request.subject);
  if (recipe === undefined) return reply.code(404).send({ status: 404, title: 'Not Found' });
  reply.header('etag', etagOf(recipe));
  return recipe;
});

app.get('/recipes', { schema: schemas.list }, async (request) =>
  listRecipes({ reader: request.subject, limit: request.query.limit }),
);

app.post('/recipes', { schema: schemas.create }, async (request, reply) => {
  const recipe = await createRecipe(request.body, request.subject);
  reply.code(201).header('location', locationOf(recipe)).header('etag', etagOf(recipe));
  return recipe;
});

await app.listen({ host: '127.0.0.1', port: settings.port });
