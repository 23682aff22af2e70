/**
 * Characters that must not stand in source text as they are: controls, lone surrogates (UTF-8 cannot carry them),
 * the line separators U+2028 and U+2029, and the bidirectional controls that make source read other than it runs
 * (Unicode TR36 section 3.3; CVE-2021-42574).
 */
const UNPRINTABLE = /[\p{Cc}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]|\p{Surrogate}/gu;

/** The text with unprintable characters as JavaScript escapes, e.g. `\u2028`. Line feeds are among them. */
export function escapeUnprintable(text: string): string {
  return text.replace(UNPRINTABLE, (character) => {
    if (character === '\n') return String.raw`\n`;
    if (character === '\r') return String.raw`\r`;
    if (character === '\t') return String.raw`\t`;
    return String.raw`\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

const HIDDEN = /[\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** Source text whose literals hold characters that are not seen, or that turn others around, with these as JavaScript escapes. */
export function escapeHidden(source: string): string {
  return source.replace(HIDDEN, escapeUnprintable);
}
