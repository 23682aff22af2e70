import { Refusal } from '../refusal.ts';
import { dig, nodes, nodesIn, parseSource, typeName, withMember, type SyntaxNode } from './syntax.ts';

/** A file of a module's transport that makes its handlers. */
export interface HandlersFile {
  readonly path: string;
  readonly text: string;
}

/**
 * The file among a module's that makes the handlers, with one method more.
 *
 * @param type of the handlers, which the contract is generated into: `PantryHandlers`.
 * @throws {Refusal} when none of the files makes them.
 */
export function withHandler(
  files: readonly HandlersFile[],
  type: string,
  method: string,
  imports: string,
): HandlersFile & { readonly before: string } {
  for (const { path, text } of files) {
    const source = parseSource(path, text);
    const object = [...nodesIn(source.statements)].map((node) => madeObject(node, type)).find(Boolean);
    if (object === undefined) continue;
    const changed = withMember(source, object, method);
    const all = source.statements.filter((node) => node['type'] === 'ImportDeclaration');
    const last =
      all.findLast((node) => String(dig(node, 'source', 'value')).startsWith('#kernel/')) ?? all.at(-1);
    const at = last === undefined ? 0 : source.place(last).end;
    const isThere = text.includes(imports);
    return {
      path,
      before: text,
      text: isThere ? changed : `${changed.slice(0, at)}\n${imports}${changed.slice(at)}`,
    };
  }
  throw new Refusal(
    `No file of the module makes its handlers: a function that returns ${type}, or a constant of that type, as an object literal.`,
  );
}

/** The object literal that a function of this return type returns, or that a constant of this type is. */
function madeObject(node: SyntaxNode, type: string): SyntaxNode | undefined {
  if (typeName(node['returnType']) === type) {
    const returned = nodes(dig(node, 'body', 'stmts')).find((each) => each['type'] === 'ReturnStatement');
    return objectIn(returned?.['argument'] ?? node['body']);
  }
  return node['type'] === 'VariableDeclarator' && typeName(dig(node, 'id', 'typeAnnotation')) === type
    ? objectIn(node['init'])
    : undefined;
}

function objectIn(expression: unknown): SyntaxNode | undefined {
  const [node] = nodesIn(expression);
  if (node?.['type'] === 'ParenthesisExpression') return objectIn(node['expression']);
  return node?.['type'] === 'ObjectExpression' ? node : undefined;
}
