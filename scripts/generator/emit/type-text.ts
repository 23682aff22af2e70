import type { JsonValue, ObjectSchema, Property, Schema } from '../contract/contract.ts';
import { branches, type Code, code, empty, isEmpty, join, widthOf } from '../print/code.ts';
import { doc } from '../print/doc.ts';
import { literal, propertyName } from '../print/literal.ts';
import { BODY_TYPES, kernelRef } from './kernel-types.ts';
import type { SchemaNames, View } from './schema-names.ts';

/** Columns that a type may take before it is broken over lines. */
const INLINE_WIDTH = 88;

/** What a type's text depends on beside its schema. */
export interface TypeScope {
  readonly names: SchemaNames;
  readonly view: View;
}

/** How tightly the outermost operator of a type binds; TypeScript's order, loosest first. */
type Binding = 'union' | 'intersection' | 'operator' | 'primary';
interface BoundType {
  readonly text: Code;
  readonly binding: Binding;
}
const TIGHTNESS: Readonly<Record<Binding, number>> = { union: 0, intersection: 1, operator: 2, primary: 3 };

/**
 * The TypeScript type of a schema, the only place that knows precedence:
 * `readonly (string | null)[]`, `{ readonly title: string }`, `(A | B) & C`.
 */
export function typeText(schema: Schema, scope: TypeScope): Code {
  return bound(schema, scope).text;
}

/** The members of an object type, one a line, as an interface holds them. */
export function membersText(schema: ObjectSchema, scope: TypeScope): Code {
  const visible = visibleProperties(schema, scope.view);
  const members = visible.map((property) => memberText(property, scope));
  const index = indexSignature(schema, visible, scope);
  return join([...members, isEmpty(index) ? empty : code`${index};`], '\n');
}

function bound(schema: Schema, scope: TypeScope): BoundType {
  switch (schema.kind) {
    case 'string':
      return primary(code`string`);
    case 'number':
      return primary(code`number`);
    case 'boolean':
      return primary(code`boolean`);
    case 'null':
      return primary(code`null`);
    case 'never':
      return primary(code`never`);
    case 'json':
      return primary(kernelRef(BODY_TYPES.jsonValue));
    case 'binary':
      return primary(kernelRef(BODY_TYPES.uploadedFile));
    case 'literal':
      return literalType(schema.value);
    case 'array':
      return operator(code`readonly ${within(bound(schema.items, scope), 'primary')}[]`);
    case 'tuple':
      return tupleType(schema.items, schema.rest, scope);
    case 'object':
      return primary(objectType(schema, scope));
    case 'union':
      return combine(schema.members, 'union', scope);
    case 'intersection':
      return combine(schema.members, 'intersection', scope);
    case 'reference':
      break;
  }
  return primary(scope.names.refer(schema.home, schema.component, scope.view));
}

function primary(text: Code): BoundType {
  return { text, binding: 'primary' };
}

function operator(text: Code): BoundType {
  return { text, binding: 'operator' };
}

/** The type as an operand of an operator that binds as tightly as `outer`. */
function within(type: BoundType, outer: Binding): Code {
  return TIGHTNESS[type.binding] < TIGHTNESS[outer] ? code`(${type.text})` : type.text;
}

/** A JSON value as the type that holds nothing else. Numbers that a literal type cannot say are `number`. */
function literalType(value: JsonValue): BoundType {
  if (typeof value === 'number') return primary(Number.isFinite(value) ? literal(value) : code`number`);
  if (value === null || typeof value !== 'object') return primary(literal(value));
  if (Array.isArray(value)) {
    const items = (value as readonly JsonValue[]).map((item) => literalType(item).text);
    return operator(code`readonly [${join(items, ', ')}]`);
  }
  const members = Object.entries(value).map(
    ([name, member]) => code`readonly ${propertyName(name)}: ${literalType(member).text}`,
  );
  return primary(members.length === 0 ? EMPTY_OBJECT : code`{ ${join(members, '; ')} }`);
}

/** An object without properties; `{}` would be every value but null. */
const EMPTY_OBJECT: Code = code`{ readonly [key: string]: never }`;

