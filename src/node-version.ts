/** Older ones crash on certain requests (CVE-2026-21637, CVE-2026-21710). */
const LEAST_NODE = [24, 14, 1] as const;

/** The sentence that refuses an older Node.js; undefined when this one will do. Versions look like `24.14.1`. */
export function nodeVersionProblem(version: string): string | undefined {
  const parts = version.split('.').map(Number);
  for (const [index, least] of LEAST_NODE.entries()) {
    const part = parts[index] ?? 0;
    if (part > least) return undefined;
    if (part < least) return `The API needs Node.js ${LEAST_NODE.join('.')} or later; this is ${version}.`;
  }
  return undefined;
}
