import type { Identifier } from '../contract/contract.ts';

/** A type that printed text refers to; becomes an import line when the file is printed, or none in its own file. */
export interface ImportedType {
  readonly name: Identifier;
  /** Where it is declared: `#kernel/...`, or a path from the project root such as `generated/ticket/schemas.ts`. */
  readonly from: string;
}

/** What printed text is made of, in order. */
export type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'type'; readonly type: ImportedType };

const PARTS: unique symbol = Symbol('parts');

/**
 * TypeScript text with the types it refers to. Opaque on purpose: only `print/` makes text, so what a spec says
 * reaches the output through `literal`, `doc` or `propertyName` and through nothing else.
 */
export interface Code {
  readonly [PARTS]: readonly Part[];
}

/** What may stand in a hole of a `code` template. A list is printed one piece a line, empty pieces left out. */
export type Hole = Code | Identifier | readonly Hole[];

/** The pieces of a code, for the file printer. */
export function partsOf(piece: Code): readonly Part[] {
  return piece[PARTS];
}

/** Code of given pieces. For `print/` alone: its callers answer for the text in them. */
export function codeOf(parts: readonly Part[]): Code {
  return { [PARTS]: parts };
}

/** Code of given text. For `print/` alone: its callers answer for that text. */
export function textCode(text: string): Code {
  return codeOf(text === '' ? [] : [{ kind: 'text', text }]);
}

/** Nothing; a template line that holds nothing else disappears. */
export const empty: Code = codeOf([]);

/** A reference to a type declared elsewhere; its import travels with it. */
export function typeRef(name: Identifier, from: string): Code {
  return codeOf([{ kind: 'type', type: { name, from } }]);
}

/** True when there is nothing to print. */
export function isEmpty(piece: Code): boolean {
  return piece[PARTS].length === 0;
}

/** Pieces side by side; empty pieces are left out. */
export function join(
  codes: readonly Code[],
  separator: ', ' | '; ' | ';\n' | ' | ' | ' & ' | '\n' | '\n\n',
): Code {
  const kept = codes.filter((piece) => !isEmpty(piece));
  return codeOf(interleave(kept.map(partsOf), separator));
}

/** Operands of `|` or `&`, one a line below where they stand, each behind its sign. */
export function branches(codes: readonly Code[], sign: '|' | '&'): Code {
  return codeOf(
    codes.flatMap((piece) => [
      { kind: 'text', text: `\n  ${sign} ` } as const,
      ...piece[PARTS].map((part) => indented(part, '    ')),
    ]),
  );
}

/** Columns that the code takes when it stands on one line; infinite when it does not. */
export function widthOf(piece: Code): number {
  let width = 0;
  for (const part of piece[PARTS]) {
    if (part.kind === 'text' && part.text.includes('\n')) return Number.POSITIVE_INFINITY;
    width += part.kind === 'text' ? part.text.length : part.type.name.length;
  }
  return width;
}

/**
 * Template tag for emitted text. The margin that all lines share is taken off, a piece of several lines is indented
 * as the line it stands in, and a line whose holes are all empty disappears.
 *
 * ```ts
 * code`
 *   export interface ${name} {
 *     ${members}
 *   }
 * `
 * ```
 */
export function code(template: TemplateStringsArray, ...holes: readonly Hole[]): Code {
  const lines = splitLines(template, holes.map(toCode));
  const isBlock = lines.length > 1 && isBlank(lines[0] ?? []);
  const body = isBlock ? lines.slice(1, isBlank(lines.at(-1) ?? []) ? -1 : undefined) : lines;
  const margin = isBlock ? Math.min(...body.filter((line) => !isBlank(line)).map(indentOf)) : 0;
  const printed = body.flatMap((line) => {
    const pieces = line.filter((piece) => typeof piece !== 'string');
    const vanishes =
      pieces.length > 0 &&
      pieces.every(isEmpty) &&
      line.every((p) => typeof p !== 'string' || p.trim() === '');
    return vanishes ? [] : [printLine(line, margin)];
  });
  return codeOf(interleave(printed, '\n'));
}

function interleave(pieces: readonly (readonly Part[])[], separator: string): readonly Part[] {
  const parts: Part[] = [];
  pieces.forEach((piece, index) => {
    if (index > 0) parts.push({ kind: 'text', text: separator });
    for (const part of piece) parts.push(part);
  });
  return parts;
}

/** One line of a template: its text and what stands in its holes. */
type Line = readonly (string | Code)[];

function isBlank(line: Line): boolean {
  return line.every((piece) => typeof piece === 'string' && piece.trim() === '');
}

function toCode(hole: Hole): Code {
  if (typeof hole === 'string') return textCode(hole);
  return PARTS in hole ? hole : join(hole.map(toCode), '\n');
}

function splitLines(template: TemplateStringsArray, holes: readonly Code[]): readonly Line[] {
  const lines: (string | Code)[][] = [[]];
  template.forEach((text, index) => {
    text.split('\n').forEach((piece, at) => {
      if (at > 0) lines.push([]);
      lines.at(-1)?.push(piece);
    });
    const hole = holes[index];
    if (hole !== undefined) lines.at(-1)?.push(hole);
  });
  return lines;
}

function indentOf(line: Line): number {
  const first = line[0];
  if (typeof first !== 'string') return 0;
  return first.length - first.trimStart().length;
}

function printLine(line: Line, margin: number): readonly Part[] {
  const indent = ' '.repeat(Math.max(0, indentOf(line) - margin));
  return line.flatMap((piece, index): readonly Part[] => {
    if (typeof piece === 'string') return partsOf(textCode(index === 0 ? piece.slice(margin) : piece));
    return piece[PARTS].map((part) => indented(part, indent));
  });
}

function indented(part: Part, indent: string): Part {
  return part.kind === 'text' ? { kind: 'text', text: part.text.replaceAll('\n', `\n${indent}`) } : part;
}
