/** Whether a request is one for a path, and the path's parameters: what MSW takes in place of a pattern of its own. */
export type PathPredicate = (request: { readonly request: Request }) => {
  readonly matches: boolean;
  readonly params: Record<string, string>;
};

/**
 * Matches URLs by a path template of OpenAPI. The patterns of MSW are another grammar: in them `{user-id}` would be a
 * parameter `user` before the text `-id`, and the `:` of `/jars/{id}:open` another parameter.
 *
 * @param baseUrl what stands before the path; `*` in it is any text. One that begins with `/` is at the page's own origin, or
 * at any where there is no page.
 */
export function pathPredicate(baseUrl: string, template: string): PathPredicate {
  const base = baseUrl.replace(/\/+$/, '');
  const names: string[] = [];
  const path = template
    .split(/(\{[^{}]+\})/)
    .map((piece) => {
      if (!piece.startsWith('{')) return escaped(asSent(piece));
      names.push(piece.slice(1, -1));
      return '([^/]+)';
    })
    .join('');
  const pattern = new RegExp(`^${base.split('*').map(escaped).join('.*')}${path}$`, 's');
  const isRelative = base === '' || base.startsWith('/');
  return ({ request }) => {
    const { origin, pathname } = new URL(request.url);
    const isHere = !isRelative || globalThis.location === undefined || globalThis.location.origin === origin;
    const match = isHere ? pattern.exec(`${isRelative ? '' : origin}${pathname}`) : null;
    const params = names.map((name, index) => [name, decoded(match?.[index + 1] ?? '')]);
    return { matches: match !== null, params: match === null ? {} : Object.fromEntries(params) };
  };
}

/** Text of a template as it stands in a URL. Source: URL standard, path percent-encode set. */
function asSent(text: string): string {
  return text.replaceAll(/[^\x21-\x7e]+|["<>`]/gu, encodeURIComponent);
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/-]/g, String.raw`\$&`);
}

/** A text that is no percent-encoding of UTF-8 stays as it came. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
