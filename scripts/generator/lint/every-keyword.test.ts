/**
 * Each keyword of OpenAPI is read, shown to people, or refused at its line: what is accepted and read by nothing would be
 * believed by its author.
 */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import {
  PLAIN_KEYWORDS,
  SCHEMA_KEYWORDS,
  SCHEMA_LIST_KEYWORDS,
  SCHEMA_MAP_KEYWORDS,
} from '#kernel/contract/validation/schema-views.ts';
import { OPENAPI_OBJECTS } from '../load/openapi-objects.ts';
import { specSet } from '../testing/spec-set.ts';
import { checkHouseStyle } from './check-house-style.ts';
import { HOUSE_RULES } from './house-rules.ts';

/** Members that the compiler or the runtime reads, by object. */
const READ: Readonly<Record<string, string>> = {
  openapi: 'openapi info servers paths components security tags',
  info: 'title version',
  server: 'url',
  components: 'schemas responses parameters requestBodies headers securitySchemes pathItems',
  path: 'get put post delete options head patch parameters',
  operation: 'tags operationId parameters requestBody responses deprecated security',
  parameter: 'name in required deprecated style explode allowReserved schema content',
  requestBody: 'content required',
  mediaType: 'schema encoding',
  response: 'headers content',
  header: 'required schema explode',
  tag: 'name',
  schema:
    'type format default readOnly writeOnly deprecated nullable discriminator contentEncoding contentMediaType',
  discriminator: 'propertyName mapping',
  securityScheme: 'type name in scheme flows',
};

/** Members that stand in the published document for people and their tools. */
const SHOWN: Readonly<Record<string, string>> = {
  openapi: 'externalDocs',
  info: 'summary description termsOfService contact license',
  contact: 'name url email',
  license: 'name identifier url',
  server: 'description variables',
  serverVariable: 'enum default description',
  components: 'examples links callbacks',
  path: 'summary description',
  operation: 'summary description externalDocs',
  externalDocs: 'url description',
  parameter: 'description example examples',
  requestBody: 'description',
  mediaType: 'example examples',
  response: 'description links',
  header: 'description deprecated example examples',
  example: 'summary description value externalValue',
  link: 'operationRef operationId parameters requestBody description server',
  tag: 'description externalDocs',
  // Annotations of JSON Schema, names that nothing may refer to, and how tools are to write XML.
  schema: 'title description $anchor $dynamicAnchor xml externalDocs example examples $comment $schema',
  xml: 'name namespace prefix attribute wrapped',
  securityScheme: 'description bearerFormat openIdConnectUrl',
  flows: 'implicit password clientCredentials authorizationCode',
  flow: 'authorizationUrl tokenUrl refreshUrl scopes',
};

const PARAMETER =
  'name: q, in: path, required: true, description: A., schema: { type: string, maxLength: 1 }';
const HEADER = "responses: { '200': { headers: { X-A: { schema: { type: string }, HERE } } } }";
const FORM = (encoding: string): string =>
  `requestBody: { content: { multipart/form-data: { schema: { type: object, properties: { a: { type: string } } }, encoding: { a: { ${encoding} } } } } }`;

const FIELD = (keywords: string): string =>
  `requestBody: { content: { multipart/form-data: { schema: { type: object, properties: { a: { type: string, ${keywords} } } } } } }`;

/** Members that are refused, with a place of each: what stands below `post`, and the rule. */
const REFUSED: Readonly<
  Record<string, Readonly<Record<string, readonly [operation: string, rule: string]>>>
> = {
  operation: {
    servers: ['servers: [{ url: / }]', 'same-servers'],
    callbacks: ['callbacks: {}', 'served-only'],
  },
  parameter: {
    allowEmptyValue: [`parameters: [{ ${PARAMETER}, allowEmptyValue: true }]`, 'readable-values'],
  },
  encoding: {
    contentType: [FORM('contentType: text/csv'), 'readable-values'],
    headers: [FORM('headers: {}'), 'readable-values'],
    style: [FORM('style: form'), 'readable-values'],
    explode: [FORM('explode: true'), 'readable-values'],
    allowReserved: [FORM('allowReserved: true'), 'readable-values'],
  },
  // Read where they name a file, and an encoding of RFC 4648.
  schema: {
    contentMediaType: [FIELD('contentMediaType: text/csv'), 'readable-values'],
    contentEncoding: [FIELD('contentEncoding: quoted-printable'), 'readable-values'],
    contentSchema: [FIELD('contentEncoding: base64, contentSchema: { type: boolean }'), 'readable-values'],
  },
  header: {
    allowEmptyValue: [HEADER.replace('HERE', 'allowEmptyValue: true'), 'readable-values'],
    allowReserved: [HEADER.replace('HERE', 'allowReserved: true'), 'readable-values'],
    style: [HEADER.replace('HERE', 'style: form'), 'readable-values'],
    content: [HEADER.replace('HERE', 'content: { text/plain: {} }'), 'readable-values'],
  },
};

/** Refused at other places than below an operation, with tests of their own. */
const REFUSED_ELSEWHERE: Readonly<Record<string, string>> = {
  openapi: 'webhooks jsonSchemaDialect',
  path: 'trace servers',
  schema: '$id $dynamicRef',
};

const VALIDATED = new Set([
  ...PLAIN_KEYWORDS,
  ...SCHEMA_KEYWORDS,
  ...SCHEMA_LIST_KEYWORDS,
  ...SCHEMA_MAP_KEYWORDS,
]);

function has(list: Readonly<Record<string, string>>, kind: string, member: string): boolean {
  return list[kind]?.split(' ').includes(member) === true;
}

suite('a keyword of OpenAPI is read, shown or refused', () => {
  for (const [kind, { members }] of Object.entries(OPENAPI_OBJECTS)) {
    test(`in ${kind}`, () => {
      for (const member of Object.keys(members)) {
        const known =
          has(READ, kind, member) ||
          has(SHOWN, kind, member) ||
          has(REFUSED_ELSEWHERE, kind, member) ||
          REFUSED[kind]?.[member] !== undefined ||
          (kind === 'schema' && VALIDATED.has(member));
        assert.ok(known, `nothing reads ${member} of ${kind}: read it, or refuse it at its line`);
      }
    });
  }

  for (const [kind, refused] of Object.entries(REFUSED)) {
    for (const [member, [operation, rule]] of Object.entries(refused)) {
      test(`${member} of ${kind} is refused`, () => {
        const text = `paths:\n  /a/{q}:\n    post:\n      ${operation}\n`;
        const specs = specSet({ 'openapi.yaml': 'servers: [{ url: / }]\n', 'ticket/openapi.yaml': text });
        const found = checkHouseStyle(specs, HOUSE_RULES).filter(
          ({ rule: name, at }) => name === rule && at.line === 4,
        );
        assert.ok(
          found.some(({ message }) => message.includes(member) || rule !== 'readable-values'),
          member,
        );
      });
    }
  }
});
