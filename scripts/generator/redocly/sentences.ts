/** Redocly's rules that say only what is wrong, with what to do about it. */
const SENTENCES: Readonly<Record<string, string>> = {
  'info-license': 'info needs a license; add its name and identifier',
  'no-empty-servers': 'each file names the servers; add them as in specs/openapi.yaml',
  'operation-operationId': 'the operation needs an operationId in camelCase, such as listTickets',
  'operation-summary': 'the operation needs a summary: what it does, in a few words',
  'operation-singular-tag': 'an operation has exactly one tag; name the one of its module',
  'operation-tag-defined': "the operation's tag is not declared; add it to the tags of this file",
  'operation-2xx-response': 'the operation says nothing of success; add its 2xx response',
  'tag-description': 'the tag needs a description of what its operations share',
  'parameter-description': 'the parameter needs a description',
  'no-path-trailing-slash': 'a path does not end in a slash; remove it',
};

/** A rule that finds two things tells them apart by its own words. */
const BY_MESSAGE: Readonly<Record<string, string>> = {
  'Operation tags should be defined': 'an operation has exactly one tag; name the one of its module',
};

/** What a finding of Redocly's says: our sentence, or its own as ours are written, in one line. */
export function sentenceOf(ruleId: string, message: string): string {
  const ours = ownMember(BY_MESSAGE, message) ?? ownMember(SENTENCES, ruleId);
  if (ours !== undefined) return ours;
  const line = message.replaceAll(/\s+/g, ' ').trim().replace(/\.$/, '');
  return /^[A-Z][a-z]/.test(line) ? `${line.charAt(0).toLowerCase()}${line.slice(1)}` : line;
}

function ownMember(record: Readonly<Record<string, string>>, key: string): string | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
