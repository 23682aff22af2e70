/**
 * The contract: what the specs say, resolved. Every `$ref` is followed, every OpenAPI default applied and
 * everything that becomes a TypeScript name is named. `resolveContract` makes it, emitters read it; nothing
 * here is optional in the sense of "apply the default". Plain data, no functions.
 */

import type { SourcePointer } from '../../diagnostics/diagnostic.ts';

/** A JSON value, as documents hold them. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: JsonValue;
}

/** A TypeScript identifier, safe to print; only `contract/identifiers.ts` makes one. */
export type Identifier = string & { readonly __brand: 'Identifier' };

export interface Contract {
  readonly title: string;
  readonly version: string;
  /** Components of `specs/common`, used by any module. Sorted by name. */
  readonly common: readonly NamedSchema[];
  /** Sorted by name. */
  readonly modules: readonly ContractModule[];
}

export interface ContractModule {
  /** The folder's name: `ticket`, `meal-plan`. */
  readonly name: string;
  /** Path of the module's spec, for headers and `Source:` lines. */
  readonly file: string;
  /** Sorted by name. */
  readonly schemas: readonly NamedSchema[];
  /** In document order. */
  readonly operations: readonly Operation[];
  /** Scheme name to its definition, for each scheme that the module's operations use. */
  readonly securitySchemes: Readonly<Record<string, SecurityScheme>>;
  /** `<Module>Handlers`, e.g. `TicketHandlers`. */
  readonly handlersName: Identifier;
  /** `<module>Operations`, e.g. `ticketOperations`. */
  readonly operationsName: Identifier;
  /** The module's self-contained OpenAPI 3.1 document: every `$ref` is local, `servers` and `security` explicit. */
  readonly document: JsonObject;
}

/** The folder under `generated/` that a named schema is emitted into: a module's name, or `common`. */
export type SchemaHome = string;

export interface NamedSchema {
  readonly home: SchemaHome;
  /** The component's key in the spec, e.g. `Ticket`. */
  readonly component: string;
  readonly schema: Schema;
  /** Name of the response view: what a client receives; writeOnly properties are absent. */
  readonly responseName: Identifier;
  /**
   * Name of the request view: what a client sends; readOnly properties are absent. Equal to `responseName` when
   * nothing reachable from this schema is readOnly or writeOnly, and then one type is emitted.
   */
  readonly requestName: Identifier;
  readonly documentation: Documentation;
  readonly at: SourcePointer;
}

export interface Documentation {
  /** `title` or `summary`; empty when the spec has none. */
  readonly summary: string;
  /** `description`; empty when the spec has none. */
  readonly description: string;
  readonly deprecated: boolean;
}

/** A shape of JSON data. Constraints that TypeScript cannot say stay in the module's document, for validation. */
export type Schema =
  | { readonly kind: 'string'; readonly format: string }
  | { readonly kind: 'number'; readonly integer: boolean; readonly format: string }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'null' }
  /** Matches nothing: `false`, `not: {}`. */
  | { readonly kind: 'never' }
  /** Any JSON value: `{}`, `true`. Emitted as `JsonValue`. */
  | { readonly kind: 'json' }
  /** Octets: `format: binary`, or a media type without a JSON schema. Only in bodies and multipart parts. */
  | { readonly kind: 'binary' }
  /** One value: `const`, or one of an `enum` (an enum is a union of literals). Objects and arrays are allowed. */
  | { readonly kind: 'literal'; readonly value: JsonValue }
  | { readonly kind: 'array'; readonly items: Schema }
  /** `prefixItems`; `rest` is the schema of further items, `never` when there are none. */
  | { readonly kind: 'tuple'; readonly items: readonly Schema[]; readonly rest: Schema }
  | ObjectSchema
  /** `oneOf`, `anyOf`, `type: [..]`, `enum`; nullable is a union with `null`. At least two members. */
  | { readonly kind: 'union'; readonly members: readonly Schema[] }
  /** What is left of `allOf` after objects were merged. At least two members. */
  | { readonly kind: 'intersection'; readonly members: readonly Schema[] }
  | { readonly kind: 'reference'; readonly home: SchemaHome; readonly component: string };

export interface ObjectSchema {
  readonly kind: 'object';
  readonly properties: readonly Property[];
  /**
   * Schema of properties that are not listed. `never` for `additionalProperties: false`, and where the schema lists
   * properties and says nothing of others: those may be in the data, and are not offered to the code.
   */
  readonly additional: Schema;
}

export interface Property {
  readonly name: string;
  readonly schema: Schema;
  readonly required: boolean;
  readonly readOnly: boolean;
  readonly writeOnly: boolean;
  readonly documentation: Documentation;
}

export type HttpMethod = 'get' | 'put' | 'post' | 'delete' | 'patch' | 'options' | 'head';

