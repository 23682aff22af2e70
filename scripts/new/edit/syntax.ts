import { parseSync, type Module } from '@swc/core';
import { Refusal } from '../refusal.ts';

/** A node of swc's syntax tree, looked into by name. */
export type SyntaxNode = Readonly<Record<string, unknown>>;

/** TypeScript as a syntax tree, with the way from its nodes to offsets of the text. */
export interface Source {
  readonly text: string;
  readonly statements: readonly SyntaxNode[];
  /** Where a node begins and ends, in UTF-16 units of `text`. */
  place(node: SyntaxNode): { readonly start: number; readonly end: number };
}

/** Parses a file of the project. @throws {Refusal} when it is no TypeScript. */
export function parseSource(file: string, text: string): Source {
  let parsed: Module;
  try {
    // swc counts bytes, from a number that depends on what begins the file: an empty statement stands where the text begins.
    parsed = parseSync(`;${text}`, { syntax: 'typescript', target: 'es2024' });
  } catch {
    throw new Refusal(`${file} is no valid TypeScript: repair it first (npm run check:types).`);
  }
  const [marker, ...statements] = nodes(parsed.body);
  const origin = Number(dig(marker, 'span', 'end'));
  const bytes = Buffer.from(text);
  const offset = (at: unknown): number => bytes.subarray(0, Number(at) - origin).toString().length;
  return {
    text,
    statements,
    place: (node) => ({ start: offset(dig(node, 'span', 'start')), end: offset(dig(node, 'span', 'end')) }),
  };
}

/** What stands in a tree under these names; undefined where there is none. */
export function dig(tree: unknown, ...names: readonly string[]): unknown {
  return names.reduce<unknown>((value, name) => (isNode(value) ? value[name] : undefined), tree);
}

/** The nodes of a list. */
export function nodes(list: unknown): readonly SyntaxNode[] {
  return Array.isArray(list) ? list.filter(isNode) : [];
}

/**
 * Every node below a part of a tree, the part itself first.
 *
 * @yields each once.
 */
export function* nodesIn(part: unknown): Generator<SyntaxNode> {
  if (isNode(part)) yield part;
  if (typeof part !== 'object' || part === null) return;
  for (const child of Object.values(part)) yield* nodesIn(child);
}

/** The name of the type that a declaration states: of `modules: ServedModules<Name> = {}` it is `ServedModules`. */
export function typeName(annotation: unknown): unknown {
  return dig(annotation, 'typeAnnotation', 'typeName', 'value');
}

/** The text with one member more at the end of an object literal. @param member without a comma. */
export function withMember(source: Source, object: SyntaxNode, member: string): string {
  const { text } = source;
  const { start, end } = source.place(object);
  const last = nodes(object['properties']).at(-1);
  if (last === undefined) return `${text.slice(0, start)}{\n${member},\n}${text.slice(end)}`;
  const after = source.place(endOf(last)).end;
  const [comma = ''] = /^\s*,/.exec(text.slice(after)) ?? [];
  // A comment on the line of the last member stays there.
  const [comment = ''] =
    /^[ \t]*(?:\/\/.*|\/\*.*?\*\/[ \t]*$)/m.exec(text.slice(after + comma.length).split('\n')[0] ?? '') ?? [];
  const at = after + comma.length + comment.length;
  return `${text.slice(0, after)},${comment}\n${member},${text.slice(at)}`;
}

/** The part of a member that its text ends with: swc does not say where a pair ends. */
function endOf(member: SyntaxNode): SyntaxNode {
  const part = [member, member['value'], member['arguments']].find((each) => isNode(dig(each, 'span')));
  return isNode(part) ? part : member;
}

function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
