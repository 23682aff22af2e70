import { DomainError } from '#kernel/domain/domain-error.ts';
import type { Operation, SecurityRequirement } from '../operation.ts';
import type { Authenticators, Credentials, User } from '../ports.ts';

/** Which principal an operation's context holds; follows from its `security` alone. */
export type Access = 'public' | 'optional' | 'required';

/** `[]` is public, an empty alternative makes authentication optional. Source: OpenAPI 3.1 section 4.8.30. */
export function accessOf({ security }: Operation): Access {
  if (security.length === 0) return 'public';
  return security.some((requirement) => Object.keys(requirement).length === 0) ? 'optional' : 'required';
}

/** How one alternative of `security` ended; the best of them decides what the client is told. */
type Outcome =
  | { readonly kind: 'satisfied'; readonly user: User }
  | { readonly kind: 'missing' | 'insufficient' | 'refused'; readonly error: DomainError };

/** What a client that met no alternative is told: what is wrong with what it sent comes before what it left out. */
const PRECEDENCE = { refused: 2, insufficient: 1, missing: 0 } as const;

/**
 * The user whom a request's credentials speak for: alternatives are tried in order, and within one every scheme must
 * hold with its scopes. Deny by default: an operation without an alternative that holds is refused.
 *
 * Where authentication is optional, credentials that are not good count as none; only a request that is malformed, or
 * one whose credentials could not be checked, is refused.
 *
 * @throws {DomainError} the authenticator's, when no alternative holds.
 */
export async function authorize(
  operation: Operation,
  authenticators: Authenticators,
  credentials: Credentials,
): Promise<User | undefined> {
  const access = accessOf(operation);
  if (access === 'public') return undefined;
  const checks = new SchemeChecks(authenticators, credentials);
  let worst: Exclude<Outcome, { kind: 'satisfied' }> | undefined;
  for (const requirement of operation.security) {
    if (Object.keys(requirement).length === 0) continue;
    const outcome = await tryAlternative(requirement, authenticators, checks);
    if (outcome.kind === 'satisfied') return outcome.user;
    if (worst === undefined || PRECEDENCE[outcome.kind] > PRECEDENCE[worst.kind]) worst = outcome;
  }
  if (access === 'optional' && (worst === undefined || countsAsNone(worst.error))) return undefined;
  throw worst?.error ?? new Error(`Operation ${operation.id} has no security that can be met.`);
}

function countsAsNone({ kind }: DomainError): boolean {
  return kind === 'unauthenticated' || kind === 'forbidden';
}

async function tryAlternative(
  requirement: SecurityRequirement,
  authenticators: Authenticators,
  checks: SchemeChecks,
): Promise<Outcome> {
  let user: User | undefined;
  for (const [scheme, scopes] of Object.entries(requirement)) {
    const authenticator = authenticators[scheme];
    if (authenticator === undefined) throw new Error(`Security scheme ${scheme} has no authenticator.`);
    let found: User | undefined;
    try {
      found = await checks.check(scheme);
    } catch (error) {
      if (error instanceof DomainError) return { kind: 'refused', error };
      throw error;
    }
    if (found === undefined) return { kind: 'missing', error: authenticator.missingCredentials() };
    const { scopes: granted } = found;
    if (!scopes.every((scope) => granted.includes(scope))) {
      return { kind: 'insufficient', error: authenticator.insufficientScope(scopes) };
    }
    user ??= found;
  }
  if (user === undefined) throw new Error('A security requirement names no scheme.');
  return { kind: 'satisfied', user };
}

/** Checks each scheme at most once per request, however many alternatives name it. */
class SchemeChecks {
  readonly #authenticators: Authenticators;
  readonly #credentials: Credentials;
  readonly #results = new Map<string, Promise<User | undefined>>();

  constructor(authenticators: Authenticators, credentials: Credentials) {
    this.#authenticators = authenticators;
    this.#credentials = credentials;
  }

  check(scheme: string): Promise<User | undefined> {
    let result = this.#results.get(scheme);
    if (result === undefined) {
      result = this.#authenticators[scheme]?.authenticate(this.#credentials) ?? Promise.resolve(undefined);
      this.#results.set(scheme, result);
    }
    return result;
  }
}