export interface Operation {
  readonly id: Identifier;
  readonly method: HttpMethod;
  /** Full path template: `/tickets/{ticketId}`. */
  readonly path: string;
  readonly tags: readonly string[];
  readonly documentation: Documentation;
  /** `PascalCase(id)Request`. */
  readonly requestName: Identifier;
  /** `PascalCase(id)Response`. */
  readonly responseName: Identifier;
  readonly parameters: readonly Parameter[];
  readonly body: RequestBody | null;
  /** By status, ascending; ranges and `default` last. */
  readonly responses: readonly Response[];
  /** Alternatives, of which one must hold; each maps a scheme to scopes. `[]` public; holds `{}` when optional. */
  readonly security: readonly SecurityRequirement[];
  /** `x-` members of the operation, as they stand. */
  readonly extensions: JsonObject;
  readonly at: SourcePointer;
}

export type SecurityRequirement = Readonly<Record<string, readonly string[]>>;

/** A security scheme object (OpenAPI 3.1 section 4.8.27), as it stands. */
export type SecurityScheme = JsonObject;

export type ParameterLocation = 'path' | 'query' | 'header' | 'cookie';
export type ParameterStyle =
  | 'simple'
  | 'label'
  | 'matrix'
  | 'form'
  | 'spaceDelimited'
  | 'pipeDelimited'
  | 'deepObject';

export interface Parameter {
  /** The name on the wire. */
  readonly name: string;
  /** The property in the handler's request: the name, lower case for headers. */
  readonly key: string;
  readonly in: ParameterLocation;
  readonly required: boolean;
  /** True when the handler always finds a value: required, or the schema has a default. */
  readonly present: boolean;
  readonly style: ParameterStyle;
  readonly explode: boolean;
  readonly allowReserved: boolean;
  /** How the text on the wire becomes a value. */
  readonly decode: ParameterDecoding;
  /** Whether that value is always the one that the text was written from. */
  readonly isExact: boolean;
  readonly schema: Schema;
  readonly documentation: Documentation;
  readonly at: SourcePointer;
}

/** A scalar's possible types, in the order they are tried: `['integer', 'null']`, `['string']`. */
export type ScalarTypes = readonly ('integer' | 'number' | 'boolean' | 'null' | 'string')[];

export type ParameterDecoding =
  | { readonly kind: 'scalar'; readonly types: ScalarTypes }
  | { readonly kind: 'array'; readonly items: ScalarTypes }
  | {
      readonly kind: 'object';
      /** Property to its scalar types, or the types of an array's items. */
      readonly properties: Readonly<Record<string, { readonly array: boolean; readonly types: ScalarTypes }>>;
      /** Types of other properties; empty when there may be none. */
      readonly additional: ScalarTypes;
    }
  /** `content: application/json`: the text is a JSON document. */
  | { readonly kind: 'json' };

/**
 * What the bytes of a body are.
 * `json`: any `+json` type, merge-patch included · `problem`: application/problem+json · `text`: text/* but event streams ·
 * `form`: application/x-www-form-urlencoded · `multipart`: multipart/form-data · `binary`: everything else.
 */
export type BodyKind = 'json' | 'problem' | 'text' | 'form' | 'multipart' | 'binary';

export interface Content {
  /** Lower case, without parameters: `application/json`, `image/*`. */
  readonly mediaType: string;
  readonly kind: BodyKind;
  readonly schema: Schema;
  /** Fields of a form, or of parts, whose text may be read as another value than it was written from. */
  readonly ambiguous: AmbiguousFields;
  readonly at: SourcePointer;
}

/**
 * By name, `*` for what the schema does not list: whether the field is a list, and the types that a text is read as; none
 * where it is read as JSON.
 */
export type AmbiguousFields = Readonly<
  Record<string, { readonly array: boolean; readonly types: ScalarTypes }>
>;

export interface RequestBody {
  readonly required: boolean;
  readonly content: readonly Content[];
  readonly documentation: Documentation;
}

/** A status code, a range such as `4XX`, or `default`. */
export type ResponseStatus = number | '1XX' | '2XX' | '3XX' | '4XX' | '5XX' | 'default';

export interface Response {
  readonly status: ResponseStatus;
  /** Empty when the response has no body. */
  readonly content: readonly Content[];
  readonly headers: readonly ResponseHeader[];
  readonly documentation: Documentation;
  /** True when its only content is a problem: thrown as a DomainError, never returned by a handler. */
  readonly isProblem: boolean;
}

export interface ResponseHeader {
  /** Lower case. */
  readonly name: string;
  readonly required: boolean;
  /** Whether an object is written as `R=100,G=200`. */
  readonly explode: boolean;
  readonly schema: Schema;
  readonly documentation: Documentation;
}
