import type { JsonObject, JsonValue, NamedSchema } from '../../contract/contract.ts';
import type { Diagnostic } from '../../../diagnostics/diagnostic.ts';
import { isArray, sameData } from '../../load/json-value.ts';
import { type Enumeration, viewName } from './enumerations.ts';
import type { Facts, MemberFacts } from './form-facts.ts';

const ORVAL = 'orval';
const OTC = 'openapi-typescript-codegen';

/** Whether orval's constants are the contract's enumerations: all of them, each with its values in their order. */
export function checkEnumerations(
  enumerations: readonly Enumeration[],
  constants: JsonObject,
): readonly Diagnostic[] {
  const known = new Set(enumerations.map((_, index) => viewName(index)));
  const surplus = Object.keys(constants).filter((name) => !known.has(name));
  return enumerations.flatMap(({ named, members }, index) => {
    const text = constants[viewName(index)];
    if (text === undefined) return [difference(named, named.component, ORVAL, 'all values', 'nothing')];
    if (index === 0 && surplus.length > 0)
      return [difference(named, 'enumerations', ORVAL, 'nothing else', surplus.join(', '))];
    // Their order is that of the entries.
    const isSame = JSON.stringify(text) === JSON.stringify(members);
    return isSame ? [] : [difference(named, named.component, ORVAL, shown(members), shown(text))];
  });
}

/** Whether the fields of a component in openapi-typescript-codegen's text are those of the contract, limit for limit. */
export function checkMembers(
  named: NamedSchema,
  contract: MemberFacts,
  text: MemberFacts,
): readonly Diagnostic[] {
  const found = firstDifference(toJson(contract), toJson(text), named.component);
  return found === undefined ? [] : [difference(named, found.path, OTC, found.contract, found.text)];
}

/** What is known of members as it is compared. */
function toJson(members: MemberFacts): JsonValue {
  return Object.fromEntries(
    Object.entries(members).map(([name, { required, facts }]) => [name, { required, ...factsJson(facts) }]),
  );
}

function factsJson(facts: Facts): JsonObject {
  const { kind, nullable } = facts;
  if (kind === 'object') return { kind, nullable, members: toJson(facts.members) };
  if (kind === 'component') return { kind, nullable, component: facts.component };
  return { kind, nullable, ...facts.limits, ...(kind === 'list' ? { item: factsJson(facts.item) } : {}) };
}

interface Difference {
  /** `RecipeContent.title.maxLength`. */
  readonly path: string;
  readonly contract: string;
  readonly text: string;
}

function firstDifference(
  contract: JsonValue | undefined,
  text: JsonValue | undefined,
  path: string,
): Difference | undefined {
  if (isObject(contract) && isObject(text)) {
    for (const key of new Set([...Object.keys(contract), ...Object.keys(text)])) {
      const found = firstDifference(contract[key], text[key], `${path}.${key}`);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  const isSame = contract !== undefined && text !== undefined && sameData(contract, text);
  return isSame ? undefined : { path, contract: shown(contract), text: shown(text) };
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !isArray(value);
}

function shown(value: JsonValue | undefined): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}

function difference(
  named: NamedSchema,
  place: string,
  tool: string,
  contract: string,
  text: string,
): Diagnostic {
  const message = `${place}: the contract says ${contract}, the text of ${tool} ${text}; nothing is generated from it until scripts/generator/sdk/foreign asks it so that they agree`;
  return { rule: 'sdk-foreign-text', message, at: named.at };
}
