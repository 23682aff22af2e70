/**
 * The objects of OpenAPI 3.0 and 3.1 as a table: which members each has, and what each holds. It serves every walk over
 * a document, so that none takes example data for a schema. Source: OpenAPI 3.1.1 section 4.8, JSON Schema 2020-12.
 */

/** The kinds of object a document is made of. */
export type ObjectKind =
  | 'openapi'
  | 'info'
  | 'contact'
  | 'license'
  | 'server'
  | 'serverVariable'
  | 'components'
  | 'paths'
  | 'path'
  | 'operation'
  | 'externalDocs'
  | 'parameter'
  | 'requestBody'
  | 'mediaType'
  | 'encoding'
  | 'responses'
  | 'response'
  | 'header'
  | 'callback'
  | 'example'
  | 'link'
  | 'tag'
  | 'schema'
  | 'discriminator'
  | 'xml'
  | 'securityScheme'
  | 'flows'
  | 'flow'
  | 'requirement';

/** What a member holds: `text[]` a sequence of text, `{object}` a mapping to objects; `any` is data nobody walks into. */
export type Holds =
  | 'text'
  | 'boolean'
  | 'number'
  | 'number|boolean'
  | 'count'
  | 'text[]'
  | 'text|text[]'
  | 'text{}'
  | 'text[]{}'
  | 'any'
  | 'any[]'
  | ObjectKind
  | `[${ObjectKind}]`
  | `{${ObjectKind}}`;

/** One member of an object. */
export interface Member {
  readonly holds: Holds;
  readonly required?: true;
  /** The only values allowed, for text. */
  readonly oneOf?: readonly string[];
}

/** One kind of object. */
export interface ObjectRule {
  /** In words, for messages: `an operation`. */
  readonly noun: string;
  readonly members: Readonly<Record<string, Member>>;
  /** A `$ref` may stand in its place. */
  readonly referable?: true;
  /** What members of other names hold, where names are free; `x-` members are free everywhere. */
  readonly others?: Holds;
}

const text: Member = { holds: 'text' };
const flag: Member = { holds: 'boolean' };
const number: Member = { holds: 'number' };
const count: Member = { holds: 'count' };
const any: Member = { holds: 'any' };
const requiredText: Member = { holds: 'text', required: true };
const schema: Member = { holds: 'schema' };
const schemas: Member = { holds: '[schema]' };
const schemaMap: Member = { holds: '{schema}' };
const externalDocs: Member = { holds: 'externalDocs' };
const examples: Member = { holds: '{example}' };
const content: Member = { holds: '{mediaType}' };
const operation: Member = { holds: 'operation' };

const parameterMembers: Readonly<Record<string, Member>> = {
  description: text,
  required: flag,
  deprecated: flag,
  allowEmptyValue: flag,
  style: {
    holds: 'text',
    oneOf: ['matrix', 'label', 'simple', 'form', 'spaceDelimited', 'pipeDelimited', 'deepObject'],
  },
  explode: flag,
  allowReserved: flag,
  schema,
  example: any,
  examples,
  content,
};

/** JSON types a schema may name. */
export const SCHEMA_TYPES = ['array', 'boolean', 'integer', 'null', 'number', 'object', 'string'] as const;

