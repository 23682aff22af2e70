import type { JsonObject, JsonValue } from '../../contract/contract.ts';
import { isArray, isObject, textMember } from '../../load/json-value.ts';
import { type Facts, LIMITS, type Limits, type MemberFacts, mergeMembers, OTHER } from './form-facts.ts';
import { componentOf, LIST, memberOf, OBJECT } from './form-view.ts';

/** The constants of the tool's text by component: what stands behind `export const $Fields_Recipe = `. */
export type FormText = Readonly<Record<string, JsonValue>>;

/** What the tool's text says of the members of a component. */
export function textMembers(component: string, text: FormText): MemberFacts {
  return membersOf(nodeOf(component, text), text, new Set([component]));
}

/** What the text says of a value. `within` are the components that it stands in by reference. */
function textFacts(given: JsonValue, text: FormText, within: ReadonlySet<string>): Facts {
  const node = isObject(given) ? given : {};
  const nullable = node['isNullable'] === true;
  const type = textMember(node, 'type') ?? '';
  const component = componentOf(type);
  if (component !== undefined) return orNullable(referenceFacts(component, text, within), nullable);
  const parts = isArray(node['contains']) ? node['contains'] : [];
  if (type === 'all-of' && parts.length === 1) {
    return orNullable(textFacts(parts[0] ?? {}, text, within), nullable);
  }
  const properties = propertiesOf(node);
  const count = properties[LIST.count];
  if (isObject(count)) {
    const item = textFacts(properties[LIST.item] ?? {}, text, within);
    return { kind: 'list', nullable, limits: limitsOf('list', count), item };
  }
  if (isObjectNode(node)) return { kind: 'object', nullable, members: membersOf(node, text, within) };
  switch (type) {
    case 'string':
      return { kind: 'text', nullable, limits: limitsOf('text', node) };
    case 'number':
      return { kind: 'number', nullable, limits: limitsOf('number', node) };
    case 'boolean':
      return { kind: 'boolean', nullable, limits: {} };
    case 'Enum':
      return { kind: 'choice', nullable, limits: {} };
    case 'binary':
      return { kind: 'file', nullable, limits: {} };
    default:
      return OTHER;
  }
}

function referenceFacts(component: string, text: FormText, within: ReadonlySet<string>): Facts {
  const node = nodeOf(component, text);
  if (isObjectNode(node)) return { kind: 'component', nullable: node['isNullable'] === true, component };
  if (within.has(component)) return OTHER;
  return textFacts(node, text, new Set([...within, component]));
}

function orNullable(facts: Facts, nullable: boolean): Facts {
  return facts.kind === 'other' ? facts : { ...facts, nullable: facts.nullable || nullable };
}

/** True for an object with members, also one of several parts. */
function isObjectNode(node: JsonObject): boolean {
  return OBJECT in propertiesOf(node) || partsOf(node).some((part) => OBJECT in propertiesOf(part));
}

function partsOf(node: JsonObject): readonly JsonObject[] {
  const { contains } = node;
  return node['type'] === 'all-of' && isArray(contains) && contains.length > 1
    ? contains.filter(isObject)
    : [];
}

function membersOf(node: JsonObject, text: FormText, within: ReadonlySet<string>): MemberFacts {
  const own = Object.entries(propertiesOf(node)).flatMap(([name, property]) => {
    const member = memberOf(name);
    if (member === undefined || !isObject(property)) return [];
    const required = property['isRequired'] === true;
    return [[member, { required, facts: textFacts(property, text, within) }] as const];
  });
  const inherited = partsOf(node).map((part) => {
    const component = componentOf(textMember(part, 'type') ?? '');
    if (component === undefined) return membersOf(part, text, within);
    return within.has(component)
      ? {}
      : membersOf(nodeOf(component, text), text, new Set([...within, component]));
  });
  return mergeMembers([...inherited, Object.fromEntries(own)]);
}

function propertiesOf(node: JsonObject): JsonObject {
  return isObject(node['properties']) ? node['properties'] : {};
}

function nodeOf(component: string, text: FormText): JsonObject {
  const node = text[component];
  return isObject(node) ? node : {};
}

function limitsOf(shape: keyof typeof LIMITS, node: JsonObject): Limits {
  const limits = LIMITS[shape].map((keyword) => [keyword, node[keyword]] as const);
  return Object.fromEntries(
    limits.filter((limit): limit is [(typeof limit)[0], Limits[string]] => limit[1] !== undefined),
  );
}
