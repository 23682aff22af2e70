import { GROUPS } from '../decode/decode-parameters.ts';
import type { Content, Operation, OperationTable } from '../operation.ts';
import { describeBodyFields, type BodyField, type BodyFields } from './body-fields.ts';
import { arrayAt, isJsonObject, JsonDocument, objectAt, type JsonObject } from './json-document.ts';
import { defaultOf, SchemaViews, type View } from './schema-views.ts';

/**
 * The schemas that requests and responses are checked with, derived from the contract. Per operation and request content there is one for the
 * whole decoded request, and per response and content one for the whole response:
 *
 *     { path: {…}, query: {…}, headers: {…}, cookies: {…}, body: … }      { headers: {…}, body: … }
 *
 * So a check sees exactly the values that handlers get and return.
 */
export interface ShapeSchemas {
  /** A JSON Schema document: `shapes` by index, and under `components/schemas` what they refer to. */
  readonly document: { readonly shapes: readonly JsonObject[] } & JsonObject;
  readonly operations: ReadonlyMap<string, OperationShapes>;
  /** Whether a schema asks which properties or items others evaluated. */
  readonly tracksEvaluated: boolean;
}

/** Indexes in `shapes` of what an operation takes and gives. */
export interface OperationShapes {
  /** The request without a body; absent when the contract requires one. */
  readonly withoutBody: number | null;
  /** By index of `operation.body.content`. */
  readonly requests: readonly RequestShape[];
  /** By index of `operation.responses`. */
  readonly responses: readonly ResponseShapes[];
}

export interface RequestShape {
  readonly index: number;
  /** Of a form or multipart body; null for others. */
  readonly fields: BodyFields | null;
}

export interface ResponseShapes {
  readonly withoutBody: number;
  /** By index of `response.content`. */
  readonly contents: readonly number[];
}

/** Derives the schemas; `operations` are the module's, `contract` is its `contract.json`. */
export function deriveShapeSchemas(contract: object, operations: OperationTable): ShapeSchemas {
  const builder = new Builder(new JsonDocument(contract));
  const shapes = new Map<string, OperationShapes>();
  for (const operation of Object.values(operations))
    shapes.set(operation.id, builder.addOperation(operation));
  return { ...builder.build(), operations: shapes };
}

/** References of a body that lead on and on are followed so far. */
const MAX_PARTS_DEPTH = 16;

class Builder {
  readonly #contract: JsonDocument;
  readonly #views: SchemaViews;
  readonly #shapes: JsonObject[] = [];
  /** Indexes by the text of what stands there: most operations share their problem responses. */
  readonly #known = new Map<string, number>();

  constructor(contract: JsonDocument) {
    this.#contract = contract;
    this.#views = new SchemaViews(contract);
  }

