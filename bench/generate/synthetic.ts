/** Operations on one collection: list, create, read. */
const EACH = 3;

/** The text of an OpenAPI document with so many operations (to the next multiple of three), each three with a schema of their own. */
export function syntheticDocument(operations: number): string {
  const names = Array.from({ length: Math.ceil(operations / EACH) }, (_, index) => `Thing${index}`);
  return JSON.stringify({
    openapi: '3.1.0',
    info: { title: `A document with ${names.length * EACH} operations`, version: '1.0.0' },
    servers: [{ url: 'https://api.example.com' }],
    paths: Object.fromEntries(names.flatMap(pathsOf)),
    components: { schemas: Object.fromEntries(names.map((name) => [name, schemaOf(name)])) },
  });
}

function pathsOf(name: string): readonly (readonly [path: string, item: object])[] {
  const collection = `/${name.toLowerCase()}s`;
  const reference = { $ref: `#/components/schemas/${name}` };
  const list = {
    operationId: `list${name}s`,
    parameters: [
      parameter('query', 'limit', { type: 'integer', minimum: 1, maximum: 100, default: 20 }),
      parameter('query', 'cursor', { type: 'string', maxLength: 200 }),
    ],
    responses: { 200: answer('A page.', { type: 'array', maxItems: 100, items: reference }) },
  };
  const create = {
    operationId: `create${name}`,
    requestBody: { required: true, ...json(reference) },
    responses: { 201: answer('It is made.', reference) },
  };
  const read = {
    operationId: `get${name}`,
    parameters: [parameter('path', 'id', { type: 'string', format: 'uuid' })],
    responses: { 200: answer('It is here.', reference), 404: { description: 'There is none.' } },
  };
  return [
    [collection, { get: list, post: create }],
    [`${collection}/{id}`, { get: read }],
  ];
}

function json(schema: object): object {
  return { content: { 'application/json': { schema } } };
}

function answer(description: string, schema: object): object {
  return { description, ...json(schema) };
}

function parameter(place: 'path' | 'query', name: string, schema: object): object {
  return { name, in: place, required: place === 'path', schema };
}

function schemaOf(name: string): object {
  const line = { type: 'string', minLength: 1, maxLength: 200 };
  return {
    type: 'object',
    required: ['id', 'title', 'state'],
    additionalProperties: false,
    description: `What ${name} is.`,
    properties: {
      id: { type: 'string', format: 'uuid' },
      title: line,
      state: { enum: ['open', 'closed', 'archived'] },
      amount: { type: 'number', minimum: 0 },
      count: { type: 'integer', minimum: 0, maximum: 1_000_000 },
      changedAt: { type: 'string', format: 'date-time' },
      labels: { type: 'array', maxItems: 20, items: line },
      owner: {
        type: 'object',
        required: ['name'],
        additionalProperties: false,
        properties: { name: line, mail: { type: ['string', 'null'], maxLength: 200 } },
      },
    },
  };
}
