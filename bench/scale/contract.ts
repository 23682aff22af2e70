/** Operations of each resource: list, create, read. */
export const OPERATIONS_OF_A_RESOURCE = 3;

const HEAD = `openapi: 3.1.0
info: { title: Things, version: 1.0.0, description: Things of many kinds., license: { name: MIT, identifier: MIT } }
servers: [{ url: /, description: The server that this document came from. }]
security: [{ bearerAuth: [] }]
`;

const SECURITY = `components:
  securitySchemes:
    bearerAuth: { $ref: COMMON#/components/securitySchemes/bearerAuth }
`;

/** The document that all modules are joined into. */
export const ROOT_DOCUMENT = `${HEAD}paths: {}\n${SECURITY.replace('COMMON', 'common/components.yaml')}`;

/** A module with so many resources, each with schemas of its own, as the modules of a real API have. */
export function thingsDocument(resources: number): string {
  const numbers = Array.from({ length: resources }, (_, index) => index + 1);
  return [
    HEAD,
    'tags: [{ name: Things, description: Things of many kinds. }]\n',
    `paths:\n${numbers.map(pathsOf).join('')}`,
    SECURITY.replace('COMMON', '../common/components.yaml'),
    `  schemas:\n${numbers.map(schemasOf).join('')}`,
  ].join('');
}

function pathsOf(n: number): string {
  return `  /things-${n}:
    get:
      operationId: listThings${n}
      tags: [Things]
      summary: List things of kind ${n}
      description: Lists things of kind ${n}.
      parameters:
        - { $ref: ../common/components.yaml#/components/parameters/Limit }
        - { name: label, in: query, description: Labels that the thing must have., schema: { type: array, maxItems: 10, items: { type: string, minLength: 1, maxLength: 40 } } }
      responses:
        '200': { description: One page., content: { application/json: { schema: { $ref: '#/components/schemas/Thing${n}Page' } } } }
    post:
      operationId: createThing${n}
      tags: [Things]
      summary: Create a thing of kind ${n}
      description: Creates a thing of kind ${n}.
      requestBody:
        required: true
        content: { application/json: { schema: { $ref: '#/components/schemas/Thing${n}Content' } } }
      responses:
        '201':
          description: The thing.
          headers:
            Location: { $ref: ../common/components.yaml#/components/headers/Location }
          content: { application/json: { schema: { $ref: '#/components/schemas/Thing${n}' } } }
  /things-${n}/{thingId}:
    parameters:
      - { name: thingId, in: path, required: true, description: The thing., schema: { type: string, format: uuid } }
    get:
      operationId: getThing${n}
      tags: [Things]
      summary: Get a thing of kind ${n}
      description: Gives a thing of kind ${n}.
      responses:
        '200': { description: The thing., content: { application/json: { schema: { $ref: '#/components/schemas/Thing${n}' } } } }
        '404': { $ref: ../common/components.yaml#/components/responses/NotFound }
`;
}

function schemasOf(n: number): string {
  return `    Thing${n}Part:
      type: object
      description: A part of a thing of kind ${n}.
      additionalProperties: false
      required: [name]
      properties:
        name: { type: string, minLength: 1, maxLength: 200, description: Its name. }
        count: { type: integer, minimum: 1, maximum: 1000, default: 1, description: How many. }
        price: { type: string, maxLength: 19, pattern: '^(0|[1-9][0-9]{0,8})(\\.[0-9]{1,9})?$', description: A decimal number., examples: ['1.50'] }
    Thing${n}Content:
      type: object
      description: What the author of a thing of kind ${n} writes.
      additionalProperties: false
      required: [title, parts]
      properties:
        title: { type: string, minLength: 1, maxLength: 200, description: Its name. }
        minutes${n}: { type: integer, minimum: 0, maximum: 43200, default: 0, description: How long it takes. }
        labels: { type: array, maxItems: 20, default: [], description: Words to find it by., items: { type: string, minLength: 1, maxLength: 40 } }
        parts: { type: array, minItems: 1, maxItems: 50, description: What it is made of., items: { $ref: '#/components/schemas/Thing${n}Part' } }
    Thing${n}:
      type: object
      description: A thing of kind ${n}.
      additionalProperties: false
      required: [id, title, labels, parts, createdAt]
      properties:
        id: { type: string, format: uuid, description: Its id. }
        title: { type: string, minLength: 1, maxLength: 200, description: Its name. }
        minutes${n}: { type: integer, minimum: 0, maximum: 43200, description: How long it takes. }
        labels: { type: array, maxItems: 20, description: Words to find it by., items: { type: string, minLength: 1, maxLength: 40 } }
        parts: { type: array, maxItems: 50, description: What it is made of., items: { $ref: '#/components/schemas/Thing${n}Part' } }
        createdAt: { type: string, format: date-time, description: When it was made. }
    Thing${n}Page:
      type: object
      description: One page of things of kind ${n}.
      additionalProperties: false
      required: [items]
      properties:
        items: { type: array, maxItems: 100, description: The things., items: { $ref: '#/components/schemas/Thing${n}' } }
`;
}
