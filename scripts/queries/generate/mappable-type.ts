import type { Catalogue, TypeFacts } from '../catalogue/catalogue.ts';
import type { MappableType } from './pgtyped.ts';

/** A type as PgTyped's printer takes it: a name of the mapping, or an enum or an array of one with its values. */
export function toMappableType(typeId: string, types: Catalogue['types']): MappableType {
  const facts = withoutDomains(typeId, types);
  if (facts === undefined) {
    return 'unknown';
  }
  if (facts.element === null) {
    return toScalar(facts);
  }
  const element = withoutDomains(facts.element, types);
  const scalar = element === undefined ? 'unknown' : toScalar(element);
  return typeof scalar === 'string' ? `_${scalar}` : { name: facts.name, elementType: scalar };
}

function toScalar(facts: TypeFacts): string | { name: string; enumValues: string[] } {
  if (facts.kind === 'enum') {
    return { name: facts.name, enumValues: [...facts.values] };
  }
  // The form of every range is PostgreSQL's own text.
  return facts.kind === 'range' || facts.kind === 'multirange' ? 'range' : facts.name;
}

/** What a domain is made of, down to what is no domain. */
function withoutDomains(typeId: string, types: Catalogue['types']): TypeFacts | undefined {
  const facts = types[typeId];
  return facts?.base === null || facts === undefined ? facts : withoutDomains(facts.base, types);
}
