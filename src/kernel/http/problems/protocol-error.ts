import type { ProblemItem } from './problem.ts';

/**
 * A request that the runtime refuses before any handler sees it: it breaks HTTP or the contract. `message` is safe to
 * show and becomes the problem's `detail`; `cause` is logged only.
 */
export class ProtocolError extends Error {
  readonly status: number;
  /** Kebab-case slug: the last segment of the problem's `type`. */
  readonly code: string;
  readonly errors: readonly ProblemItem[];
  /** Added to the response's headers, names in lower case: `allow`, `accept-encoding`, `connection`. */
  readonly responseHeaders: Readonly<Record<string, string>>;

  constructor(
    status: number,
    code: string,
    message: string,
    options: {
      readonly errors?: readonly ProblemItem[];
      readonly headers?: Readonly<Record<string, string>>;
      readonly cause?: unknown;
    } = {},
  ) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined);
    this.name = new.target.name;
    this.status = status;
    this.code = code;
    this.errors = options.errors ?? [];
    this.responseHeaders = options.headers ?? {};
  }
}

/** The request does not match the contract: always 400, with one item per failure. */
export class ContractError extends ProtocolError {
  constructor(errors: readonly ProblemItem[], options: { readonly cause?: unknown } = {}) {
    super(400, 'invalid-request', 'The request does not match the contract of this operation.', {
      ...options,
      errors,
    });
  }
}
