import type { Contract, JsonObject, NamedSchema } from '../../contract/contract.ts';
import { componentSchemas, requestComponents } from '../request-components.ts';
import { contractMembers, type MemberFacts } from './form-facts.ts';

/** A component that a form can stand for. */
export interface Form {
  readonly named: NamedSchema;
  readonly members: MemberFacts;
}

/** The components that requests carry and that have members, each after those that it refers to. */
export function formsOf(contract: Contract, joined: JsonObject): readonly Form[] {
  const components = componentSchemas(joined);
  const all = [...contract.common, ...contract.modules.flatMap(({ schemas }) => schemas)];
  const byName = new Map(all.map((named) => [named.component, named]));
  return requestComponents(joined, isForm).flatMap((component) => {
    const named = byName.get(component);
    const members = contractMembers(components[component] ?? true, components);
    return named === undefined || Object.keys(members).length === 0 ? [] : [{ named, members }];
  });
}

/** Media types of bodies that have members. */
function isForm(mediaType: string): boolean {
  return /[/+]json$|^multipart\/form-data$|^application\/x-www-form-urlencoded$/.test(mediaType);
}
