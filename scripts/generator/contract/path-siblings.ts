/** What the values of parameters would have to be for a path to be that of another template. */
export interface PathSibling {
  readonly path: string;
  /** By parameter, what its text in the path would match; absent where no single texts can be named. */
  readonly when: ReadonlyMap<string, string> | undefined;
}

/** A segment of a template: the fixed texts around the names of its parameters, as a client sends them. */
interface Segment {
  readonly names: readonly string[];
  readonly texts: readonly string[];
}

const PARAMETER = /\{([^{}]+)\}/;

/**
 * The templates that win over one for some values of its parameters: `/recipes/search` over `/recipes/{id}`. Fixed text wins over text with
 * parameters, and that over a parameter, from the left, as the server looks paths up.
 */
export function pathSiblings(path: string, others: readonly string[]): readonly PathSibling[] {
  const own = segmentsOf(path);
  return [...new Set(others)].flatMap((other) => {
    const when = other === path ? undefined : collision(own, segmentsOf(other));
    return when === undefined ? [] : [{ path: other, when: when === 'some' ? undefined : when }];
  });
}

/** Text of a path as it stands in a URL. Source: URL standard, path percent-encode set. */
export function asSent(text: string): string {
  return text.replaceAll(/[^\x21-\x7e]+|["<>`]/gu, encodeURIComponent);
}

function segmentsOf(path: string): readonly Segment[] {
  return path
    .slice(1)
    .split('/')
    .map((segment) => {
      const parts = segment.split(PARAMETER);
      return {
        names: parts.filter((_, index) => index % 2 === 1),
        texts: parts.filter((_, index) => index % 2 === 0).map(asSent),
      };
    });
}

/** What must match for the other template to win; `some` when that cannot be told, undefined when it never does. */
function collision(
  own: readonly Segment[],
  other: readonly Segment[],
): ReadonlyMap<string, string> | 'some' | undefined {
  if (own.length !== other.length) return undefined;
  const when = new Map<string, string>();
  let isOther: boolean | undefined;
  let isVague = false;
  for (const [index, one] of own.entries()) {
    const their = other[index];
    if (their === undefined || isSame(one, their)) continue;
    const pattern = patternOf(their);
    const [name, ...more] = one.names;
    if (name === undefined) {
      if (!new RegExp(`^${pattern}$`).test(one.texts.join(''))) return undefined;
    } else if (!isParameter(their)) {
      const [before = '', after = ''] = one.texts;
      const isPlain = isParameter(one);
      if (their.names.length === 0) {
        const [text = ''] = their.texts;
        if (!new RegExp(`^${patternOf(one)}$`).test(text)) return undefined;
        when.set(name, literal(text.slice(before.length, text.length - after.length)));
      } else if (isPlain) when.set(name, pattern);
      if (more.length > 0 || (!isPlain && their.names.length > 0)) isVague = true;
    }
    isOther ??= rank(their) > rank(one);
  }
  if (isOther !== true) return undefined;
  return isVague ? 'some' : when;
}

function isSame(one: Segment, other: Segment): boolean {
  return JSON.stringify(one.texts) === JSON.stringify(other.texts);
}

function isParameter({ names, texts }: Segment): boolean {
  return names.length === 1 && texts.every((text) => text === '');
}

/** Fixed texts first, then text around parameters, the longest first. */
function rank(segment: Segment): number {
  if (segment.names.length === 0) return Infinity;
  return isParameter(segment) ? -1 : segment.texts.join('').length;
}

function patternOf({ texts }: Segment): string {
  return texts.map(literal).join('.+');
}

function literal(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
