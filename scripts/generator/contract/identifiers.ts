import type { Identifier } from './contract.ts';

/** Names that emitted files use themselves, and words that TypeScript keeps for types. */
const RESERVED_TYPE_NAMES = new Set(
  (
    'any unknown never void null undefined string number boolean symbol bigint object ' +
    'Array ReadonlyArray Readonly Record Promise Partial Required Pick Omit Object String Number Boolean Symbol Function ' +
    'JsonValue BinaryStream BinaryContent UploadedFile RequestContext AuthenticatedContext OptionalAuthContext OperationTable'
  ).split(' '),
);

/** Words that cannot be a binding's name in a module (strict mode, ECMA-262 section 12.7.2). */
const RESERVED_WORDS = new Set(
  (
    'arguments await break case catch class const continue debugger default delete do else enum eval export extends ' +
    'false finally for function if implements import in instanceof interface let new null package private protected ' +
    'public return static super switch this throw true try typeof undefined var void while with yield'
  ).split(' '),
);

const IDENTIFIER = /^[A-Za-z_$][A-Za-z0-9_$]*$/;

/** Brands text as an identifier; `undefined` when it is not one, or is reserved for types. ASCII only. */
export function typeIdentifier(name: string): Identifier | undefined {
  return isIdentifier(name) && !RESERVED_TYPE_NAMES.has(name) ? name : undefined;
}

/** Brands the name of a constant or of a method; `undefined` when it is not one. */
export function valueIdentifier(name: string): Identifier | undefined {
  return isIdentifier(name) && name !== 'constructor' ? name : undefined;
}

/** Stands where no name could be made; a finding always goes with it, so that it is never emitted. */
export function placeholderIdentifier(): Identifier {
  const name = '_';
  if (!isIdentifier(name)) throw new TypeError('the placeholder is not an identifier');
  return name;
}

function isIdentifier(name: string): name is Identifier {
  return IDENTIFIER.test(name) && !RESERVED_WORDS.has(name);
}

/** `GetTicket` from `getTicket`, `get_ticket`, `get-ticket` or `get.ticket`; inner capitals stay. Empty when nothing is left. */
export function pascalCase(name: string): string {
  const words = name
    .normalize('NFKD')
    .split(/[^A-Za-z0-9$]+/)
    .filter((word) => word !== '');
  const joined = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  return /^[0-9]/.test(joined) ? `_${joined}` : joined;
}

/** As `pascalCase`, with a small first letter. */
export function camelCase(name: string): string {
  const pascal = pascalCase(name);
  return pascal.charAt(0).toLowerCase() + pascal.slice(1);
}