/** The table. */
export const OPENAPI_OBJECTS: Readonly<Record<ObjectKind, ObjectRule>> = {
  openapi: {
    noun: 'an OpenAPI document',
    members: {
      openapi: requiredText,
      info: { holds: 'info', required: true },
      jsonSchemaDialect: text,
      servers: { holds: '[server]' },
      paths: { holds: 'paths' },
      webhooks: { holds: '{path}' },
      components: { holds: 'components' },
      security: { holds: '[requirement]' },
      tags: { holds: '[tag]' },
      externalDocs,
    },
  },
  info: {
    noun: 'info',
    members: {
      title: requiredText,
      version: requiredText,
      summary: text,
      description: text,
      termsOfService: text,
      contact: { holds: 'contact' },
      license: { holds: 'license' },
    },
  },
  contact: { noun: 'a contact', members: { name: text, url: text, email: text } },
  license: { noun: 'a license', members: { name: requiredText, identifier: text, url: text } },
  server: {
    noun: 'a server',
    members: { url: requiredText, description: text, variables: { holds: '{serverVariable}' } },
  },
  serverVariable: {
    noun: 'a server variable',
    members: { enum: { holds: 'text[]' }, default: requiredText, description: text },
  },
  components: {
    noun: 'components',
    members: {
      schemas: schemaMap,
      responses: { holds: '{response}' },
      parameters: { holds: '{parameter}' },
      examples,
      requestBodies: { holds: '{requestBody}' },
      headers: { holds: '{header}' },
      securitySchemes: { holds: '{securityScheme}' },
      links: { holds: '{link}' },
      callbacks: { holds: '{callback}' },
      pathItems: { holds: '{path}' },
    },
  },
  paths: { noun: 'paths', members: {}, others: 'path' },
  path: {
    noun: 'a path',
    referable: true,
    members: {
      summary: text,
      description: text,
      get: operation,
      put: operation,
      post: operation,
      delete: operation,
      options: operation,
      head: operation,
      patch: operation,
      trace: operation,
      servers: { holds: '[server]' },
      parameters: { holds: '[parameter]' },
    },
  },
  operation: {
    noun: 'an operation',
    members: {
      tags: { holds: 'text[]' },
      summary: text,
      description: text,
      externalDocs,
      operationId: text,
      parameters: { holds: '[parameter]' },
      requestBody: { holds: 'requestBody' },
      responses: { holds: 'responses' },
      callbacks: { holds: '{callback}' },
      deprecated: flag,
      security: { holds: '[requirement]' },
      servers: { holds: '[server]' },
    },
  },
  externalDocs: { noun: 'external documentation', members: { url: requiredText, description: text } },
  parameter: {
    noun: 'a parameter',
    referable: true,
    members: {
      name: requiredText,
      in: { holds: 'text', required: true, oneOf: ['query', 'header', 'path', 'cookie'] },
      ...parameterMembers,
    },
  },
  requestBody: {
    noun: 'a request body',
    referable: true,
    members: { description: text, content: { holds: '{mediaType}', required: true }, required: flag },
  },
  mediaType: {
    noun: 'a media type',
    members: { schema, example: any, examples, encoding: { holds: '{encoding}' } },
  },
  encoding: {
    noun: 'an encoding',
    members: {
      contentType: text,
      headers: { holds: '{header}' },
      style: text,
      explode: flag,
      allowReserved: flag,
    },
  },
  responses: { noun: 'responses', members: {}, others: 'response' },
  response: {
    noun: 'a response',
    referable: true,
    members: {
      description: requiredText,
      headers: { holds: '{header}' },
      content,
      links: { holds: '{link}' },
    },
  },
  header: { noun: 'a header', referable: true, members: parameterMembers },
  callback: { noun: 'a callback', referable: true, members: {}, others: 'path' },
  example: {
    noun: 'an example',
    referable: true,
    members: { summary: text, description: text, value: any, externalValue: text },
  },
  link: {
    noun: 'a link',
    referable: true,
    members: {
      operationRef: text,
      operationId: text,
      parameters: any,
      requestBody: any,
      description: text,
      server: { holds: 'server' },
    },
  },
  tag: { noun: 'a tag', members: { name: requiredText, description: text, externalDocs } },
  schema: {
    noun: 'a schema',
    referable: true,
    members: {
      type: { holds: 'text|text[]', oneOf: SCHEMA_TYPES },
      title: text,
      description: text,
      format: text,
      default: any,
      enum: { holds: 'any[]' },
      const: any,
      multipleOf: number,
      maximum: number,
      exclusiveMaximum: { holds: 'number|boolean' },
      minimum: number,
      exclusiveMinimum: { holds: 'number|boolean' },
      maxLength: count,
      minLength: count,
      pattern: text,
      maxItems: count,
      minItems: count,
      uniqueItems: flag,
      maxContains: count,
      minContains: count,
      maxProperties: count,
      minProperties: count,
      required: { holds: 'text[]' },
      dependentRequired: { holds: 'text[]{}' },
      allOf: schemas,
      anyOf: schemas,
      oneOf: schemas,
      not: schema,
      ...Object.fromEntries(['if', 'then', 'else'].map((keyword) => [keyword, schema])),
      items: schema,
      prefixItems: schemas,
      contains: schema,
      properties: schemaMap,
      patternProperties: schemaMap,
      additionalProperties: schema,
      propertyNames: schema,
      unevaluatedItems: schema,
      unevaluatedProperties: schema,
      dependentSchemas: schemaMap,
      contentEncoding: text,
      contentMediaType: text,
      contentSchema: schema,
      discriminator: { holds: 'discriminator' },
      xml: { holds: 'xml' },
      externalDocs,
      example: any,
      examples: { holds: 'any[]' },
      readOnly: flag,
      writeOnly: flag,
      deprecated: flag,
      nullable: flag,
      $defs: schemaMap,
      $id: text,
      $schema: text,
      $anchor: text,
      $comment: text,
      $dynamicRef: text,
      $dynamicAnchor: text,
    },
  },
  discriminator: {
    noun: 'a discriminator',
    members: { propertyName: requiredText, mapping: { holds: 'text{}' } },
  },
  xml: {
    noun: 'xml',
    members: { name: text, namespace: text, prefix: text, attribute: flag, wrapped: flag },
  },
  securityScheme: {
    noun: 'a security scheme',
    referable: true,
    members: {
      type: {
        holds: 'text',
        required: true,
        oneOf: ['apiKey', 'http', 'mutualTLS', 'oauth2', 'openIdConnect'],
      },
      description: text,
      name: text,
      in: { holds: 'text', oneOf: ['query', 'header', 'cookie'] },
      scheme: text,
      bearerFormat: text,
      flows: { holds: 'flows' },
      openIdConnectUrl: text,
    },
  },
  flows: {
    noun: 'OAuth flows',
    members: {
      implicit: { holds: 'flow' },
      password: { holds: 'flow' },
      clientCredentials: { holds: 'flow' },
      authorizationCode: { holds: 'flow' },
    },
  },
  flow: {
    noun: 'an OAuth flow',
    members: {
      authorizationUrl: text,
      tokenUrl: text,
      refreshUrl: text,
      scopes: { holds: 'text{}', required: true },
    },
  },
  requirement: { noun: 'a security requirement', members: {}, others: 'text[]' },
};

