import { unescapePointer } from '../decode/json-text.ts';

/** A JSON object whose members are not known yet. */
export type JsonObject = Readonly<Record<string, unknown>>;

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The member when it is an object, else an empty object. */
export function objectAt(parent: unknown, name: string): JsonObject {
  const value = isJsonObject(parent) && Object.hasOwn(parent, name) ? parent[name] : undefined;
  return isJsonObject(value) ? value : {};
}

/** The member when it is an array, else an empty array. */
export function arrayAt(parent: unknown, name: string): readonly unknown[] {
  const value = isJsonObject(parent) && Object.hasOwn(parent, name) ? parent[name] : undefined;
  return Array.isArray(value) ? value : [];
}

/** A self-contained OpenAPI document: every `$ref` points inside it. */
export class JsonDocument {
  readonly root: JsonObject;

  constructor(root: object) {
    this.root = { ...root };
  }

  /**
   * What a local reference points to, not followed further.
   *
   * @throws {Error} when it points outside the document or nowhere: the contract is broken.
   */
  lookUp(reference: string): unknown {
    if (!reference.startsWith('#/'))
      throw new Error(`The contract refers to ${reference}, outside of itself.`);
    let node: unknown = this.root;
    for (const token of reference.slice(2).split('/')) {
      const name = unescapePointer(decodeURIComponent(token));
      if (typeof node !== 'object' || node === null || !Object.hasOwn(node, name)) {
        throw new Error(`The contract refers to ${reference}, which does not exist.`);
      }
      node = Array.isArray(node) ? node[Number(name)] : Reflect.get(node, name);
    }
    return node;
  }

  /** The node itself, or what its chain of `$ref`s ends at. */
  resolve(node: unknown): unknown {
    let current = node;
    const seen = new Set<string>();
    while (isJsonObject(current) && typeof current['$ref'] === 'string') {
      const reference = current['$ref'];
      if (seen.has(reference)) throw new Error(`The contract's reference ${reference} leads to itself.`);
      seen.add(reference);
      current = this.lookUp(reference);
    }
    return current;
  }

  /** `resolve`, as an object. */
  resolveObject(node: unknown): JsonObject {
    const resolved = this.resolve(node);
    return isJsonObject(resolved) ? resolved : {};
  }

  /** The operation object at a path and method; empty when there is none. */
  operation(path: string, method: string): JsonObject {
    return objectAt(this.#pathItem(path), method);
  }

  /** Parameter objects of an operation, those of its path included (which it may override). */
  parameters(path: string, method: string): JsonObject[] {
    const byKey = new Map<string, JsonObject>();
    for (const owner of [this.#pathItem(path), this.operation(path, method)]) {
      for (const node of arrayAt(owner, 'parameters')) {
        const parameter = this.resolveObject(node);
        byKey.set(`${String(parameter['in'])} ${String(parameter['name'])}`, parameter);
      }
    }
    return [...byKey.values()];
  }

  /**
   * The member of a map whose key is `name` when both are written in the one spelling of the operation table.
   *
   * @throws {Error} when there is none: table and document are of two contracts, and nothing may be let through for that.
   */
  #spelled(map: JsonObject, name: string, spell: (key: string) => string, what: string): JsonObject {
    const key = Object.keys(map).find((each) => spell(each) === name);
    if (key === undefined) throw new Error(`The contract's document has no ${what} ${name}.`);
    return this.resolveObject(map[key]);
  }

  /**
   * The media type object of a canonical media type; its key may have parameters and upper case (RFC 9110 section 8.3.1).
   *
   * @throws {Error} when there is none.
   */
  mediaType(owner: JsonObject, mediaType: string): JsonObject {
    return this.#spelled(objectAt(owner, 'content'), mediaType, canonicalMediaType, 'body of');
  }

  /**
   * The response object of a status of the operation table; a range may be written `4xx`.
   *
   * @throws {Error} when there is none.
   */
  response(operation: JsonObject, status: string): JsonObject {
    return this.#spelled(objectAt(operation, 'responses'), status, canonicalStatus, 'response');
  }

  #pathItem(path: string): JsonObject {
    const item: unknown = objectAt(this.root, 'paths')[path];
    return this.resolveObject(item);
  }
}

/** Lower case, without parameters. */
function canonicalMediaType(key: string): string {
  return (key.split(';', 1)[0] ?? '').trim().toLowerCase();
}

function canonicalStatus(key: string): string {
  return /^[1-5]xx$/i.test(key) ? key.toUpperCase() : key;
}
