import assert from 'node:assert/strict';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { Operation, ResponseDescription } from '#kernel/contract/operation.ts';
import { objectAt, type JsonObject } from '#kernel/contract/validation/json-document.ts';
import type { FuzzContract } from './fuzz-contract.ts';
import type { FuzzAnswer } from './send-message.ts';

/** What was asked, as far as answers are judged by it. */
export interface Question {
  readonly operationId: string;
  readonly method: string;
}

const PROBLEM = 'application/problem+json';
/** Statuses that belong to no operation: nothing is served at that path, or not so. */
const ELSEWHERE: ReadonlyMap<string, number> = new Map([
  ['/problems/no-such-path', 404],
  ['/problems/method-not-allowed', 405],
]);
const MAX_PROBLEM_BYTES = 16_000;
const MAX_PROBLEM_ERRORS = 20;
const WITHOUT_BODY = new Set([204, 304]);

/**
 * Judges answers by the contract alone, with a validator of its own: the app's checks of its responses are among the things that are
 * judged here.
 */
export class AnswerOracle {
  readonly #contract: FuzzContract;
  readonly #ajv: Ajv2020;
  readonly #validators = new Map<JsonObject, ValidateFunction>();

  constructor(contract: FuzzContract) {
    this.#contract = contract;
    this.#ajv = new Ajv2020({ strict: false, logger: false });
    // Its types describe a CommonJS module, which has the function as its default export.
    formats.default(this.#ajv);
  }

  /**
   * What must be true of every answer, whatever was asked.
   *
   * @throws {AssertionError} naming the operation and what is wrong.
   */
  check({ operationId, method }: Question, answer: FuzzAnswer): void {
    const { status, headers, body } = answer;
    const text = body.toString();
    const place = `${method} of ${operationId} was answered ${status} ${text.slice(0, 500)}`;
    assert.ok(status >= 200 && status < 500, `a failure of the server: ${place}`);
    assert.equal(headers['x-content-type-options'], 'nosniff', `no nosniff: ${place}`);
    assert.match(String(headers['x-request-id']), /^[A-Za-z0-9._-]{1,128}$/, `no request id: ${place}`);
    const isProblem = status >= 400;
    if (isProblem && method !== 'HEAD') this.#checkProblem(answer, text, place);
    else if (isProblem) assert.equal(headers['content-type'], PROBLEM, place);
    if (method === 'OPTIONS' && status === 204) return;
    if (isProblem && this.#isElsewhere(status, method, text)) return;
    const { operation } = this.#contract.operation(operationId);
    const description = findDescription(operation, status);
    assert.ok(description !== undefined, `a status that is not declared: ${place}`);
    this.#checkHeaders(operation, description, answer, place);
    if (method === 'HEAD' || WITHOUT_BODY.has(status)) {
      assert.equal(body.byteLength, 0, `a body where none may be: ${place}`);
      return;
    }
    this.#checkBody(operation, description, answer, place);
  }

  #isElsewhere(status: number, method: string, text: string): boolean {
    if (method === 'HEAD') return status === 404 || status === 405;
    return ELSEWHERE.get(String(Object(JSON.parse(text)).type)) === status;
  }

  #checkProblem({ status, headers, body }: FuzzAnswer, text: string, place: string): void {
    assert.equal(headers['content-type'], PROBLEM, `an error that is no problem: ${place}`);
    assert.ok(body.byteLength < MAX_PROBLEM_BYTES, `a problem of ${body.byteLength} bytes: ${place}`);
    const problem: unknown = JSON.parse(text);
    const { status: told, requestId, errors = [] } = Object(problem);
    assert.equal(told, status, `a problem of another status: ${place}`);
    assert.equal(requestId, headers['x-request-id'], `a problem with another request id: ${place}`);
    assert.ok(Array.from(errors).length <= MAX_PROBLEM_ERRORS, `too many errors: ${place}`);
    const schema = objectAt(objectAt(this.#contract.document.root, 'components'), 'schemas')['Problem'];
    this.#checkValue(this.#contract.document.resolveObject(schema), problem, `the problem of ${place}`);
  }

  #checkHeaders(
    operation: Operation,
    description: ResponseDescription,
    { status, headers }: FuzzAnswer,
    place: string,
  ): void {
    for (const { name, required } of description.headers) {
      const value = headers[name.toLowerCase()];
      assert.ok(value !== undefined || !required, `no header ${name}: ${place}`);
      if (value === undefined) continue;
      const schema = this.#contract.headerSchema(operation, String(description.status), name);
      this.#checkValue(schema, readHeader(schema, String(value)), `the header ${name} of ${place}`);
    }
    if (status === 401) assert.ok(headers['www-authenticate'] !== undefined, `no challenge: ${place}`);
    if (status === 429) assert.ok(headers['retry-after'] !== undefined, `no time to come back: ${place}`);
  }

  #checkBody(
    operation: Operation,
    description: ResponseDescription,
    { headers, body }: FuzzAnswer,
    place: string,
  ): void {
    const { content, status } = description;
    if (content.length === 0) {
      assert.equal(body.byteLength, 0, `a body that is not declared: ${place}`);
      return;
    }
    const given = (headers['content-type'] ?? '').split(';')[0] ?? '';
    const found = content.find(
      ({ mediaType }) => mediaType === given || mediaType === `${given.split('/')[0]}/*`,
    );
    assert.ok(found !== undefined, `the content type ${given}, which is not declared: ${place}`);
    if (found.kind === 'text') {
      assert.ok(body.equals(Buffer.from(body.toString())), `text that is not UTF-8: ${place}`);
    }
    const schema = this.#contract.responseSchema(operation, String(status), found.mediaType);
    if (schema === undefined) return;
    const isJson = found.kind === 'json' || found.kind === 'problem';
    const value: unknown = isJson ? JSON.parse(body.toString()) : body.toString();
    this.#checkValue(schema, value, `the body of ${place}`);
  }

  #checkValue(schema: JsonObject, value: unknown, place: string): void {
    let validate = this.#validators.get(schema);
    if (validate === undefined) {
      // Its references are `#/components/...`, so the components come along.
      const { components } = this.#contract.document.root;
      validate = this.#ajv.compile({ allOf: [schema], components });
      this.#validators.set(schema, validate);
    }
    assert.ok(validate(value), `${this.#ajv.errorsText(validate.errors)}: ${place}`);
  }
}

function findDescription({ responses }: Operation, status: number): ResponseDescription | undefined {
  const range = `${Math.trunc(status / 100)}XX`;
  return (
    responses.find((each) => each.status === status) ??
    responses.find((each) => each.status === range) ??
    responses.find((each) => each.status === 'default')
  );
}

/** The value that a header's text stands for, style `simple`. */
function readHeader(schema: JsonObject, text: string): unknown {
  switch (schema['type']) {
    case 'integer':
    case 'number':
      return /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : text;
    case 'boolean':
      return text === 'true' || (text === 'false' ? false : text);
    case 'array':
      return text.split(/,\s*/);
    default:
      return text;
  }
}
