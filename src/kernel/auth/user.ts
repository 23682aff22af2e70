/** The person or service that a verified token speaks for. */
export interface User {
  /** The token's `sub`: opaque text of 1 to 255 characters, unique at the Identity service. Not a UUID. */
  readonly subject: string;
  /** From the token's `scope` claim (RFC 8693 section 4.2); empty when it has none. */
  readonly scopes: readonly string[];
}
