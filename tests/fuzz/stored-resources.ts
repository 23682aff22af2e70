import assert from 'node:assert/strict';
import { isJsonObject, type JsonObject } from '#kernel/contract/validation/json-document.ts';
import type { Operation } from '#kernel/contract/operation.ts';
import { DocumentOracle, unchanged, type StatedChanges } from './document-oracle.ts';
import type { Exchanged, FuzzClient } from './fuzz-client.ts';
import type { FuzzOperation, Resource } from './fuzz-contract.ts';
import type { Subject } from './message.ts';
import type { Caller, FuzzRequest } from './request-arbitrary.ts';
import type { FuzzAnswer } from './send-message.ts';

/** Something that was created, as it was when it was last looked at. */
export interface StoredResource extends Subject {
  readonly resource: Resource;
  readonly owner: Caller;
  etag: string | undefined;
  document: JsonObject;
}

/** Resource (id of the operation that reads it) to what its contract says in words about how it is kept. */
export type StatedChangesByResource = Readonly<Record<string, StatedChanges>>;

const MAX_KNOWN = 200;

/** Remembers what was written, and holds what is read to it. */
export class StoredResources {
  readonly #client: FuzzClient;
  readonly #oracles: ReadonlyMap<Resource, DocumentOracle>;
  readonly #known: StoredResource[] = [];
  readonly #everKnown = new Set<string>();
  #readBack = 0;

