import { readFileSync } from 'node:fs';

/** Schemas of the measured operations as Fastify takes them, from the contract of the recipe module. */
export function readSchemas(contractPath) {
  const contract = JSON.parse(readFileSync(contractPath, 'utf8'));
  const collection = contract.paths['/recipes'];
  const item = contract.paths['/recipes/{recipeId}'];
  return {
    get: schemasOf(contract, item.get, item.parameters),
    list: schemasOf(contract, collection.get),
    create: schemasOf(contract, collection.post),
  };
}

function schemasOf(contract, operation, shared = []) {
  const parameters = [...shared, ...(operation.parameters ?? [])].map((each) => resolve(contract, each));
  const response = Object.entries(operation.responses)
    .filter(([status]) => status.startsWith('2'))
    .map(([status, { content }]) => [status, resolve(contract, content['application/json'].schema)]);
  const body = operation.requestBody?.content['application/json'].schema;
  return {
    params: objectOf(parameters, 'path'),
    querystring: objectOf(parameters, 'query'),
    headers: objectOf(parameters, 'header'),
    ...(body === undefined ? {} : { body: resolve(contract, body) }),
    response: Object.fromEntries(response),
  };
}

function objectOf(parameters, place) {
  const members = parameters
    .filter((parameter) => parameter.in === place)
    .map(({ name, schema }) => [place === 'header' ? name.toLowerCase() : name, schema]);
  return { type: 'object', properties: Object.fromEntries(members) };
}

/** The same value without `$ref`s and examples; the contract has no schema that contains itself. */
function resolve(contract, value) {
  if (Array.isArray(value)) return value.map((each) => resolve(contract, each));
  if (typeof value !== 'object' || value === null) return value;
  const { $ref, ...rest } = value;
  const members = Object.entries(rest)
    .filter(([name]) => name !== 'example' && name !== 'examples' && !name.startsWith('x-'))
    .map(([name, each]) => [name, resolve(contract, each)]);
  if ($ref === undefined) return Object.fromEntries(members);
  const target = $ref
    .slice('#/'.length)
    .split('/')
    .reduce((node, key) => node[key], contract);
  return { ...resolve(contract, target), ...Object.fromEntries(members) };
}
