import { deprecationHeaders, type FixedHeader } from './extensions/deprecation.ts';
import {
  idempotencyOf,
  type IdempotencyUse,
  ifMatchOf,
  type IfMatchUse,
} from './extensions/guard-headers.ts';
import { ownQuota } from './extensions/rate-limit.ts';
import { securityWithScopes } from './extensions/required-scopes.ts';
import { type Access, accessOf } from './security/authorize.ts';
import { planParameters, type ParameterPlan } from './decode/decode-parameters.ts';
import type { Handler, ModuleBinding } from './module-binding.ts';
import type { Operation, ResponseDescription } from './operation.ts';
import type { Quota } from './ports.ts';
import type { ContractValidator } from './validation/contract-validator.ts';
import { JsonDocument, objectAt } from './validation/json-document.ts';
import type { OperationShapes } from './validation/shape-schemas.ts';

/** An operation with all that serving it needs, worked out at start-up. Holds nothing of any request. */
export interface BoundOperation {
  readonly module: ModuleBinding;
  readonly operation: Operation;
  readonly handler: Handler;
  readonly validator: ContractValidator;
  readonly shapes: OperationShapes;
  readonly access: Access;
  readonly parameters: ParameterPlan;
  readonly bodyLimitBytes: number;
  /** The handler is told which of several media types the body has. */
  readonly namesContentType: boolean;
  /** Media types of the successful responses; empty when none of them has a body. */
  readonly offeredTypes: readonly string[];
  /** Media types of the successful responses that have several: the handler is told which of them the client likes best. */
  readonly negotiatedTypes: readonly string[];
  /** A group of parameters is in the handler's request when the operation has one there. */
  readonly groups: ReadonlySet<'path' | 'query' | 'headers' | 'cookies'>;
  /** On every response of the operation: what the contract says of its deprecation. */
  readonly fixedHeaders: readonly FixedHeader[];
  readonly ifMatch: IfMatchUse;
  readonly idempotency: IdempotencyUse;
  /** The operation's own quota beside the general one. */
  readonly ownQuota: { readonly id: string; readonly quota: Quota } | undefined;
}

/** @throws {Error} when an extension of the operation cannot be understood. */
export function bindOperation(
  module: ModuleBinding,
  declared: Operation,
  validator: ContractValidator,
  defaults: { readonly bodyLimitBytes: number },
): BoundOperation {
  const operation = { ...declared, security: securityWithScopes(declared) };
  const handler = module.handlers[operation.id];
  if (handler === undefined) throw new Error(`Operation ${operation.id} has no handler.`);
  const quota = ownQuota(operation);
  const contents = operation.body?.content ?? [];
  return {
    module,
    operation,
    // Bound to their object, so that handlers may be methods of a class.
    handler: handler.bind(module.handlers),
    validator,
    shapes: validator.shapesOf(operation),
    access: accessOf(operation),
    parameters: planParameters(operation, credentialNames(module, operation)),
    bodyLimitBytes: bodyLimitOf(operation) ?? defaults.bodyLimitBytes,
    namesContentType: contents.length > 1 || contents.some(({ mediaType }) => mediaType.includes('*')),
    offeredTypes: contentTypes(successes(operation)),
    negotiatedTypes: contentTypes(successes(operation).filter(({ content }) => content.length > 1)),
    groups: new Set(operation.parameters.map(({ in: location }) => GROUP_OF[location])),
    fixedHeaders: deprecationHeaders(operation),
    ifMatch: ifMatchOf(operation),
    idempotency: idempotencyOf(operation),
    ownQuota: quota === undefined ? undefined : { id: operation.id, quota },
  };
}

const GROUP_OF = { path: 'path', query: 'query', header: 'headers', cookie: 'cookies' } as const;

function successes({ responses }: Operation): readonly ResponseDescription[] {
  return responses.filter(
    ({ status }) => status === '2XX' || status === '3XX' || (typeof status === 'number' && status < 400),
  );
}

function contentTypes(responses: readonly ResponseDescription[]): string[] {
  return [...new Set(responses.flatMap(({ content }) => content.map(({ mediaType }) => mediaType)))];
}

function bodyLimitOf({ id, extensions }: Operation): number | undefined {
  const limit = extensions['x-max-body-bytes'];
  if (limit === undefined) return undefined;
  if (typeof limit !== 'number' || !Number.isSafeInteger(limit) || limit < 1) {
    throw new Error(`x-max-body-bytes of operation ${id} must be a positive number of bytes.`);
  }
  return limit;
}

/** Names of `apiKey` credentials in the query: no parameters of the operation, yet not unknown. */
function credentialNames({ document }: ModuleBinding, { security }: Operation): string[] {
  const contract = new JsonDocument(document);
  const schemes = objectAt(objectAt(contract.root, 'components'), 'securitySchemes');
  return security
    .flatMap((requirement) => Object.keys(requirement))
    .map((name) => contract.resolveObject(schemes[name]))
    .filter((scheme) => scheme['type'] === 'apiKey' && scheme['in'] === 'query')
    .map((scheme) => String(scheme['name']));
}
