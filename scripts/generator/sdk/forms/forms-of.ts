import type { Contract, JsonObject, JsonValue, Operation } from '../../contract/contract.ts';
import { isArray, isObject, textMember } from '../../load/json-value.ts';
import { callParameters } from '../call-parameters.ts';
import { componentSchemas, requestComponents } from '../request-components.ts';
import { contractMembers, memberFact, type MemberFacts } from './form-facts.ts';

/** What a form can stand for: a component that requests carry, or the query of an operation. */
export interface Form {
  /** The name of the component's type or of the operation, which the form is named after. */
  readonly name: string;
  /** The component's key in the contract; undefined for a query. */
  readonly component: string | undefined;
  readonly deprecated: boolean;
  readonly members: MemberFacts;
}

/** The forms of components, each after those that it refers to, then those of queries. */
export function formsOf(contract: Contract, joined: JsonObject): readonly Form[] {
  return [...componentForms(contract, joined), ...queryForms(contract, joined)];
}

function componentForms(contract: Contract, joined: JsonObject): readonly Form[] {
  const components = componentSchemas(joined);
  const all = [...contract.common, ...contract.modules.flatMap(({ schemas }) => schemas)];
  const byName = new Map(all.map((named) => [named.component, named]));
  // What a merge patch leaves out stays as it is (RFC 7396).
  const filledIn = new Set(requestComponents(joined, (type) => isForm(type) && type !== MERGE_PATCH));
  return requestComponents(joined, isForm).flatMap((component) => {
    const named = byName.get(component);
    const stated = contractMembers(components[component] ?? true, components);
    const members = filledIn.has(component) ? stated : withoutDefaults(stated);
    if (named === undefined || Object.keys(members).length === 0) return [];
    const { requestName: name, documentation } = named;
    return [{ name, component, deprecated: documentation.deprecated, members }];
  });
}

const MERGE_PATCH = 'application/merge-patch+json';

function withoutDefaults(members: MemberFacts): MemberFacts {
  return Object.fromEntries(
    Object.entries(members).map(([name, { required, facts }]) => [name, { required, facts }]),
  );
}

/** Media types of bodies that have members. */
function isForm(mediaType: string): boolean {
  return /[/+]json$|^multipart\/form-data$|^application\/x-www-form-urlencoded$/.test(mediaType);
}

function queryForms(contract: Contract, joined: JsonObject): readonly Form[] {
  return contract.modules
    .flatMap(({ operations }) => operations)
    .flatMap((operation) => {
      const members = queryMembers(operation, joined);
      if (Object.keys(members).length === 0) return [];
      const { id: name, documentation } = operation;
      return [{ name, component: undefined, deprecated: documentation.deprecated, members }];
    });
}

/** The query parameters of an operation under the keys that calls of the SDK give them. */
function queryMembers(operation: Operation, joined: JsonObject): MemberFacts {
  const components = componentSchemas(joined);
  const schemas = querySchemas(operation, joined);
  return Object.fromEntries(
    callParameters(operation).flatMap(({ key, parameter: { in: place, name, required } }) => {
      const schema = place === 'query' ? schemas.get(name) : undefined;
      return schema === undefined ? [] : [[key, memberFact(schema, components, { required })]];
    }),
  );
}

/** The schemas of an operation's query parameters by name; its own go before those of its path. */
function querySchemas({ path, method }: Operation, joined: JsonObject): ReadonlyMap<string, JsonValue> {
  const item = at(at(joined, 'paths'), path);
  const stated = [item['parameters'], at(item, method)['parameters']].flatMap((list) =>
    isArray(list) ? list : [],
  );
  const parameters = stated.map((parameter) => {
    const name = textMember(parameter, '$ref')?.replace('#/components/parameters/', '');
    if (name !== undefined) return at(at(at(joined, 'components'), 'parameters'), name);
    return isObject(parameter) ? parameter : {};
  });
  return new Map(
    parameters
      .filter((parameter) => parameter['in'] === 'query')
      .map((parameter) => [textMember(parameter, 'name') ?? '', parameter['schema'] ?? true]),
  );
}

function at(object: JsonObject, key: string): JsonObject {
  const value = Object.hasOwn(object, key) ? object[key] : undefined;
  return isObject(value) ? value : {};
}
