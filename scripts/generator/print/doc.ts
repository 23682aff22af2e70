import { type Code, empty, textCode } from './code.ts';
import { escapeUnprintable } from './escape.ts';

/**
 * A doc comment of spec text: one paragraph an entry, empty ones left out. Nothing in the text can end the comment or
 * act as a tag in it. Tags of our own go in `tags`.
 *
 * ```ts
 * /**
 *  * Create a ticket
 *  *
 *  * POST /tickets
 *  *\/
 * ```
 */
export function doc(paragraphs: readonly string[], tags: { readonly deprecated?: boolean } = {}): Code {
  const texts = paragraphs.map(inertText).filter((text) => text !== '');
  if (tags.deprecated === true) texts.push('@deprecated');
  const lines = texts.join('\n\n').split('\n');
  if (texts.length === 0) return empty;
  if (lines.length === 1) return textCode(`/** ${lines[0] ?? ''} */`);
  return textCode(`/**\n${lines.map((line) => ` * ${line}`.trimEnd()).join('\n')}\n */`);
}

/** Spec text that is only text: one line feed a line, no end of comment, no tags, no unprintable characters. */
export function inertText(text: string): string {
  return text
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map((line) => escapeUnprintable(line.replaceAll('\t', '  ')).trimEnd())
    .join('\n')
    .replace(/^\n+|\n+$/g, '')
    .replaceAll(/\n{3,}/g, '\n\n')
    .replaceAll('*/', String.raw`*\/`)
    .replaceAll(/(^|\{)([ \t/*]*)@/gm, String.raw`$1$2\@`);
}