  constructor(client: FuzzClient, changes: StatedChangesByResource) {
    this.#client = client;
    const { contract } = client;
    this.#oracles = new Map(
      contract.resources.map((resource) => [
        resource,
        new DocumentOracle(contract, resource, changes[resource.read.operation.id] ?? unchanged),
      ]),
    );
  }

  /** Writes that were read again and compared. */
  get readBack(): number {
    return this.#readBack;
  }

  /** The thing that a request is about, if it is about one. */
  choose({ operationId, known }: FuzzRequest): StoredResource | undefined {
    const { operation } = this.#client.contract.operation(operationId);
    const candidates = this.#known.filter(({ resource }) => isBelow(operation, resource));
    return known === undefined ? undefined : candidates[known % Math.max(candidates.length, 1)];
  }

  /** What creates the things that an operation is about. */
  creationsFor(operation: Operation): readonly FuzzOperation[] {
    return this.#client.contract.resources
      .filter((resource) => isBelow(operation, resource))
      .flatMap(({ create }) => create ?? []);
  }

  /**
   * Looks at what an answer says was done, and whether it was.
   *
   * @throws {AssertionError} when a write is not read back, or a refused one left a trace.
   */
  async follow(
    fuzz: FuzzRequest,
    { message, answer }: Exchanged,
    thing: StoredResource | undefined,
  ): Promise<void> {
    const { operation } = this.#client.contract.operation(fuzz.operationId);
    const resource = this.#client.contract.resourceOf(operation);
    const isPlain = fuzz.twist === 'none' || fuzz.twist === 'head';
    if (resource?.create?.operation === operation) {
      if (isPlain && answer.status === 201) await this.created(resource, fuzz.caller, message.body, answer);
      return;
    }
    if (thing === undefined) return;
    if (answer.status >= 400 || !isPlain || resource === undefined) {
      // Reading may be refused, and changes nothing in any case.
      if (operation.method !== 'get') await this.expectUnchanged(thing, fuzz.operationId);
    } else if (operation.method !== 'get') await this.written(thing, operation, message.body, answer);
    else if (message.method === 'GET' && answer.status === 200) {
      assert.deepStrictEqual(
        readJson(answer.body),
        thing.document,
        `${operation.id} reads otherwise than before`,
      );
    }
  }

  /**
   * Reads what was created for the first time.
   *
   * @returns the thing; undefined when it was known before, as the answer to a repeated request is.
   */
  async created(
    resource: Resource,
    owner: Caller,
    sent: Buffer | undefined,
    answer: FuzzAnswer,
  ): Promise<StoredResource | undefined> {
    const { location = '' } = answer.headers;
    const id = location.split('/').at(-1) ?? '';
    assert.equal(
      location,
      resource.read.operation.path.replace(/\{[^}]+\}$/, id),
      'Location is not where the contract has what was created',
    );
    if (this.#everKnown.has(id)) return undefined;
    this.#everKnown.add(id);
    const thing: StoredResource = { id, resource, owner, etag: undefined, document: {} };
    const expected = this.#oracleOf(thing).expectWritten(readJson(sent));
    const { document } = await this.#read(thing);
    this.#oracleOf(thing).check(expected, document, `${resource.create?.operation.id}`);
    this.#compareWithAnswer(thing, resource.create?.operation, answer);
    if (this.#known.length < MAX_KNOWN) this.#known.push(thing);
    return thing;
  }

  /** Reads a thing after an operation on it succeeded. */
  async written(
    thing: StoredResource,
    operation: Operation,
    body: Buffer | undefined,
    answer: FuzzAnswer,
  ): Promise<void> {
    if (operation.method === 'delete') return this.#removed(thing, operation);
    const oracle = this.#oracleOf(thing);
    const sent = readJson(body);
    const expected =
      operation.method === 'patch' ? oracle.expectPatched(thing.document, sent) : oracle.expectWritten(sent);
    const before = thing.etag;
    const { document } = await this.#read(thing);
    oracle.check(expected, document, operation.id);
    assert.ok(before === undefined || thing.etag !== before, `${operation.id} left the ETag as it was`);
    this.#compareWithAnswer(thing, operation, answer);
  }

  /** Reads a thing after something that must not have changed it. */
  async expectUnchanged(thing: StoredResource, what: string): Promise<void> {
    const { document, etag } = thing;
    await this.#read(thing);
    assert.deepStrictEqual(thing.document, document, `${what} was refused and changed something`);
    assert.equal(thing.etag, etag, `${what} was refused and changed the version`);
  }

  async #removed(thing: StoredResource, operation: Operation): Promise<void> {
    const index = this.#known.indexOf(thing);
    if (index !== -1) this.#known.splice(index, 1);
    const { read, remove } = thing.resource;
    for (const each of [read, remove]) {
      const operationId = each?.operation.id;
      if (operationId === undefined) continue;
      const { status } = await this.#client.ask({ operationId, caller: thing.owner, subject: thing });
      assert.equal(status, 404, `${operationId} after ${operation.id} is ${status}`);
    }
  }

  async #read(thing: StoredResource): Promise<StoredResource> {
    const operationId = thing.resource.read.operation.id;
    const answer = await this.#client.ask({ operationId, caller: thing.owner, subject: thing });
    assert.equal(answer.status, 200, `${operationId} of what was written is ${answer.status}`);
    this.#readBack += 1;
    const document = readJson(answer.body);
    assert.ok(isJsonObject(document), `${operationId} gives no document`);
    thing.document = document;
    thing.etag = answer.headers.etag;
    return thing;
  }

  /** An answer that has the schema of the document is the document, in the version that was read. */
  #compareWithAnswer(thing: StoredResource, operation: Operation | undefined, answer: FuzzAnswer): void {
    const { contract } = this.#client;
    if (operation === undefined) return;
    const schema = contract.responseSchema(operation, String(answer.status), 'application/json');
    const read = contract.responseSchema(thing.resource.read.operation, '200', 'application/json');
    if (schema === undefined || schema !== read) return;
    assert.deepStrictEqual(
      readJson(answer.body),
      thing.document,
      `${operation.id} answers other than what is read`,
    );
    if (answer.headers.etag !== undefined) assert.equal(answer.headers.etag, thing.etag);
  }

  #oracleOf({ resource }: StoredResource): DocumentOracle {
    const oracle = this.#oracles.get(resource);
    if (oracle === undefined) throw new Error('The resource is of another contract.');
    return oracle;
  }
}

/** The JSON of a body, a byte order mark before it passed over. */
function readJson(body: Buffer | undefined): unknown {
  const value: unknown = JSON.parse((body ?? Buffer.alloc(0)).toString().replace(/^\ufeff/, ''));
  return value;
}

function isBelow({ path }: Operation, { read }: Resource): boolean {
  return path === read.operation.path || path.startsWith(`${read.operation.path}/`);
}
