/**
 * The operation table: the data that the generator emits per module and the runtime binds. Emitted as
 * `export const ticketOperations = {...} as const satisfies OperationTable`; it never holds control flow.
 */

/** Operation id to operation, for one module. */
export type OperationTable = Readonly<Record<string, Operation>>;

export type HttpMethod = 'get' | 'put' | 'post' | 'delete' | 'patch' | 'options' | 'head';

export interface Operation {
  readonly id: string;
  readonly method: HttpMethod;
  /** Full path template: `/tickets/{ticketId}`. */
  readonly path: string;
  /**
   * Alternatives, of which one must hold; each maps a security scheme to the scopes it needs. `[]` is a public
   * operation; an empty alternative (`{}`) makes authentication optional. Source: OpenAPI 3.1 section 4.8.30.
   */
  readonly security: readonly SecurityRequirement[];
  readonly parameters: readonly Parameter[];
  readonly body: RequestBody | null;
  /** By status, ascending; ranges and `default` last. */
  readonly responses: readonly ResponseDescription[];
  readonly deprecated: boolean;
  /** `x-` members of the operation in the spec. */
  readonly extensions: Readonly<Record<string, unknown>>;
}

export type SecurityRequirement = Readonly<Record<string, readonly string[]>>;

export interface Parameter {
  /** The name on the wire. */
  readonly name: string;
  /** The property in the handler's request: the name, lower case for headers. */
  readonly key: string;
  readonly in: 'path' | 'query' | 'header' | 'cookie';
  readonly required: boolean;
  readonly style: 'simple' | 'label' | 'matrix' | 'form' | 'spaceDelimited' | 'pipeDelimited' | 'deepObject';
  readonly explode: boolean;
  readonly allowReserved: boolean;
  readonly decode: ParameterDecoding;
}

/** A scalar's possible types, in the order they are tried. */
export type ScalarTypes = readonly ('integer' | 'number' | 'boolean' | 'null' | 'string')[];

/** How the text of a parameter becomes a value. Validation of the value is the contract document's. */
export type ParameterDecoding =
  | { readonly kind: 'scalar'; readonly types: ScalarTypes }
  | { readonly kind: 'array'; readonly items: ScalarTypes }
  | {
      readonly kind: 'object';
      readonly properties: Readonly<Record<string, { readonly array: boolean; readonly types: ScalarTypes }>>;
      readonly additional: ScalarTypes;
    }
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
}

export interface RequestBody {
  readonly required: boolean;
  readonly content: readonly Content[];
}

export interface ResponseDescription {
  readonly status: number | '1XX' | '2XX' | '3XX' | '4XX' | '5XX' | 'default';
  readonly content: readonly Content[];
  readonly headers: readonly {
    /** Lower case. */
    readonly name: string;
    readonly required: boolean;
    /** An object is written as `R=100,G=200` rather than `R,100,G,200`. */
    readonly explode?: true;
  }[];
}
