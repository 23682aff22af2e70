import { type Expression, type ModuleItem, type ObjectExpression, parseSync, type Property } from '@swc/core';

import type { JsonObject, JsonValue } from '../../contract/contract.ts';

/** A foreign text holds something else than exported literals. */
export class ForeignTextError extends Error {
  override readonly name = 'ForeignTextError';
}

/**
 * The constants that a text exports, by name. The text is read, never run: it may hold types and
 * `export const name = literal as const`, where a literal is made of objects, arrays, strings, numbers and booleans.
 *
 * @throws {ForeignTextError} for anything else, and for members that JavaScript would not keep in their order.
 */
export function readLiterals(text: string): Readonly<Record<string, JsonValue>> {
  return Object.fromEntries(parse(text).flatMap(constants));
}

function parse(text: string): readonly ModuleItem[] {
  try {
    return parseSync(text, { syntax: 'typescript' }).body;
  } catch (error) {
    throw new ForeignTextError('the text is not TypeScript', { cause: error });
  }
}

function constants(item: ModuleItem): readonly (readonly [string, JsonValue])[] {
  if (item.type !== 'ExportDeclaration') throw new ForeignTextError(`the text holds a ${item.type}`);
  const { declaration } = item;
  // Types hold nothing that runs.
  if (declaration.type === 'TsTypeAliasDeclaration' || declaration.type === 'TsInterfaceDeclaration')
    return [];
  if (declaration.type !== 'VariableDeclaration' || declaration.kind !== 'const')
    throw new ForeignTextError(`the text exports a ${declaration.type}`);
  return declaration.declarations.map(({ id, init }) => {
    if (id.type !== 'Identifier') throw new ForeignTextError(`the text exports a ${id.type}`);
    if (init?.type !== 'TsConstAssertion') throw new ForeignTextError(`${id.value} is not "as const"`);
    return [id.value, literal(init.expression, id.value)] as const;
  });
}

function literal(node: Expression, path: string): JsonValue {
  if (node.type === 'StringLiteral' || node.type === 'NumericLiteral' || node.type === 'BooleanLiteral')
    return node.value;
  if (node.type === 'UnaryExpression' && node.operator === '-' && node.argument.type === 'NumericLiteral')
    return -node.argument.value;
  if (node.type === 'ArrayExpression') {
    return node.elements.map((element, index) => {
      if (element === undefined || element.spread) throw new ForeignTextError(`${path} holds a spread`);
      return literal(element.expression, `${path}[${String(index)}]`);
    });
  }
  if (node.type === 'ObjectExpression') return object(node, path);
  throw new ForeignTextError(`${path} is a ${node.type}, not data`);
}

function object(node: ObjectExpression, path: string): JsonObject {
  const members = node.properties.map((property) => {
    if (property.type !== 'KeyValueProperty') throw new ForeignTextError(`${path} holds a ${property.type}`);
    const name = nameOf(property, path);
    return [name, literal(property.value, `${path}.${name}`)] as const;
  });
  const names = members.map(([name]) => name);
  const repeated = names.find((name, index) => names.indexOf(name) < index);
  if (repeated !== undefined) throw new ForeignTextError(`${path} has two members ${repeated}`);
  // A prototype is no member, and names that are numbers come first whatever the order in the text.
  const moved = names.find((name) => name === '__proto__' || /^(0|[1-9]\d*)$/.test(name));
  if (moved !== undefined)
    throw new ForeignTextError(`${path} has a member ${moved}, which does not stay in place`);
  return Object.fromEntries(members);
}

function nameOf({ key }: Extract<Property, { readonly type: 'KeyValueProperty' }>, path: string): string {
  if (key.type === 'Identifier' || key.type === 'StringLiteral') return key.value;
  throw new ForeignTextError(`${path} has a member whose name is a ${key.type}`);
}
