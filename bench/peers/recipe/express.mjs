/** Express with express-openapi-validator as its README writes an app, with its defaults: requests and tokens by the contract. */
import express from 'express';
import * as OpenApiValidator from 'express-openapi-validator';
import { createRecipe, etagOf, getRecipe, listRecipes, locationOf, settings, subjectOf } from './recipes.mjs';

const app = express();
app.use(express.json());
app.use(
  OpenApiValidator.middleware({
    apiSpec: settings.contractPath,
    validateSecurity: {
      handlers: {
        bearerAuth: async (request) => {
          request.subject = await subjectOf(request.headers.authorization);
          return request.subject !== undefined;
        },
      },
    },
  }),
);

app.get('/recipes/:recipeId', async (request, response) => {
  const recipe = await getRecipe(request.params.recipeId, request.subject);
  if (recipe === undefined) return response.status(404).json({ status: 404, title: 'Not Found' });
  return response.set('etag', etagOf(recipe)).json(recipe);
});

app.get('/recipes', async (request, response) => {
  response.json(await listRecipes({ reader: request.subject, limit: request.query.limit }));
});

app.post('/recipes', async (request, response) => {
  const recipe = await createRecipe(request.body, request.subject);
  response
    .status(201)
    .set({ location: locationOf(recipe), etag: etagOf(recipe) })
    .json(recipe);
});

// Express knows an error handler by its four parameters.
app.use((error, _request, response, _next) => {
  const status = error.status ?? 500;
  response.status(status).json({ status, title: error.message, errors: error.errors });
});

app.listen(settings.port, '127.0.0.1');