function tupleType(items: readonly Schema[], rest: Schema, scope: TypeScope): BoundType {
  const texts = items.map((item) => typeText(item, scope));
  if (rest.kind !== 'never') texts.push(code`...${bound({ kind: 'array', items: rest }, scope).text}`);
  return operator(code`readonly [${join(texts, ', ')}]`);
}

function combine(members: readonly Schema[], kind: 'union' | 'intersection', scope: TypeScope): BoundType {
  const isOpenList = kind === 'union' && members.some(isTextLiteral);
  const types = members.map((member) =>
    isOpenList && member.kind === 'string' ? primary(OTHER_TEXT) : bound(member, scope),
  );
  const inner = types.map((type) => within(type, kind === 'union' ? 'intersection' : 'operator'));
  const separator = kind === 'union' ? ' | ' : ' & ';
  const inline = join(inner, separator);
  if (widthOf(inline) <= INLINE_WIDTH) return { text: inline, binding: kind };
  return { text: branches(inner, kind === 'union' ? '|' : '&'), binding: kind };
}

/** `string` would absorb the texts that are listed beside it, and editors would not offer them. */
const OTHER_TEXT: Code = code`(string & {})`;

function isTextLiteral(schema: Schema): boolean {
  return schema.kind === 'literal' && typeof schema.value === 'string';
}

function objectType(schema: ObjectSchema, scope: TypeScope): Code {
  const visible = visibleProperties(schema, scope.view);
  const index = indexSignature(schema, visible, scope);
  if (visible.length === 0 && isEmpty(index)) return EMPTY_OBJECT;
  const isDocumented = visible.some((property) => !isEmpty(propertyDoc(property)));
  const inline = [...visible.map((property) => propertyText(property, scope)), index];
  const oneLine = code`{ ${join(inline, '; ')} }`;
  if (!isDocumented && widthOf(oneLine) <= INLINE_WIDTH) return oneLine;
  return code`
    {
      ${membersText(schema, scope)}
    }
  `;
}

/** Clients send no readOnly property and receive no writeOnly one. */
function visibleProperties(schema: ObjectSchema, view: View): readonly Property[] {
  return schema.properties.filter((property) =>
    view === 'request' ? !property.readOnly : !property.writeOnly,
  );
}

function memberText(property: Property, scope: TypeScope): Code {
  return code`
    ${propertyDoc(property)}
    ${propertyText(property, scope)};
  `;
}

function propertyDoc({ documentation }: Property): Code {
  return doc([documentation.summary, documentation.description], { deprecated: documentation.deprecated });
}

function propertyText(property: Property, scope: TypeScope): Code {
  const mark = property.required ? empty : code`?`;
  return code`readonly ${propertyName(property.name)}${mark}: ${typeText(property.schema, scope)}`;
}

/**
 * The index signature of properties that the contract does not list. TypeScript wants every listed property to fit
 * it, so it is the union of both: reading by an unknown key may find a listed property.
 */
function indexSignature(schema: ObjectSchema, visible: readonly Property[], scope: TypeScope): Code {
  if (schema.additional.kind === 'never') return empty;
  const listed = visible.map((property) => property.schema);
  const members = distinctSchemas([schema.additional, ...listed].flatMap(unionMembers), schema.additional);
  const value = members.length === 1 ? members[0] : ({ kind: 'union', members } as const);
  const type = typeText(value ?? schema.additional, scope);
  return code`readonly [key: string]: ${type}`;
}

function unionMembers(schema: Schema): readonly Schema[] {
  return schema.kind === 'union' ? schema.members.flatMap(unionMembers) : [schema];
}

/** Each schema once; scalars are left out where the additional properties may be any JSON value already. */
function distinctSchemas(schemas: readonly Schema[], additional: Schema): readonly Schema[] {
  const seen = new Map<string, Schema>();
  for (const schema of schemas) {
    const isScalar = ['string', 'number', 'boolean', 'null', 'literal'].includes(schema.kind);
    if (additional.kind === 'json' && isScalar) continue;
    if (schema.kind !== 'never') seen.set(JSON.stringify(schema), schema);
  }
  return [...seen.values()];
}
