import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { ifMatchOf } from '#kernel/contract/extensions/guard-headers.ts';
import type { Operation } from '#kernel/contract/operation.ts';
import type { FuzzClient } from './fuzz-client.ts';
import type { FuzzOperation, Resource } from './fuzz-contract.ts';
import type { StoredResource, StoredResources } from './stored-resources.ts';
import type { Condition, LifeCycle, LifeCycleStep } from './life-cycle-arbitrary.ts';
import type { FuzzAnswer } from './send-message.ts';

/** A resource that things can be created of. */
export type LivingResource = Resource & { readonly create: FuzzOperation };

/** Refusals of a body that the schema allows: rules of the module. */
const RULES = [409, 422];

/**
 * Creates a resource and takes the steps of a life cycle in order; after each one the resource must be what the step made of it.
 *
 * @throws {AssertionError} at the first step that did something else.
 */
export class LifeCycleRun {
  readonly #client: FuzzClient;
  readonly #things: StoredResources;
  readonly #resource: LivingResource;

  constructor(client: FuzzClient, things: StoredResources, resource: LivingResource) {
    this.#client = client;
    this.#things = things;
    this.#resource = resource;
  }

  /** @returns whether a thing was created; its body may break a rule of the module. */
  async execute(lifeCycle: LifeCycle): Promise<boolean> {
    const thing = await this.#create(lifeCycle);
    if (thing === undefined) return false;
    for (const step of lifeCycle.steps) {
      if (!(await this.#take(thing, step))) break;
    }
    return true;
  }

  async #create({ body, repeats, otherBody }: LifeCycle): Promise<StoredResource | undefined> {
    const { create } = this.#resource;
    const headers: Record<string, string> = takes(create.operation, 'idempotency-key')
      ? { 'idempotency-key': randomUUID() }
      : {};
    const operationId = create.operation.id;
    const ask = (value: unknown): Promise<FuzzAnswer> =>
      this.#client.ask({ operationId, body: value, headers });
    const answer = await ask(body);
    if (RULES.includes(answer.status)) return undefined;
    assert.equal(
      answer.status,
      201,
      `${operationId} of a valid body is ${answer.status} ${answer.body.toString()}`,
    );
    const thing = await this.#things.created(
      this.#resource,
      'good',
      Buffer.from(JSON.stringify(body)),
      answer,
    );
    assert.ok(thing !== undefined, `${operationId} gave the Location of another thing`);
    if (!('idempotency-key' in headers)) return thing;
    const again = await Promise.all(Array.from({ length: repeats }, () => ask(body)));
    for (const each of again) {
      assert.equal(each.status, 201, `${operationId} repeated with its key is ${each.status}`);
      assert.equal(
        each.headers.location,
        answer.headers.location,
        `${operationId} repeated made another thing`,
      );
      assert.ok(each.body.equals(answer.body), `${operationId} repeated was answered otherwise`);
    }
    if (otherBody !== undefined && JSON.stringify(otherBody) !== JSON.stringify(body)) {
      const other = await ask(otherBody);
      assert.equal(other.status, 422, `${operationId} of another body with the same key is ${other.status}`);
    }
    await this.#things.expectUnchanged(thing, `${operationId} repeated`);
    return thing;
  }

