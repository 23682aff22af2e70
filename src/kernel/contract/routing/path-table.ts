import { asSent, matchMixed, parsePathTemplate } from './path-template.ts';

/** What a path leads to, and the raw text of its parameters by name. */
export interface PathMatch<T> {
  readonly entry: T;
  readonly parameters: ReadonlyMap<string, string>;
}

interface Node<T> {
  readonly children: Map<string, Node<T>>;
  /** The one with the longest fixed texts first. */
  readonly mixed: { readonly shape: string; readonly texts: readonly string[]; readonly node: Node<T> }[];
  parameter: Node<T> | undefined;
  end: { readonly entry: T; readonly names: readonly string[] } | undefined;
}

/**
 * Finds what a path leads to in time that depends on its segments, not on the number of templates. Paths are compared as
 * they came, undecoded and case-sensitively: one spelling reaches an operation, so nothing can be reached around a
 * check. Fixed text wins over text with parameters, which wins over a parameter.
 */
export class PathTable<T> {
  readonly #root: Node<T> = createNode();
  /** Templates without parameters, by their whole text. */
  readonly #fixed = new Map<string, PathMatch<T>>();

  /** Adds what `create` makes, unless a template of the same shape is there; gives what stands there then. */
  getOrAdd(template: string, create: () => T): T {
    let node = this.#root;
    const names: string[] = [];
    for (const segment of parsePathTemplate(template)) {
      if (segment.kind === 'static') {
        node = getOrCreate(node.children, segment.text);
      } else if (segment.kind === 'parameter') {
        names.push(segment.name);
        node.parameter ??= createNode();
        node = node.parameter;
      } else {
        names.push(...segment.names);
        let child = node.mixed.find(({ shape }) => shape === segment.shape);
        if (child === undefined) {
          child = { shape: segment.shape, texts: segment.texts, node: createNode() };
          node.mixed.push(child);
          node.mixed.sort((one, other) => fixedLength(other) - fixedLength(one));
        }
        node = child.node;
      }
    }
    if (node.end !== undefined) return node.end.entry;
    const entry = create();
    node.end = { entry, names };
    if (names.length === 0) this.#fixed.set(asSent(template), { entry, parameters: new Map() });
    return entry;
  }

  /** `path` is a raw pathname: it starts with `/` and has no query. */
  find(path: string): PathMatch<T> | undefined {
    const fixed = this.#fixed.get(path);
    if (fixed !== undefined) return fixed;
    if (!path.startsWith('/')) return undefined;
    const texts: string[] = [];
    const end = findEnd(this.#root, path.slice(1).split('/'), 0, texts);
    if (end === undefined) return undefined;
    return {
      entry: end.entry,
      parameters: new Map(end.names.map((name, index) => [name, texts[index] ?? ''])),
    };
  }
}

function findEnd<T>(
  node: Node<T>,
  segments: readonly string[],
  depth: number,
  texts: string[],
): Node<T>['end'] {
  const segment = segments[depth];
  if (segment === undefined) return node.end;
  const child = node.children.get(segment);
  if (child !== undefined) {
    const end = findEnd(child, segments, depth + 1, texts);
    if (end !== undefined) return end;
  }
  for (const { texts: fixed, node: next } of node.mixed) {
    const match = matchMixed(segment, fixed);
    if (match === undefined) continue;
    const end = descend(next, segments, depth, texts, match);
    if (end !== undefined) return end;
  }
  // An empty segment is no value: `/tickets/` is not `/tickets/{ticketId}`.
  if (node.parameter === undefined || segment === '') return undefined;
  return descend(node.parameter, segments, depth, texts, [segment]);
}

function descend<T>(
  node: Node<T>,
  segments: readonly string[],
  depth: number,
  texts: string[],
  captured: readonly string[],
): Node<T>['end'] {
  const length = texts.length;
  texts.push(...captured);
  const end = findEnd(node, segments, depth + 1, texts);
  if (end === undefined) texts.length = length;
  return end;
}

function fixedLength({ texts }: { readonly texts: readonly string[] }): number {
  return texts.join('').length;
}

function createNode<T>(): Node<T> {
  return { children: new Map(), mixed: [], parameter: undefined, end: undefined };
}

function getOrCreate<T>(children: Map<string, Node<T>>, text: string): Node<T> {
  const existing = children.get(text);
  if (existing !== undefined) return existing;
  const created = createNode<T>();
  children.set(text, created);
  return created;
}
