import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { createLogger } from '#kernel/http/middleware/logger.ts';
import { INTENDED_DIFFERENCES, type IntendedDifference } from '#kernel/referee/intended-differences.ts';
import { createReferee } from '#kernel/referee/referee.ts';
import type { JudgedRequest, Referee } from '#kernel/contract/ports.ts';
import { ProtocolError } from '#kernel/http/problems/protocol-error.ts';
import type { TestRequest } from '../../kit/app.ts';
import { call } from '../../kit/call.ts';
import { keywords } from '../problem-codes/refusals.ts';
import { startRefusals } from '../problem-codes/start-refusals.ts';
import { startKitchenSink } from './start-kitchen-sink.ts';

const logger = createLogger({ level: 'silent' });
const LIMIT = { limitBytes: 64 * 1024 };

/** In what the readers may differ: changed from request to request, so that one referee loads the contract once. */
const allowed: IntendedDifference[] = [];
const strict = createReferee({ mode: 'enforce', logger, ...LIMIT, differences: allowed });
let current: Referee = strict;
const judged: JudgedRequest[] = [];
const referee: Referee = {
  judge: (request) => {
    judged.push(request);
    return current.judge(request);
  },
};
const api = await startKitchenSink({ referee });
const labels = await startRefusals({ referee });
after(() => Promise.all([api[Symbol.asyncDispose](), labels[Symbol.asyncDispose]()]));

const JSON_BODY = { 'content-type': 'application/json' };
const post = (
  body: string | Uint8Array,
  headers: Readonly<Record<string, string>> = JSON_BODY,
): TestRequest => ({
  method: 'POST',
  headers,
  body,
});

function formOf(parts: Readonly<Record<string, string | File>>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(parts)) form.set(name, value);
  return form;
}

/** For each intended difference, requests that the two readers read differently for that reason alone. */
const EXAMPLES: Readonly<Record<string, readonly (readonly [path: string, options?: TestRequest])[]>> = {
  characters: [
    ['/query-styles?formWords=a%00'],
    ['/query-styles?formWords=%ff'],
    ['/things', post('{"title":"\\ud800"}')],
    ['/things', post(Buffer.from('{"title":"\xff"}', 'latin1'))],
    ['/text', post('a\u0000', { 'content-type': 'text/plain' })],
  ],
  'members named twice': [['/things', post('{"title":"a","title":"b"}')]],
  'names of prototypes': [['/any-json', post('{"__proto__":{"a":1}}')]],
  'numbers beyond a double': [
    ['/any-json', post('[9007199254740993]')],
    ['/any-json', post('[1e999]')],
  ],
  'numbers as texts': ['Infinity', '0x10', '0b11', '1e1', '%2B5', '%2010%20', '05', '1.0'].map((text) => [
    `/query-styles?limit=${text}`,
  ]),
  'encodings of texts': [
    [
      '/bodies',
      post(JSON.stringify({ [`p${keywords.findIndex(([schema]) => 'contentEncoding' in schema)}`]: 'x' })),
    ],
  ],
  ceilings: [
    ['/any-json', post('['.repeat(200) + ']'.repeat(200))],
    ['/form', post(`name=a${'&'.repeat(2000)}`, { 'content-type': 'application/x-www-form-urlencoded' })],
  ],
  'styles as declared': [['/parameters/1']],
  'names of prototypes in parameters': [['/query-styles?deep[__proto__][polluted]=1']],
  'unknown names that begin with a bracket': [['/headers?[x=1']],
  'members of exploded objects': [['/query-rest?own=a&b=1&c=2&d=3&e=4&f=5&g=6']],
  'files and fields': [['/photos', { method: 'POST', body: formOf({ cover: 'text' }) }]],
  'a required body': [['/any-json', post('\ufeff')]],
  'styles that the validator cannot read': [
    ['/query-styles?spaceColor=R%20100%20G%20200'],
    ['/query-styles?pipeColor=R|100|G|200'],
    ['/header-styles', { headers: { 'x-color': 'R,100,G,200' } }],
  ],
  'empty lists': ['formList', 'spaceList', 'pipeList'].map((name) => [`/query-styles?${name}=`]),
  'JSON in a part': [
    [
      '/photos',
      { method: 'POST', body: formOf({ cover: new File(['1'], 'a.png'), color: '{"R":0,"G":2}' }) },
    ],
  ],
  'lists of one item in a deepObject': [['/query-styles?deep[minutes]=5&deep[words]=a']],
  'null as a text': [['/query-styles?nullable=null']],
  'no bytes are no body': [['/optional-body', { method: 'PUT' }]],
};

suite('the referee', () => {
  test('has an example of each intended difference', () => {
    assert.deepEqual(
      INTENDED_DIFFERENCES.map(({ name }) => name),
      Object.keys(EXAMPLES),
    );
  });

  for (const difference of INTENDED_DIFFERENCES) {
    for (const [path, options] of EXAMPLES[difference.name] ?? []) {
      test(`still differs in ${difference.name}: ${path} ${typeof options?.body === 'string' ? options.body.slice(0, 40) : ''}`, async () => {
        const others = INTENDED_DIFFERENCES.filter((each) => each !== difference);
        allowed.splice(0, Infinity, ...others);
        const app = /^\/(?:parameters|bodies)/.test(path) ? labels : api;
        assert.equal((await call(app, path, options)).status, 500);
        allowed.splice(0, Infinity, ...INTENDED_DIFFERENCES);
        assert.notEqual((await call(app, path, options)).status, 500);
      });
    }
  }

  test('finds a request that we accept and the contract does not, and one that we refuse and it allows', async () => {
    allowed.splice(0, Infinity, ...INTENDED_DIFFERENCES);
    await call(api, '/query-styles?limit=1000000');
    await call(api, '/query-styles?limit=5');
    const [refused, accepted] = judged.slice(-2);
    assert.ok(refused?.refusal !== undefined && accepted !== undefined && accepted.refusal === undefined);
    await assert.rejects(
      current.judge({ ...refused, refusal: undefined }),
      /echoQueryStyles.*limit must be <=/,
    );
    const refusal = new ProtocolError(400, 'invalid-request', '', {
      errors: [{ parameter: 'limit', code: 'maximum', limit: 3, detail: 'must be <= 3' }],
    });
    await assert.rejects(
      current.judge({ ...accepted, refusal }),
      /refuses it \(400 invalid-request: limit must be <= 3\), express-openapi-validator accepts it/,
    );
  });

  test('writes to the log where it is not to stop anything', async () => {
    const lines: string[] = [];
    const written = createLogger({
      level: 'warn',
      destination: { write: (line: string) => lines.push(line) },
    });
    current = createReferee({ mode: 'log', logger: written, ...LIMIT, differences: [] });
    assert.equal((await call(api, '/query-styles?limit=0x10')).status, 400);
    assert.match(lines.join(''), /"operation":"echoQueryStyles".*read in two ways/);
    current = strict;
  });

  test('is not asked about what authentication or the path decide, nor about streams', async () => {
    const before = judged.length;
    await call(api, '/nowhere');
    await call(api, '/query-styles', { method: 'DELETE' });
    await call(api, '/octets', post('a', { 'content-type': 'application/octet-stream' }));
    assert.equal(judged.length, before);
  });
});
