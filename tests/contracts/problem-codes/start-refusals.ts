import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parse } from 'yaml';
import type { Operation, Parameter } from '#kernel/contract/operation.ts';
import { DomainError } from '#kernel/domain/domain-error.ts';
import { createContractApp, type ContractAppOptions } from '#kernel/app/contract-app.ts';
import { serveTestApp, testDefaults, type TestApp } from '../../kit/app.ts';
import { createFakeAuthenticators } from '../../kit/fake-authenticators.ts';
import { keywords, ofModules } from './refusals.ts';

class ModuleError extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'breaks-a-rule';
}

const bodyContent = {
  'application/json': {
    schema: {
      type: 'object',
      properties: Object.fromEntries(keywords.map(([schema], index) => [`p${index}`, schema])),
    },
  },
  'application/x-www-form-urlencoded': { schema: { type: 'object', properties: { a: { type: 'string' } } } },
  'multipart/form-data': {
    schema: {
      type: 'object',
      properties: {
        a: { type: 'string' },
        data: { type: 'object' },
        file: { type: 'string', format: 'binary' },
      },
    },
  },
};

const json200 = { description: 'Done', content: { 'application/json': { schema: {} } } };
const problem = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };
const responses = {
  200: json200,
  400: { description: 'Bad', content: problem },
  422: { description: 'Invalid', content: problem },
};

const declared = [
  { name: 'label', in: 'path', required: true, style: 'label', schema: { type: 'string' } },
  { name: 'low', in: 'query', schema: { type: 'integer', minimum: 1 } },
  { name: 'pairs', in: 'query', style: 'form', explode: false, schema: { type: 'object' } },
  {
    name: 'json',
    in: 'query',
    content: { 'application/json': { schema: { type: 'array', items: { type: 'integer' } } } },
  },
  { name: 'If-Match', in: 'header', schema: { type: 'string' } },
];
const idempotencyKey = { name: 'Idempotency-Key', in: 'header', required: true, schema: { type: 'string' } };

const plain = { required: false, explode: false, allowReserved: false, style: 'form' } as const;
const text = { kind: 'scalar', types: ['string'] } as const;
const label: Parameter = {
  ...plain,
  name: 'label',
  key: 'label',
  in: 'path',
  required: true,
  style: 'label',
  decode: text,
};
const described: Operation['responses'] = [200, 400, 422].map((status) => ({
  status,
  headers: [],
  content: [
    status === 200
      ? { mediaType: 'application/json', kind: 'json' }
      : { mediaType: 'application/problem+json', kind: 'problem' },
  ],
}));
const common = { security: [{ bearerAuth: [] }], responses: described, deprecated: false, extensions: {} };

const operations = {
  sendBody: {
    ...common,
    id: 'sendBody',
    method: 'post',
    path: '/bodies',
    parameters: [],
    body: {
      required: true,
      content: [
        { mediaType: 'application/json', kind: 'json' },
        { mediaType: 'application/x-www-form-urlencoded', kind: 'form' },
        { mediaType: 'multipart/form-data', kind: 'multipart' },
      ],
    },
  },
  sendParameters: {
    ...common,
    id: 'sendParameters',
    method: 'get',
    path: '/parameters/{label}',
    parameters: [
      label,
      { ...plain, name: 'low', key: 'low', in: 'query', decode: { kind: 'scalar', types: ['integer'] } },
      {
        ...plain,
        name: 'pairs',
        key: 'pairs',
        in: 'query',
        decode: { kind: 'object', properties: {}, additional: ['string'] },
      },
      { ...plain, name: 'json', key: 'json', in: 'query', decode: { kind: 'json' } },
      { ...plain, name: 'If-Match', key: 'if-match', in: 'header', style: 'simple', decode: text },
    ],
    body: null,
  },
  repeat: {
    ...common,
    id: 'repeat',
    method: 'post',
    path: '/parameters/{label}',
    parameters: [
      label,
      {
        ...plain,
        name: 'Idempotency-Key',
        key: 'idempotency-key',
        in: 'header',
        required: true,
        style: 'simple',
        decode: text,
      },
    ],
    body: null,
  },
  breakRule: {
    ...common,
    id: 'breakRule',
    method: 'get',
    path: '/rules/{label}',
    parameters: [label],
    body: null,
  },
} as const satisfies Record<string, Operation>;

const components: { readonly schemas: Readonly<Record<string, unknown>>; readonly securitySchemes: object } =
  parse(await readFile(new URL('../../../specs/common/components.yaml', import.meta.url), 'utf8')).components;

const document = {
  openapi: '3.1.0',
  info: { title: 'Refusals', version: '1' },
  paths: {
    '/bodies': {
      post: { operationId: 'sendBody', requestBody: { required: true, content: bodyContent }, responses },
    },
    '/parameters/{label}': {
      get: { operationId: 'sendParameters', parameters: declared, responses },
      post: { operationId: 'repeat', parameters: [declared[0], idempotencyKey], responses },
    },
    '/rules/{label}': { get: { operationId: 'breakRule', parameters: [declared[0]], responses } },
  },
  components,
};

const answered = (): Promise<unknown> => Promise.resolve({ status: 200, body: null });

/** Serves a contract made from the tables of `refusals.ts` and from the shared components; problems are held to it. */
export async function startRefusals(options: Partial<ContractAppOptions> = {}): Promise<TestApp> {
  const folder = await mkdtemp(join(os.tmpdir(), 'refusals-'));
  try {
    for (const file of ['openapi.json', 'openapi.yaml'])
      await writeFile(join(folder, file), JSON.stringify(document));
    return serveTestApp(
      await createContractApp({
        ...testDefaults(),
        ...options,
        authenticators: createFakeAuthenticators(),
        database: { ping: () => Promise.resolve() },
        idempotency: { once: (_call, work) => work() },
        documents: pathToFileURL(`${folder}/`),
        modules: [
          {
            name: 'refusals',
            document,
            operations,
            handlers: {
              sendBody: answered,
              sendParameters: answered,
              repeat: answered,
              breakRule: ({ path }: { readonly path: { readonly label: string } }) => {
                const entry = ofModules[Number(path.label)];
                const details = entry === undefined ? [] : [{ ...entry, message: 'breaks a rule' }];
                return Promise.reject(new ModuleError('No.', { details }));
              },
            },
          },
        ],
      }),
    );
  } finally {
    await rm(folder, { recursive: true });
  }
}
