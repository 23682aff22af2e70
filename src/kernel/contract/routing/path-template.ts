/** One segment of a path template. */
export type TemplateSegment =
  | { readonly kind: 'static'; readonly text: string }
  /** The whole segment is one parameter: `{ticketId}`. */
  | { readonly kind: 'parameter'; readonly name: string }
  /** Text around parameters: `{name}.{extension}`. */
  | {
      readonly kind: 'mixed';
      readonly names: readonly string[];
      readonly shape: string;
      /** The fixed texts: before the first parameter, between two, after the last. */
      readonly texts: readonly string[];
    };

const PARAMETER = /\{([^{}]+)\}/g;

/** Reads `/tickets/{ticketId}` into segments. The template starts with `/`; a trailing `/` is an empty last segment. */
export function parsePathTemplate(template: string): TemplateSegment[] {
  return template.slice(1).split('/').map(parseSegment);
}

function parseSegment(segment: string): TemplateSegment {
  const whole = /^\{([^{}]+)\}$/.exec(segment)?.[1];
  if (whole !== undefined) return { kind: 'parameter', name: whole };
  const names = Array.from(segment.matchAll(PARAMETER), (match) => match[1] ?? '');
  if (names.length === 0) return { kind: 'static', text: asSent(segment) };
  // Every other piece of the split is a parameter's name.
  const texts = segment.split(PARAMETER).filter((_, index) => index % 2 === 0);
  return { kind: 'mixed', names, shape: segment.replaceAll(PARAMETER, '{}'), texts: texts.map(asSent) };
}

/** A template's text as a client sends it in a URL. Source: URL standard, path percent-encode set. */
export function asSent(text: string): string {
  return text.replaceAll(/[^\x21-\x7e]+|["<>`]/gu, encodeURIComponent);
}

/**
 * The texts of a segment's parameters, none of them empty; undefined when the segment has another form. A parameter ends where
 * the fixed text behind it begins for the first time, the last one before the text at the end: `a.tar.gz` is `a` and `tar.gz`
 * for `{name}.{extension}`, `a.tar` for `{name}.gz`. Takes linear time.
 */
export function matchMixed(segment: string, texts: readonly string[]): readonly string[] | undefined {
  const [first = '', ...between] = texts;
  const last = between.pop() ?? '';
  const end = segment.length - last.length;
  if (!segment.startsWith(first) || !segment.endsWith(last)) return undefined;
  const found: string[] = [];
  let at = first.length;
  for (const text of between) {
    const next = segment.indexOf(text, at + 1);
    if (next === -1) return undefined;
    found.push(segment.slice(at, next));
    at = next + text.length;
  }
  if (at >= end) return undefined;
  found.push(segment.slice(at, end));
  return found;
}

/** Whether two parameters stand side by side, so that nothing tells where the first ends. */
export function hasAdjacentParameters(template: string): boolean {
  return template.includes('}{');
}

/** The template without its parameters' names: two templates of one shape match the same paths. */
export function templateShape(template: string): string {
  return template.replaceAll(PARAMETER, '{}');
}
