import type { SourcePointer } from '../diagnostics/diagnostic.ts';

/** A file's text with its name, able to say where an offset is. */
export interface SourceText {
  /** Path relative to the project root, with forward slashes. */
  readonly file: string;
  /** With Unix line ends. */
  readonly text: string;
  /** For a text that was made from the file's: that one, and where in it an offset of this one comes from. */
  readonly origin?: { readonly source: SourceText; readonly toOffset: (offset: number) => number };
}

/** The place of an offset, counted in UTF-16 units of the text. */
export function locate(source: SourceText, offset: number): SourcePointer {
  if (source.origin !== undefined) return locate(source.origin.source, source.origin.toOffset(offset));
  const lineStart = source.text.slice(0, offset).lastIndexOf('\n') + 1;
  return {
    file: source.file,
    line: lineAt(source.text, offset),
    column: offset - lineStart + 1,
    pointer: '',
  };
}

/** The line of an offset, counted from 1. */
export function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

/** The offset at which a line begins. @param line counted from 1. */
export function startOfLine(text: string, line: number): number {
  return text
    .split('\n')
    .slice(0, line - 1)
    .reduce((length, each) => length + each.length + 1, 0);
}

/** Reads a text the way all offsets here count it. */
export function toSourceText(file: string, text: string): SourceText {
  return { file, text: text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n') };
}

/** The offset in UTF-16 units of an offset in bytes of the text's UTF-8 form, as PostgreSQL's parser counts. */
export function fromByteOffset(text: string, bytes: number): number {
  return Buffer.from(text, 'utf8').subarray(0, bytes).toString('utf8').length;
}

/** The offset in UTF-16 units of an offset in characters, as PostgreSQL's messages count. */
export function fromCharacterOffset(text: string, characters: number): number {
  let units = 0;
  let count = 0;
  for (const character of text) {
    if (count === characters) {
      break;
    }
    units += character.length;
    count += 1;
  }
  return units;
}
