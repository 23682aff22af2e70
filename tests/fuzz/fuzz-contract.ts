import type { ModuleBinding } from '#kernel/contract/module-binding.ts';
import type { BodyKind, Operation, Parameter } from '#kernel/contract/operation.ts';
import { JsonDocument, objectAt, type JsonObject } from '#kernel/contract/validation/json-document.ts';

/** An operation with the schemas that values for it are made from. */
export interface FuzzOperation {
  readonly operation: Operation;
  readonly parameters: readonly { readonly parameter: Parameter; readonly schema: JsonObject }[];
  /** What its body may be; empty when it takes none. */
  readonly bodies: readonly BodyChoice[];
}

/** One media type of a body. */
export interface BodyChoice {
  readonly mediaType: string;
  readonly kind: BodyKind;
  readonly schema: JsonObject;
}

/** Things that a contract lets one read at a path of their own, and the operations that write them. */
export interface Resource {
  readonly read: FuzzOperation;
  readonly create: FuzzOperation | undefined;
  readonly replace: FuzzOperation | undefined;
  readonly patch: FuzzOperation | undefined;
  readonly remove: FuzzOperation | undefined;
}

/** A module's contract as the fuzzer sees it: what can be sent, and what things it keeps. */
export class FuzzContract {
  readonly document: JsonDocument;
  readonly operations: readonly FuzzOperation[];
  readonly resources: readonly Resource[];

  constructor(
    { document, operations }: ModuleBinding,
    isFuzzed: (operation: Operation) => boolean = () => true,
  ) {
    this.document = new JsonDocument(document);
    this.operations = Object.values(operations)
      .filter((operation) => isFuzzed(operation) && !this.#isUnwritten(operation))
      .map((operation) => this.#describe(operation));
    this.resources = this.operations.flatMap((each) => this.#resourceAt(each));
  }

  /** @throws {Error} when the contract has none of this id. */
  operation(id: string): FuzzOperation {
    const found = this.operations.find(({ operation }) => operation.id === id);
    if (found === undefined) throw new Error(`The contract has no operation ${id}.`);
    return found;
  }

  /** The resource that an operation creates, reads or writes. */
  resourceOf(operation: Operation): Resource | undefined {
    return this.resources.find((resource) =>
      Object.values(resource).some((each?: FuzzOperation) => each?.operation.id === operation.id),
    );
  }

  /** The schema of an answer; undefined where it has none. */
  responseSchema({ path, method }: Operation, status: string, mediaType: string): JsonObject | undefined {
    const content = objectAt(this.#response(path, method, status), 'content');
    const described = objectAt(content, mediaType);
    return 'schema' in described ? this.document.resolveObject(described['schema']) : undefined;
  }

  /** The schema of a header of an answer. */
  headerSchema({ path, method }: Operation, status: string, name: string): JsonObject {
    const headers = Object.entries(objectAt(this.#response(path, method, status), 'headers'));
    const [, header] = headers.find(([each]) => each.toLowerCase() === name.toLowerCase()) ?? [];
    return this.document.resolveObject(this.document.resolveObject(header)['schema']);
  }

  /** One that the contract says is not written yet answers 501, whatever it is sent. */
  #isUnwritten({ path, method }: Operation): boolean {
    return '501' in objectAt(this.document.operation(path, method), 'responses');
  }

  #response(path: string, method: string, status: string): JsonObject {
    const responses = objectAt(this.document.operation(path, method), 'responses');
    return this.document.resolveObject(responses[status]);
  }

  #describe(operation: Operation): FuzzOperation {
    const { document } = this;
    const { path, method, parameters, body } = operation;
    const declared = document.parameters(path, method);
    const content = objectAt(
      document.resolveObject(document.operation(path, method)['requestBody']),
      'content',
    );
    return {
      operation,
      parameters: parameters.map((parameter) => {
        const node = declared.find((each) => each['name'] === parameter.name && each['in'] === parameter.in);
        const [described] = Object.values(objectAt(node, 'content'));
        const { schema } = document.resolveObject(described ?? node);
        return { parameter, schema: document.resolveObject(schema) };
      }),
      bodies: (body?.content ?? []).map(({ mediaType, kind }) => ({
        mediaType,
        kind,
        schema: document.resolveObject(objectAt(content, mediaType)['schema']),
      })),
    };
  }

  /** Nothing, unless the operation reads `/things/{thingId}`. */
  #resourceAt(read: FuzzOperation): Resource[] {
    const { method, path } = read.operation;
    const collection = /^(?<collection>.+)\/\{[^/]+\}$/.exec(path)?.groups?.['collection'];
    if (method !== 'get' || collection === undefined || collection.includes('{')) return [];
    const at = (where: string, how: string): FuzzOperation | undefined =>
      this.operations.find(({ operation }) => operation.path === where && operation.method === how);
    return [
      {
        read,
        create: at(collection, 'post'),
        replace: at(path, 'put'),
        patch: at(path, 'patch'),
        remove: at(path, 'delete'),
      },
    ];
  }
}
