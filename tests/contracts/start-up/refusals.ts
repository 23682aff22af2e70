/** How the compiler stands before what the server's start refuses. */
export type Guard =
  /** A case of `testdata/rejected`, and the rule that finds it there. */
  | { readonly rejected: string; readonly rule: string }
  /** A compile-only test: such an app does not compile. */
  | { readonly types: string }
  /** Why no spec leads to it. */
  | { readonly never: string };

const ONE_SOURCE = 'the document, the operations and the list of modules are printed from one model';
const SHARED = 'the app is given what it needs for every contract, whatever is in it';
const DEFECT = 'a defect of the kernel, met while serving or while reading what the compiler printed';

/**
 * Everything that the start of a server refuses in a contract or an app, as the sources say it, and what refuses it before. A
 * sentence without an entry fails the test: a new refusal needs a finding of the compiler.
 */
export const REFUSALS: Readonly<Record<string, Guard>> = {
  'x-max-body-bytes of operation {} must be a positive number of bytes.': {
    rejected: 'extension-values',
    rule: 'extension-value',
  },
  "{} of operation {} must be a date, such as '2027-01-31'.": {
    rejected: 'extension-values',
    rule: 'extension-value',
  },
  'x-deprecation-link of operation {} must be an http or https URL.': {
    rejected: 'extension-values',
    rule: 'extension-value',
  },
  'The window of x-rate-limit of operation {} must be a day (86400 seconds) at most.': {
    rejected: 'extension-values',
    rule: 'extension-value',
  },
  'x-rate-limit of operation {} must be like { requests: 10, windowSeconds: 60 }.': {
    rejected: 'extension-values',
    rule: 'extension-value',
  },
  'x-required-scopes of operation {} must be a list of scopes, such as [tickets:write].': {
    rejected: 'extension-values',
    rule: 'extension-value',
  },
  'Operation {} has a deprecation and is not deprecated.': {
    rejected: 'operation-guards',
    rule: 'deprecation',
  },
  'Operation {} is deprecated: x-deprecated-since must say since which day.': {
    rejected: 'operation-guards',
    rule: 'deprecation',
  },
  'x-sunset of operation {} must not be before x-deprecated-since.': {
    rejected: 'operation-guards',
    rule: 'deprecation',
  },
  'Operation {} takes an Idempotency-Key; {} needs none.': {
    rejected: 'operation-guards',
    rule: 'idempotency-key',
  },
  'Operation {} takes an Idempotency-Key and can be called without credentials.': {
    rejected: 'operation-guards',
    rule: 'idempotency-key',
  },
  'Operation {} takes an Idempotency-Key; its bodies are streams, which cannot be replayed.': {
    rejected: 'operation-guards',
    rule: 'idempotency-key',
  },
  'Operation {} has x-required-scopes and can be called without credentials.': {
    rejected: 'operation-guards',
    rule: 'required-scopes',
  },
  'Module {} claims the path {}, which is operational.': {
    rejected: 'operational-paths',
    rule: 'operational-path',
  },
  'Security scheme {} is not defined in the document of module {}.': {
    rejected: 'security-scheme-undefined',
    rule: 'security-scheme',
  },
  'Security scheme {} of module {} has no authenticator.': {
    rejected: 'security-schemes-unknown',
    rule: 'security-scheme',
  },
  'Security scheme {} has no authenticator.': {
    rejected: 'security-schemes-unknown',
    rule: 'security-scheme',
  },
  'Security scheme {} of module {} is defined otherwise than its authenticator implements it.': {
    rejected: 'security-scheme-otherwise',
    rule: 'security-scheme',
  },
  'Modules {} and {} both claim the path {}.': { rejected: 'duplicate-path-shape', rule: 'duplicate-path' },
  'Paths {} and {} of module {} match the same.': {
    rejected: 'duplicate-path-shape',
    rule: 'duplicate-path',
  },
  'Operations {} and {} are both {} {}.': { rejected: 'duplicate-path-shape', rule: 'duplicate-path' },
  'Modules {} and {} both have an operation {}.': {
    rejected: 'duplicate-operation-id',
    rule: 'duplicate-operation-id',
  },
  'The contract refers to {}, outside of itself.': { rejected: 'ref-outside-specs', rule: 'ref-outside' },
  'The contract refers to {}, which does not exist.': { rejected: 'ref-unresolved', rule: 'unresolved-ref' },
  "The contract's reference {} leads to itself.": { rejected: 'ref-circle', rule: 'ref-cycle' },
  'The contract of module {} cannot be compiled: {}': {
    rejected: 'schemas-of-no-dialect',
    rule: 'invalid-schema',
  },
  'Operation {} of module {} has no handler.': { types: 'scripts/generator/emit/emit-handlers.types.ts' },
  'Operation {} has no handler.': { types: 'scripts/generator/emit/emit-handlers.types.ts' },
  'Handler {} of module {} has no operation in the contract.': {
    types: 'scripts/generator/emit/emit-handlers.types.ts',
  },
  '{} of the published contract is served by no module; bind its module.': { types: 'src/app.types.ts' },
  'Module {} is bound twice.': { types: 'src/app.types.ts' },
  'Operation {} of module {} is listed as {}.': { never: ONE_SOURCE },
  'The document of module {} has no operation {} at {}.': { never: ONE_SOURCE },
  '{} of the document of module {} is missing in its operations.': { never: ONE_SOURCE },
  "The contract's document has no {} {}.": { never: ONE_SOURCE },
  "The contract's document has no {} parameter {} of {}.": { never: ONE_SOURCE },
  'The joined contract {} {}: run npm run generate.': {
    never: 'it is the sentence that asks for the compiler',
  },
  'Operation {} takes an Idempotency-Key, and the app has no store for them.': { never: SHARED },
  'Operation {} has x-rate-limit, and the app has no rate limiter.': { never: SHARED },
  'Operation {} has no shape for this request.': { never: DEFECT },
  'Operation {} was reached without a user.': { never: DEFECT },
  'A body of octets is streamed, never parsed.': { never: DEFECT },
  'The client went away.': { never: DEFECT },
  'The response broke off.': { never: DEFECT },
  'Operation {} has no security that can be met.': { never: DEFECT },
  'A security requirement names no scheme.': { never: DEFECT },
  'Operation {} is not part of this module.': { never: DEFECT },
  'A failure has no code: {}': { never: DEFECT },
  'Two parameters stand side by side in {}: nothing tells where the first ends.': {
    rejected: 'path-parameters-side-by-side',
    rule: 'path-parameter',
  },
  'The build has no check {}.': { never: DEFECT },
  'unknown error': { never: DEFECT },
};
