/** One segment of a path template. */
export type TemplateSegment =
  | { readonly kind: 'static'; readonly text: string }
  /** The whole segment is one parameter: `{ticketId}`. */
  | { readonly kind: 'parameter'; readonly name: string }
  /** Text around parameters: `{name}.{extension}`. */
  | {
      readonly kind: 'mixed';
      readonly pattern: RegExp;
      readonly names: readonly string[];
      readonly shape: string;
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
  if (names.length === 0) return { kind: 'static', text: segment };
  return { kind: 'mixed', pattern: mixedPattern(segment), names, shape: segment.replaceAll(PARAMETER, '{}') };
}

/**
 * A parameter before fixed text ends at that text's first character, so that matching takes linear time: `a.tar.gz` is
 * `a` and `tar.gz` for `{name}.{extension}`.
 */
function mixedPattern(segment: string): RegExp {
  // Every other piece of the split is a parameter's name; the pieces between are fixed text.
  const pieces = segment.split(PARAMETER);
  const source = pieces.map((piece, index) => {
    if (index % 2 === 0) return escapeRegExp(piece);
    const next = pieces[index + 1]?.[0];
    return next === undefined ? '(.+)' : `([^${escapeRegExp(next)}]+)`;
  });
  return new RegExp(`^${source.join('')}$`, 's');
}

/** The template without its parameters' names: two templates of one shape match the same paths. */
export function templateShape(template: string): string {
  return template.replaceAll(PARAMETER, '{}');
}

function escapeRegExp(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/-]/g, String.raw`\$&`);
}
