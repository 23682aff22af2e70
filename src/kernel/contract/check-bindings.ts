import type { ModuleBinding } from './module-binding.ts';
import type { Authenticator, Authenticators } from './ports.ts';
import { hasAdjacentParameters, templateShape } from './routing/path-template.ts';
import { isJsonObject, JsonDocument, objectAt } from './validation/json-document.ts';

const METHODS = ['get', 'put', 'post', 'delete', 'patch', 'options', 'head', 'trace'];

/** The app cannot start: what was generated, what is implemented and what can be checked do not match. */
export class BindingError extends Error {
  /** One sentence per mismatch. */
  readonly mismatches: readonly string[];

  constructor(mismatches: readonly string[]) {
    super(`The contract and the code do not match:\n${mismatches.map((line) => `  - ${line}`).join('\n')}`);
    this.name = 'BindingError';
    this.mismatches = mismatches;
  }
}

/**
 * Checks that operations, handlers, documents and security schemes match one to one, and that no two modules claim a
 * path.
 *
 * @throws {BindingError} with every mismatch at once.
 */
export function checkBindings(modules: readonly ModuleBinding[], authenticators: Authenticators): void {
  const mismatches: string[] = [];
  const moduleNames = new Set<string>();
  for (const module of modules) {
    if (moduleNames.has(module.name)) mismatches.push(`Module ${module.name} is bound twice.`);
    moduleNames.add(module.name);
    mismatches.push(
      ...checkHandlers(module),
      ...checkDocument(module),
      ...checkSecurity(module, authenticators),
    );
  }
  mismatches.push(...checkPaths(modules), ...checkIds(modules));
  if (mismatches.length > 0) throw new BindingError(mismatches);
}

function checkHandlers({ name, operations, handlers }: ModuleBinding): string[] {
  const mismatches: string[] = [];
  for (const [key, operation] of Object.entries(operations)) {
    if (key !== operation.id)
      mismatches.push(`Operation ${operation.id} of module ${name} is listed as ${key}.`);
    if (typeof handlers[key] !== 'function')
      mismatches.push(`Operation ${key} of module ${name} has no handler.`);
  }
  for (const key of Object.keys(handlers)) {
    if (!Object.hasOwn(operations, key))
      mismatches.push(`Handler ${key} of module ${name} has no operation in the contract.`);
  }
  return mismatches;
}

/** Operations are found by method and path. Their names in code are the compiler's, whatever `operationId` a document has. */
function checkDocument({ name, document, operations }: ModuleBinding): string[] {
  const stated = operationsOf(document);
  const known = new Set(Object.values(operations).map(({ method, path }) => placeOf(method, path)));
  return [
    ...Object.values(operations)
      .filter(({ method, path }) => !stated.has(placeOf(method, path)))
      .map(
        ({ id, method, path }) =>
          `The document of module ${name} has no operation ${id} at ${placeOf(method, path)}.`,
      ),
    ...[...stated]
      .filter((place) => !known.has(place))
      .map((place) => `${place} of the document of module ${name} is missing in its operations.`),
  ];
}

/** The operations of a document, such as `GET /tickets`. */
function operationsOf(document: unknown): ReadonlySet<string> {
  const contract = new JsonDocument(isJsonObject(document) ? document : {});
  return new Set(
    Object.entries(objectAt(contract.root, 'paths')).flatMap(([path, node]) => {
      const item = contract.resolveObject(node);
      return METHODS.filter((method) => isJsonObject(item[method])).map((method) => placeOf(method, path));
    }),
  );
}

function placeOf(method: string, path: string): string {
  return `${method.toUpperCase()} ${path}`;
}

/**
 * Checks that every operation of the published contract is served: a caller must not be told of one that answers 404.
 *
 * @param published the joined contract, as data
 * @throws {BindingError} with every operation that no module has.
 */
export function checkPublished(published: unknown, modules: readonly ModuleBinding[]): void {
  const served = new Set(
    modules.flatMap(({ operations }) =>
      Object.values(operations).map(({ method, path }) => placeOf(method, path)),
    ),
  );
  const absent = [...operationsOf(published)].filter((place) => !served.has(place));
  if (absent.length === 0) return;
  throw new BindingError(
    absent.map((place) => `${place} of the published contract is served by no module; bind its module.`),
  );
}

function checkSecurity(
  { name, document, operations }: ModuleBinding,
  authenticators: Authenticators,
): string[] {
  const mismatches = new Set<string>();
  const contract = new JsonDocument(document);
  const definitions = objectAt(objectAt(contract.root, 'components'), 'securitySchemes');
  for (const { security } of Object.values(operations)) {
    for (const scheme of security.flatMap((requirement) => Object.keys(requirement))) {
      const authenticator = Object.hasOwn(authenticators, scheme) ? authenticators[scheme] : undefined;
      if (!isJsonObject(definitions[scheme])) {
        mismatches.add(`Security scheme ${scheme} is not defined in the document of module ${name}.`);
      } else if (authenticator === undefined) {
        mismatches.add(`Security scheme ${scheme} of module ${name} has no authenticator.`);
      } else if (!implementsScheme(authenticator, contract.resolveObject(definitions[scheme]))) {
        mismatches.add(
          `Security scheme ${scheme} of module ${name} is defined otherwise than its authenticator implements it.`,
        );
      }
    }
  }
  return [...mismatches];
}

function implementsScheme({ scheme }: Authenticator, definition: Readonly<Record<string, unknown>>): boolean {
  return Object.entries(scheme).every(
    ([key, value]) => String(definition[key]).toLowerCase() === value.toLowerCase(),
  );
}

function checkPaths(modules: readonly ModuleBinding[]): string[] {
  const mismatches = new Set<string>();
  const owners = new Map<string, { readonly module: string; readonly path: string }>();
  const methods = new Map<string, string>();
  for (const { name, operations } of modules) {
    for (const { id, method, path } of Object.values(operations)) {
      const shape = templateShape(path);
      if (hasAdjacentParameters(path))
        mismatches.add(`Two parameters stand side by side in ${path}: nothing tells where the first ends.`);
      const owner = owners.get(shape);
      if (owner === undefined) owners.set(shape, { module: name, path });
      else if (owner.module !== name)
        mismatches.add(`Modules ${owner.module} and ${name} both claim the path ${path}.`);
      else if (owner.path !== path)
        mismatches.add(`Paths ${owner.path} and ${path} of module ${name} match the same.`);
      const other = methods.get(`${method} ${shape}`);
      if (other !== undefined)
        mismatches.add(`Operations ${other} and ${id} are both ${method.toUpperCase()} ${path}.`);
      methods.set(`${method} ${shape}`, id);
    }
  }
  return [...mismatches];
}

function checkIds(modules: readonly ModuleBinding[]): string[] {
  const mismatches: string[] = [];
  const owners = new Map<string, string>();
  for (const { name, operations } of modules) {
    for (const id of Object.keys(operations)) {
      const owner = owners.get(id);
      if (owner !== undefined && owner !== name)
        mismatches.push(`Modules ${owner} and ${name} both have an operation ${id}.`);
      owners.set(id, name);
    }
  }
  return mismatches;
}