/** An OpenAPI object inside `Holds`, with how it is held. */
export interface HeldObject {
  readonly kind: ObjectKind;
  readonly shape: 'one' | 'list' | 'map';
}

const heldObjects = new Map<Holds, HeldObject>();
for (const kind of Object.keys(OPENAPI_OBJECTS).filter(isKind)) {
  heldObjects.set(kind, { kind, shape: 'one' });
  heldObjects.set(`[${kind}]`, { kind, shape: 'list' });
  heldObjects.set(`{${kind}}`, { kind, shape: 'map' });
}

/** Whether an object of OpenAPI has this name. */
export function isKind(name: string): name is ObjectKind {
  return Object.hasOwn(OPENAPI_OBJECTS, name);
}

/** The object inside `Holds`; `undefined` for plain values. */
export function heldObject(holds: Holds): HeldObject | undefined {
  return heldObjects.get(holds);
}

/** What the member `name` of an object of `kind` holds; `undefined` when the object has no such member. */
export function memberRule(kind: ObjectKind, name: string): Member | undefined {
  const rule = OPENAPI_OBJECTS[kind];
  if (Object.hasOwn(rule.members, name)) return rule.members[name];
  if (name.startsWith('x-')) return undefined;
  return rule.others === undefined ? undefined : { holds: rule.others };
}