  /** @returns whether the thing is still there. */
  async #take(thing: StoredResource, step: LifeCycleStep): Promise<boolean> {
    switch (step.kind) {
      case 'read':
        await this.#read(thing);
        return true;
      case 'write':
        await this.#write(thing, this.#operation(step.how), step.condition, step.body);
        return true;
      case 'write-by-other':
        await this.#writeByOther(thing, this.#operation(step.how), step.body);
        return true;
      case 'race':
        await this.#race(thing, this.#operation(step.how), step.bodies);
        return true;
      case 'delete':
        return this.#delete(thing, step.condition);
      default:
        return step satisfies never;
    }
  }

  /** `GET`, `HEAD` and conditional `GET` tell the same. */
  async #read(thing: StoredResource): Promise<void> {
    await this.#things.expectUnchanged(thing, 'reading');
    const operationId = this.#resource.read.operation.id;
    const ask = { operationId, subject: thing } as const;
    const head = await this.#client.ask({ ...ask, method: 'HEAD' });
    assert.equal(head.status, 200, `HEAD of ${operationId} is ${head.status}`);
    assert.equal(head.headers.etag, thing.etag, `HEAD of ${operationId} has another ETag`);
    const { etag } = thing;
    if (etag === undefined) return;
    const cases = [
      [etag, 304],
      [`W/${etag}`, 304],
      [`"other", ${etag}`, 304],
      ['*', 304],
      ['"other"', 200],
    ] as const;
    for (const [tags, status] of cases) {
      const answer = await this.#client.ask({ ...ask, headers: { 'if-none-match': tags } });
      assert.equal(answer.status, status, `${operationId} with If-None-Match ${tags} is ${answer.status}`);
      assert.equal(answer.headers.etag, etag, `${operationId} with If-None-Match ${tags} has another ETag`);
    }
  }

  async #write(
    thing: StoredResource,
    operation: Operation,
    condition: Condition,
    body: unknown,
  ): Promise<void> {
    const answer = await this.#ask(thing, operation, condition, body);
    const what = `${operation.id} with the version ${condition}`;
    if (answer.status < 300) {
      assert.ok(mayPass(operation, condition), `${what} is ${answer.status}`);
      await this.#things.written(thing, operation, Buffer.from(JSON.stringify(body)), answer);
      return;
    }
    const expected = mayPass(operation, condition) ? RULES : [refusalOf(operation, condition)];
    assert.ok(expected.includes(answer.status), `${what} is ${answer.status} ${answer.body.toString()}`);
    await this.#things.expectUnchanged(thing, what);
  }

  /** Somebody else may be allowed to write; whatever the answer is, it is true. */
  async #writeByOther(thing: StoredResource, operation: Operation, body: unknown): Promise<void> {
    const answer = await this.#ask(thing, operation, 'current', body, 'other');
    if (answer.status < 300) {
      await this.#things.written(thing, operation, Buffer.from(JSON.stringify(body)), answer);
    } else await this.#things.expectUnchanged(thing, `${operation.id} by somebody else`);
  }

  /** Of writers with one version exactly one wins, unless all of them break a rule. */
  async #race(thing: StoredResource, operation: Operation, bodies: readonly unknown[]): Promise<void> {
    if (ifMatchOf(operation) === 'none' || thing.etag === undefined) return;
    const answers = await Promise.all(bodies.map((body) => this.#ask(thing, operation, 'current', body)));
    const statuses = answers.map(({ status }) => status);
    const winners = answers.flatMap((answer, index) => (answer.status < 300 ? [{ answer, index }] : []));
    const what = `${operation.id} by ${bodies.length} at once`;
    assert.ok(
      statuses.every((status) => status < 300 || status === 412 || RULES.includes(status)),
      `${what} is ${statuses.join(', ')}`,
    );
    assert.ok(winners.length <= 1, `${what} had ${winners.length} winners: ${statuses.join(', ')}`);
    const [winner] = winners;
    if (winner === undefined) {
      assert.ok(!statuses.includes(412), `${what} had no winner: ${statuses.join(', ')}`);
      await this.#things.expectUnchanged(thing, what);
      return;
    }
    const written = Buffer.from(JSON.stringify(bodies[winner.index]));
    await this.#things.written(thing, operation, written, winner.answer);
  }

  async #delete(thing: StoredResource, condition: Condition): Promise<boolean> {
    const operation = this.#resource.remove?.operation;
    if (operation === undefined) return true;
    const answer = await this.#ask(thing, operation, condition);
    const what = `${operation.id} with the version ${condition}`;
    if (mayPass(operation, condition)) {
      assert.ok(answer.status < 300, `${what} is ${answer.status}`);
      await this.#things.written(thing, operation, undefined, answer);
      return false;
    }
    assert.equal(answer.status, refusalOf(operation, condition), `${what} is ${answer.status}`);
    await this.#things.expectUnchanged(thing, what);
    return true;
  }

  #ask(
    thing: StoredResource,
    operation: Operation,
    condition: Condition,
    body?: unknown,
    caller: 'good' | 'other' = 'good',
  ): Promise<FuzzAnswer> {
    const tag = { current: thing.etag, stale: '"stale-7f3a"', any: '*', none: undefined }[condition];
    const headers: Record<string, string> = tag === undefined ? {} : { 'if-match': tag };
    return this.#client.ask({ operationId: operation.id, subject: thing, body, headers, caller });
  }

  #operation(how: 'replace' | 'patch'): Operation {
    const described = this.#resource[how];
    if (described === undefined) throw new Error(`The resource has no ${how}.`);
    return described.operation;
  }
}

function takes({ parameters }: Operation, header: string): boolean {
  return parameters.some(({ in: location, key }) => location === 'header' && key === header);
}

function mayPass(operation: Operation, condition: Condition): boolean {
  const use = ifMatchOf(operation);
  if (condition === 'stale') return use === 'none';
  return condition !== 'none' || use !== 'required';
}

function refusalOf(operation: Operation, condition: Condition): number {
  return condition === 'none' && ifMatchOf(operation) === 'required' ? 428 : 412;
}
