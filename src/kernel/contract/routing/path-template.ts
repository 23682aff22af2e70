/** One segment of a path template. */
export type TemplateSegment =
  | { readonly kind: 'static'; readonly text: string }
  /** The whole segment is one parameter: `{recipeId}`. */
  | { readonly kind: 'parameter'; readonly name: string }
  /** Text around parameters: `{name}.{extension}`. */
  | {
      readonly kind: 'mixed';
      readonly pattern: RegExp;
      readonly names: readonly string[];
      readonly shape: string;
    };

const PARAMETER = /\{([^{}]+)\}/g;

/** Reads `/recipes/{recipeId}` into segments. The template starts with `/`; a trailing `/` is an empty last segment. */
export function parsePathTemplate(template: string): TemplateSegment[] {
  return template.slice(1).split('/').map(parseSegment);
}

function parseSegment(segment: string): TemplateSegment {
  const whole = /^\{([^{}]+)\}$/.exec(segment)?.[1];
  if (whole !== undefined) return { kind: 'parameter', name: whole };
  const names = Array.from(segment.matchAll(PARAMETER), (match) => match[1] ?? '');
  if (names.length === 0) return { kind: 'static', text: segment };
  // Every other piece of the split is a parameter's name: the literal text between them is what the pattern needs.
  const pieces = segment
    .split(PARAMETER)
    .map((piece, index) => (index % 2 === 0 ? escapeRegExp(piece) : '(.+?)'));
  return {
    kind: 'mixed',
    pattern: new RegExp(`^${pieces.join('')}$`, 's'),
    names,
    shape: segment.replaceAll(PARAMETER, '{}'),
  };
}

/** The template without its parameters' names: two templates of one shape match the same paths. */
export function templateShape(template: string): string {
  return template.replaceAll(PARAMETER, '{}');
}

function escapeRegExp(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/-]/g, String.raw`\$&`);
}
