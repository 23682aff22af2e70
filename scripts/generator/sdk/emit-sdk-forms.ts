import type { Contract, Identifier, JsonObject, JsonValue } from '../contract/contract.ts';
import { type Code, code, join, widthOf } from '../print/code.ts';
import { doc } from '../print/doc.ts';
import { printFile } from '../print/file.ts';
import { literal, propertyName } from '../print/literal.ts';
import type { GeneratedFile } from '../write/generated-file.ts';
import { fieldAttributes } from './forms/field-attributes.ts';
import type { Facts, MemberFacts } from './forms/form-facts.ts';
import { type Form, formsOf } from './forms/forms-of.ts';
import { RUNTIME_TYPES, SDK_ROOT } from './sdk-types.ts';

/**
 * Emits the fields of the components that requests carry, each after those that it refers to, and of the queries of operations; beside
 * them the values that the API takes for what is left out:
 *
 * ```ts
 * export const ticketContentFields = {
 *   title: { required: true, minLength: 1, maxLength: 200 },
 *   ingredients: { required: true, minItems: 1, maxItems: 100, item: { required: true, fields: ingredientFields } },
 * } as const satisfies Fields;
 *
 * export const ticketContentDefaults = { description: '', prepMinutes: 0 } as const;
 * ```
 */
export function emitSdkForms(contract: Contract, joined: JsonObject): readonly GeneratedFile[] {
  const names = new Set<Identifier>();
  const constants = new Map<string, Identifier>();
  const declarations: Code[] = [];
  for (const form of formsOf(contract, joined)) {
    // What stands above; a component that leads back to itself ends there.
    const fields = fieldsText(form.members, new Map(constants));
    const { component, deprecated } = form;
    const name = constantName(form, 'Fields', names);
    if (component !== undefined) constants.set(component, name);
    const what = component === undefined ? `the query of \`${form.name}\`` : `\`${form.name}\``;
    declarations.push(code`
      ${doc([`The fields of ${what}.`], { deprecated })}
      export const ${name} = ${fields} as const satisfies ${RUNTIME_TYPES.fields};
    `);
    const defaults = defaultsText(form);
    if (defaults === undefined) continue;
    declarations.push(code`
      ${doc([`What the API takes for what ${what} leaves out.`], { deprecated })}
      export const ${constantName(form, 'Defaults', names)} = ${defaults} as const;
    `);
  }
  const body = declarations.length === 0 ? code`export {};` : join(declarations, '\n\n');
  return [printFile({ path: `${SDK_ROOT}/forms.ts`, source: 'specs', declares: [...names], body })];
}

/**
 * `ticketContentFields`, taken into `names`. Where two components differ in the case of their first letter, the second keeps its own; an
 * operation that has the name of a component says that it is about the query.
 */
function constantName(
  { name, component }: Form,
  suffix: 'Fields' | 'Defaults',
  names: Set<Identifier>,
): Identifier {
  let constant = `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
  if (component !== undefined && isTaken(constant)) constant = name;
  while (isTaken(constant)) constant += 'Query';
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- made of an identifier by a suffix
  const made = `${constant}${suffix}` as Identifier;
  names.add(made);
  return made;

  function isTaken(stem: string): boolean {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only looked up
    return names.has(`${stem}${suffix}` as Identifier);
  }
}

/** The object of a form's defaults; undefined when it has none. */
function defaultsText({ members }: Form): Code | undefined {
  const stated = Object.entries(members).flatMap(([name, { fallback }]): (readonly [string, JsonValue])[] =>
    fallback === undefined ? [] : [[name, fallback]],
  );
  if (stated.length === 0) return undefined;
  const lines = stated.map(([name, value]) => code`${memberName(name)}: ${literal(value)}`);
  return objectText(lines, DEFAULTS_WIDTH);
}

function fieldsText(members: MemberFacts, constants: ReadonlyMap<string, Identifier>): Code {
  const lines = Object.entries(members).map(
    ([name, { required, facts }]) => code`${memberName(name)}: ${fieldText(facts, required, constants)},`,
  );
  return code`
    {
      ${lines}
    }
  `;
}

/** In an object expression `__proto__: x` sets the prototype; computed, it is a member like any other. */
function memberName(name: string): Code {
  return name === '__proto__' ? code`[${literal(name)}]` : propertyName(name);
}

function fieldText(facts: Facts, required: boolean, constants: ReadonlyMap<string, Identifier>): Code {
  switch (facts.kind) {
    case 'list': {
      const { minItems, ...limits } = facts.limits;
      const least = minItems === undefined || minItems === 0 ? {} : { minItems };
      const item = code`item: ${fieldText(facts.item, true, constants)}`;
      return objectText([
        ...dataMembers({ required: required && !facts.nullable, ...least, ...limits }),
        item,
      ]);
    }
    case 'component': {
      const name = constants.get(facts.component);
      return objectText([
        ...dataMembers({ required: required && !facts.nullable }),
        ...(name === undefined ? [] : [code`fields: ${name}`]),
      ]);
    }
    case 'object': {
      const fields = code`fields: ${fieldsText(facts.members, constants)}`;
      return objectText([...dataMembers({ required: required && !facts.nullable }), fields]);
    }
    case 'text':
    case 'number':
    case 'choice':
    case 'boolean':
    case 'file':
    case 'other':
      return literal(fieldAttributes(facts, required));
    default:
      return facts satisfies never;
  }
}

/** Columns that an object may take before it is broken into one member a line. */
const INLINE_WIDTH = 96;
/** The same beside `export const` and a name. */
const DEFAULTS_WIDTH = 56;

function objectText(members: readonly Code[], width = INLINE_WIDTH): Code {
  const inline = code`{ ${join(members, ', ')} }`;
  if (widthOf(inline) <= width) return inline;
  return code`
    {
      ${members.map((member) => code`${member},`)}
    }
  `;
}

function dataMembers(data: JsonObject): readonly Code[] {
  return Object.entries(data).map(([name, value]) => code`${propertyName(name)}: ${literal(value)}`);
}
