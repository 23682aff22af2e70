import type { Contract, Identifier, JsonObject, NamedSchema } from '../contract/contract.ts';
import { type Code, code, join, widthOf } from '../print/code.ts';
import { doc } from '../print/doc.ts';
import { printFile } from '../print/file.ts';
import { literal, propertyName } from '../print/literal.ts';
import type { GeneratedFile } from '../write/generated-file.ts';
import { fieldAttributes } from './forms/field-attributes.ts';
import type { Facts, MemberFacts } from './forms/form-facts.ts';
import { formsOf } from './forms/forms-of.ts';
import { RUNTIME_TYPES, SDK_ROOT } from './sdk-types.ts';

/**
 * Emits the fields of the components that requests carry, each after those that it refers to:
 *
 * ```ts
 * export const recipeContentFields = {
 *   title: { required: true, minLength: 1, maxLength: 200 },
 *   ingredients: { required: true, minItems: 1, maxItems: 100, item: { required: true, fields: ingredientFields } },
 * } as const satisfies Fields;
 * ```
 */
export function emitSdkForms(contract: Contract, joined: JsonObject): readonly GeneratedFile[] {
  const constants = new Map<string, Identifier>();
  const declarations = formsOf(contract, joined).map(({ named, members }) => {
    // What stands above; a component that leads back to itself ends there.
    const fields = fieldsText(members, new Map(constants));
    const name = constantName(named, new Set(constants.values()));
    constants.set(named.component, name);
    return code`
      ${doc([`The fields of \`${named.requestName}\`.`], { deprecated: named.documentation.deprecated })}
      export const ${name} = ${fields} as const satisfies ${RUNTIME_TYPES.fields};
    `;
  });
  const body = declarations.length === 0 ? code`export {};` : join(declarations, '\n\n');
  const declares = [...constants.values()];
  return [printFile({ path: `${SDK_ROOT}/forms.ts`, source: 'specs', declares, body })];
}

/** `recipeContentFields`; where two components differ in the case of their first letter, the second keeps its own. */
function constantName({ requestName }: NamedSchema, taken: ReadonlySet<string>): Identifier {
  const small = `${requestName.charAt(0).toLowerCase()}${requestName.slice(1)}Fields`;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- made of an identifier by a suffix
  return (taken.has(small) ? `${requestName}Fields` : small) as Identifier;
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
      return objectText({ required: required && !facts.nullable, ...least, ...limits }, [item]);
    }
    case 'component': {
      const name = constants.get(facts.component);
      return objectText(
        { required: required && !facts.nullable },
        name === undefined ? [] : [code`fields: ${name}`],
      );
    }
    case 'object': {
      const fields = code`fields: ${fieldsText(facts.members, constants)}`;
      return objectText({ required: required && !facts.nullable }, [fields]);
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

function objectText(data: JsonObject, others: readonly Code[]): Code {
  const members = [
    ...Object.entries(data).map(([name, value]) => code`${propertyName(name)}: ${literal(value)}`),
    ...others,
  ];
  const inline = code`{ ${join(members, ', ')} }`;
  if (widthOf(inline) <= INLINE_WIDTH) return inline;
  return code`
    {
      ${members.map((member) => code`${member},`)}
    }
  `;
}
