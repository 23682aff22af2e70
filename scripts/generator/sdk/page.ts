import type {
  Contract,
  ContractModule,
  JsonObject,
  ObjectSchema,
  Operation,
  Schema,
  SchemaHome,
} from '../contract/contract.ts';

/** What of a contract is looked into. */
type Schemas = Pick<Contract, 'common'> & { readonly modules: readonly Pick<ContractModule, 'schemas'>[] };

/** Where the pages of an operation are, and what an item of them is. */
export interface Page {
  /** The query parameter that takes a cursor. */
  readonly cursor: string;
  /** The property of the body with the items. */
  readonly items: string;
  /** The property of the body with the next cursor. */
  readonly next: string;
  readonly item: Schema;
}

/** How lists are walked where an operation does not say otherwise: `specs/common/components.yaml` describes it. */
const HOUSE_PAGE = { cursor: 'cursor', items: 'items', next: 'nextCursor' };

/**
 * The pages of an operation; undefined when it has none. The extension `x-pagination: { cursor, items, next }` names
 * the parameter and the properties; without it they have the names of the house. It has pages when they are all there:
 * the query parameter, and in the body of its 200 an array and an optional string.
 */
export function pageOf(operation: Operation, contract: Schemas): Page | undefined {
  const names = { ...HOUSE_PAGE, ...extension(operation.extensions) };
  const body = operation.responses
    .find(({ status }) => status === 200)
    ?.content.find(({ kind }) => kind === 'json')?.schema;
  const object = body && objectOf(body, contract);
  const items = property(object, names.items);
  const array = items && resolved(items, contract);
  const next = property(object, names.next);
  const hasCursor = operation.parameters.some(
    ({ in: place, name }) => place === 'query' && name === names.cursor,
  );
  if (!hasCursor || !next || array?.kind !== 'array') return undefined;
  return { ...names, item: array.items };
}

function extension(extensions: JsonObject): Partial<typeof HOUSE_PAGE> {
  const given = extensions['x-pagination'];
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return {};
  const entries = Object.entries(given).filter(
    ([name, value]) => name in HOUSE_PAGE && typeof value === 'string',
  );
  return Object.fromEntries(entries);
}

function property(object: ObjectSchema | undefined, name: string): Schema | undefined {
  return object?.properties.find((candidate) => candidate.name === name)?.schema;
}

function objectOf(schema: Schema, contract: Schemas): ObjectSchema | undefined {
  const target = resolved(schema, contract);
  return target?.kind === 'object' ? target : undefined;
}

function resolved(schema: Schema, contract: Schemas): Schema | undefined {
  let target: Schema | undefined = schema;
  // A component may be a name for another one; a circle of names would be refused before it came here.
  while (target?.kind === 'reference') {
    const { home, component }: { home: SchemaHome; component: string } = target;
    const all = [...contract.common, ...contract.modules.flatMap((module) => module.schemas)];
    target = all.find((named) => named.home === home && named.component === component)?.schema;
  }
  return target;
}
