/** What is said of a file without a query. */
export const NO_QUERY = 'The file has no query: put /* @name FindThing */ above a statement.';

/**
 * Puts the words of PgTyped's parser into ours where it means something that has a name.
 *
 * @param rest the text from where the parser stopped.
 */
export function explainSyntax(message: string, rest: string): readonly [rule: string, message: string] {
  if (/expecting .*'\/\*'/.test(message)) {
    if (rest === '') {
      return ['query-name', NO_QUERY];
    }
    if (rest.startsWith('--') || rest.startsWith('/**')) {
      return ['query-syntax', 'Between queries only /* … */ comments are allowed.'];
    }
    return ['query-name', 'This statement has no name: put /* @name FindThing */ above it.'];
  }
  if (/missing ';'/.test(message)) {
    return ['query-syntax', 'The statement does not end: a semicolon is missing.'];
  }
  if (/defined but never used/.test(message)) {
    return ['query-parameter', `${message.replaceAll('"', '')}.`];
  }
  return ['query-syntax', `${message.replace(/^Parse error: /, '').replaceAll('\n', ' ')}.`];
}