  build(): Omit<ShapeSchemas, 'operations'> {
    const { schemas, tracksEvaluated } = this.#views;
    return { document: { shapes: this.#shapes, components: { schemas } }, tracksEvaluated };
  }

  addOperation(operation: Operation): OperationShapes {
    const parameters = this.#parameterGroups(operation);
    const stated = this.#contract.operation(operation.path, operation.method);
    const body = this.#contract.resolveObject(stated['requestBody']);
    const requests = (operation.body?.content ?? []).map((content) => {
      const { schema } = this.#contract.mediaType(body, content.mediaType);
      const isParts = content.kind === 'form' || content.kind === 'multipart';
      return {
        index: this.#add({
          ...parameters,
          ...(content.kind === 'binary' ? {} : { body: this.#bodySchema(content, schema) }),
        }),
        fields: isParts ? describeBodyFields(this.#contract, schema) : null,
      };
    });
    return {
      withoutBody: operation.body?.required === true ? null : this.#add(parameters),
      requests,
      responses: this.#responses(operation, stated),
    };
  }

  #parameterGroups({ id, path, method, parameters }: Operation): Record<string, JsonObject> {
    const definitions = this.#contract.parameters(path, method);
    const groups: Record<string, { properties: Record<string, unknown>; required: string[] }> = {};
    for (const group of Object.values(GROUPS)) groups[group] = { properties: {}, required: [] };
    for (const parameter of parameters) {
      const definition = definitions.find(
        (candidate) => candidate['in'] === parameter.in && candidate['name'] === parameter.name,
      );
      if (definition === undefined) {
        throw new Error(
          `The contract's document has no ${parameter.in} parameter ${parameter.name} of ${id}.`,
        );
      }
      const schema = this.#parameterSchema(definition);
      const group = groups[GROUPS[parameter.in]];
      if (group === undefined) continue;
      group.properties[parameter.key] = schema;
      if (parameter.required) group.required.push(parameter.key);
    }
    return Object.fromEntries(Object.entries(groups).map(([name, group]) => [name, closedObject(group)]));
  }

  #parameterSchema(definition: JsonObject): unknown {
    const [content] = Object.values(objectAt(definition, 'content'));
    const { schema } = 'schema' in definition ? definition : this.#contract.resolveObject(content);
    const copy = this.#views.copy(schema ?? true, 'request');
    if (!isJsonObject(copy) || 'default' in copy) return copy;
    const fallback = defaultOf(this.#contract, schema);
    return fallback === undefined ? copy : { ...copy, default: fallback };
  }

  #bodySchema(content: Content, schema: unknown): unknown {
    if (content.kind === 'multipart') return this.#multipartSchema(schema);
    const view: View = content.mediaType === 'application/merge-patch+json' ? 'patch' : 'request';
    return this.#views.copy(schema ?? true, view);
  }

  /** A multipart body's schema with files left open: the parser has made sure of them, and they are no JSON. */
  #multipartSchema(schema: unknown): unknown {
    return this.#views.copy(
      this.#openFiles(schema, describeBodyFields(this.#contract, schema), 0),
      'request',
    );
  }

  #openFiles(node: unknown, fields: BodyFields, depth: number): unknown {
    if (!isJsonObject(node) || depth > MAX_PARTS_DEPTH) return node;
    const { $ref: reference, ...stated } = node;
    const open: Record<string, unknown> = stated;
    const properties = Object.entries(objectAt(node, 'properties')).map(([name, property]) => [
      name,
      openFile(this.#contract.resolveObject(property), fields.fields.get(name)) ?? property,
    ]);
    if ('properties' in node) open['properties'] = Object.fromEntries(properties);
    const other = node['additionalProperties'];
    const additional = isJsonObject(other)
      ? openFile(this.#contract.resolveObject(other), fields.other)
      : undefined;
    if (additional !== undefined) open['additionalProperties'] = additional;
    for (const keyword of ['allOf', 'anyOf', 'oneOf']) {
      if (keyword in node)
        open[keyword] = arrayAt(node, keyword).map((part) => this.#openFiles(part, fields, depth + 1));
    }
    if (typeof reference === 'string') {
      const target = this.#openFiles(this.#contract.lookUp(reference), fields, depth + 1);
      open['allOf'] = [...arrayAt(open, 'allOf'), target];
    }
    return open;
  }

  #responses(operation: Operation, stated: JsonObject): ResponseShapes[] {
    return operation.responses.map((response) => {
      const definition = this.#contract.response(stated, String(response.status));
      const headers = this.#responseHeaders(definition);
      return {
        withoutBody: this.#add({ headers }),
        contents: response.content.map((content) => {
          const { schema } = this.#contract.mediaType(definition, content.mediaType);
          if (content.kind === 'binary') return this.#add({ headers });
          return this.#add({ headers, body: this.#views.copy(schema ?? true, 'response') });
        }),
      };
    });
  }

  #responseHeaders(definition: JsonObject): JsonObject {
    const properties: Record<string, unknown> = {};
    const required: string[] = [];
    for (const [name, node] of Object.entries(objectAt(definition, 'headers'))) {
      const header = this.#contract.resolveObject(node);
      // OpenAPI 3.1 section 4.8.17.1: a response header named Content-Type is ignored.
      if (name.toLowerCase() === 'content-type') continue;
      properties[name.toLowerCase()] = this.#views.copy(header['schema'] ?? true, 'response');
      if (header['required'] === true) required.push(name.toLowerCase());
    }
    return { type: 'object', properties, required };
  }

  /** Adds one shape, unless there is an equal one, and gives its index. */
  #add(members: Readonly<Record<string, unknown>>): number {
    const key = JSON.stringify(members);
    let index = this.#known.get(key);
    if (index === undefined) {
      index = this.#shapes.push({ type: 'object', properties: members, required: Object.keys(members) }) - 1;
      this.#known.set(key, index);
    }
    return index;
  }
}

function closedObject(group: { properties: JsonObject; required: readonly string[] }): JsonObject {
  return { type: 'object', ...group, additionalProperties: false };
}

/** What is left to be checked of a file; undefined when the field is none. */
function openFile(schema: JsonObject, field: BodyField | undefined): JsonObject | undefined {
  if (field?.kind !== 'file') return undefined;
  return field.array ? { type: 'array', ...pick(schema, ['minItems', 'maxItems']) } : { type: 'object' };
}

function pick(object: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(names.filter((name) => name in object).map((name) => [name, object[name]]));
}
