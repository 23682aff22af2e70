import assert from 'node:assert/strict';
import {
  isJsonObject,
  objectAt,
  type JsonDocument,
  type JsonObject,
} from '#kernel/contract/validation/json-document.ts';
import type { FuzzContract, FuzzOperation, Resource } from './fuzz-contract.ts';

/**
 * What a contract says in words about how it keeps what is written, beside what its schemas say: given a whole document as it was
 * written, gives it as it will be read.
 */
export type StatedChanges = (document: JsonObject) => JsonObject;

/** Nothing is changed. */
export const unchanged: StatedChanges = (document) => document;

/**
 * Knows how a resource's document reads after it was written. All of it follows from the contract: members that only the read schema has
 * are the server's; `default`s fill what was left out; `writeOnly` members are not given back; a merge patch follows RFC 7396, with null for
 * "the default"; and what the contract says in words is given as `StatedChanges`. Everything else comes back as it was written, code
 * point for code point.
 */
export class DocumentOracle {
  readonly #document: JsonDocument;
  readonly #schema: JsonObject;
  readonly #readable: ReadonlySet<string>;
  readonly #changes: StatedChanges;

  constructor(contract: FuzzContract, resource: Resource, changes: StatedChanges) {
    this.#document = contract.document;
    this.#changes = changes;
    this.#schema = jsonSchema(resource.create) ?? jsonSchema(resource.replace) ?? {};
    const read = contract.responseSchema(resource.read.operation, '200', 'application/json');
    this.#readable = new Set(Object.keys(objectAt(read, 'properties')));
  }

  /** How the members that clients write read after this was written. */
  expectWritten(sent: unknown): JsonObject {
    const complete = this.#complete(this.#schema, sent);
    assert.ok(isJsonObject(complete), 'only objects are documents');
    return this.#changes(this.#onlyReadable(complete));
  }

  /** The same after a merge patch on what was read before. */
  expectPatched(before: JsonObject, patch: unknown): JsonObject {
    const merged = mergePatch(this.writtenPart(before), patch);
    return this.expectWritten(merged);
  }

  /** What a client wrote of a document that was read; the rest is the server's. */
  writtenPart(read: JsonObject): JsonObject {
    const own = objectAt(this.#schema, 'properties');
    const part = Object.entries(read).filter(
      ([name]) => Object.hasOwn(own, name) && !this.#isReadOnly(own[name]),
    );
    const stripped = this.#withoutServersParts(this.#schema, Object.fromEntries(part));
    return isJsonObject(stripped) ? stripped : {};
  }

  /** @throws {AssertionError} when what was read is not what was written, in any place. */
  check(expected: JsonObject, read: unknown, what: string): void {
    assert.ok(isJsonObject(read), `${what} reads as no document`);
    assert.deepStrictEqual(this.writtenPart(read), expected, `${what} reads otherwise than it was written`);
  }

  /** Defaults filled in, members that are not given back left out. */
  #complete(node: unknown, value: unknown): unknown {
    const schema = this.#document.resolveObject(node);
    if (Array.isArray(value)) return value.map((item: unknown) => this.#complete(schema['items'], item));
    if (!isJsonObject(value)) return value;
    const properties = objectAt(schema, 'properties');
    const members = Object.entries(value)
      .filter(([name]) => this.#document.resolveObject(properties[name])['writeOnly'] !== true)
      .map(([name, member]): [string, unknown] => [name, this.#complete(properties[name], member)]);
    return { ...this.#defaults(properties), ...Object.fromEntries(members) };
  }

  #defaults(properties: JsonObject): JsonObject {
    const defaults = Object.entries(properties).flatMap(([name, property]): [string, unknown][] => {
      // A default may stand beside a reference, so the node itself is looked at first.
      const own =
        isJsonObject(property) && 'default' in property ? property : this.#document.resolveObject(property);
      return 'default' in own ? [[name, own['default']]] : [];
    });
    return Object.fromEntries(defaults);
  }

  #withoutServersParts(node: unknown, value: unknown): unknown {
    const schema = this.#document.resolveObject(node);
    if (Array.isArray(value)) {
      return value.map((item: unknown) => this.#withoutServersParts(schema['items'], item));
    }
    if (!isJsonObject(value)) return value;
    const properties = objectAt(schema, 'properties');
    const members = Object.entries(value)
      .filter(([name]) => !this.#isReadOnly(properties[name]))
      .map(([name, member]): [string, unknown] => [
        name,
        this.#withoutServersParts(properties[name], member),
      ]);
    return Object.fromEntries(members);
  }

  #isReadOnly(property: unknown): boolean {
    return this.#document.resolveObject(property)['readOnly'] === true;
  }

  #onlyReadable(document: JsonObject): JsonObject {
    return Object.fromEntries(Object.entries(document).filter(([name]) => this.#readable.has(name)));
  }
}

/** Source: RFC 7396, section 2. */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isJsonObject(patch)) return patch;
  const merged: Record<string, unknown> = isJsonObject(target) ? { ...target } : {};
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete merged[name];
    else merged[name] = mergePatch(merged[name], value);
  }
  return merged;
}

function jsonSchema(described: FuzzOperation | undefined): JsonObject | undefined {
  return described?.bodies.find(({ kind }) => kind === 'json')?.schema;
}
