import type { Variables } from './environment-reader.ts';

/** A variable that is set, is not read, and looks as if it was meant to be: `AUTH_JWKS_URI`. */
export interface LookAlike {
  readonly variable: string;
  readonly meant: string;
}

/** Short names are near to too much: `PORT` and `HOST` would claim half of an environment. */
const SHORTEST_COMPARED = 7;

/** Finds variables that nobody reads although their name is one or two slips away from one that is read. */
export function findLookAlikes(variables: Variables, known: readonly string[]): readonly LookAlike[] {
  const found: LookAlike[] = [];
  for (const variable of Object.keys(variables).toSorted()) {
    if (known.includes(variable) || (variables[variable] ?? '') === '') continue;
    const meant = nearest(variable, known);
    if (meant !== undefined) found.push({ variable, meant });
  }
  return found;
}

function nearest(variable: string, known: readonly string[]): string | undefined {
  const upper = variable.toUpperCase();
  let best: { readonly name: string; readonly distance: number } | undefined;
  for (const name of known) {
    const limit = name.length >= SHORTEST_COMPARED ? 2 : 0;
    if (Math.abs(name.length - upper.length) > limit) continue;
    const distance = editDistance(upper, name);
    if (distance <= limit && distance < (best?.distance ?? Infinity)) best = { name, distance };
  }
  return best?.name ?? sameFamily(upper, known);
}

/** `AUTH_JWKS` and `DATABASE_PASSWORD` are no slip of the keys, but nothing else on the machine would be called so. */
function sameFamily(upper: string, known: readonly string[]): string | undefined {
  const prefix = /^(AUTH|DATABASE|CORS)_/.exec(upper)?.[0];
  return prefix === undefined ? undefined : known.find((name) => name.startsWith(prefix));
}

/** Levenshtein's distance. */
function editDistance(left: string, right: string): number {
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let row = 1; row <= left.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= right.length; column += 1) {
      const substituted = (previous[column - 1] ?? 0) + (left[row - 1] === right[column - 1] ? 0 : 1);
      current.push(Math.min(substituted, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[right.length] ?? 0;
}
