import type { Operation, SecurityRequirement } from '../operation.ts';

/**
 * The operation's security with the scopes of `x-required-scopes` added to every alternative: for schemes whose own
 * scopes OpenAPI has no place for. Scopes of OAuth2 and OpenID Connect stand in `security` itself.
 *
 * @throws {Error} when the extension is no list of scopes, or an alternative needs no credentials that could have them.
 */
export function securityWithScopes({ id, security, extensions }: Operation): readonly SecurityRequirement[] {
  const scopes = extensions['x-required-scopes'];
  if (scopes === undefined) return security;
  if (!isScopeList(scopes)) {
    throw new Error(
      `x-required-scopes of operation ${id} must be a list of scopes, such as [tickets:write].`,
    );
  }
  if (security.length === 0 || security.some((requirement) => Object.keys(requirement).length === 0)) {
    throw new Error(`Operation ${id} has x-required-scopes and can be called without credentials.`);
  }
  return security.map((requirement) =>
    Object.fromEntries(
      Object.entries(requirement).map(([scheme, own]) => [scheme, [...new Set([...own, ...scopes])]]),
    ),
  );
}

/** Scope tokens. Source: RFC 6749 section 3.3. */
function isScopeList(value: unknown): value is readonly string[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((scope) => typeof scope === 'string' && /^[\x21\x23-\x5b\x5d-\x7e]+$/.test(scope))
  );
}
