import type { Identifier } from './contract.ts';
import type { Diagnostic, SourcePointer } from '../../diagnostics/diagnostic.ts';
import {
  camelCase,
  pascalCase,
  placeholderIdentifier,
  typeIdentifier,
  valueIdentifier,
} from './identifiers.ts';

/** A place that needs a name. `candidates` in the order they are tried; a pinned place has one. */
export interface NameRequest {
  readonly at: SourcePointer;
  /** What is named, for messages: `schema Ticket`. */
  readonly subject: string;
  readonly candidates: readonly string[];
}

/** Gives out type names, each once. */
export class Names {
  readonly #taken = new Map<string, NameRequest>();
  readonly #diagnostics: Diagnostic[];
  /** Names that the SDK has itself, which those of a contract give way to. */
  readonly #claimed: ReadonlySet<string>;

  constructor(diagnostics: Diagnostic[], claimed: ReadonlySet<string> = new Set()) {
    this.#diagnostics = diagnostics;
    this.#claimed = claimed;
  }

  /** The first candidate that is an identifier and free. There are no numbers: a clash is the author's to solve. */
  claim(request: NameRequest): Identifier {
    const valid = request.candidates.map(typeIdentifier).filter((name) => name !== undefined);
    const name = valid.find((candidate) => this.isFree(candidate));
    if (name !== undefined) {
      this.#taken.set(name, request);
      return name;
    }
    const [wanted] = valid;
    const holder = wanted === undefined ? undefined : this.#taken.get(wanted);
    this.#diagnostics.push({
      rule: 'name-clash',
      message: clash(request, wanted, holder),
      at: request.at,
    });
    return wanted ?? placeholderIdentifier();
  }

  /** Whether a name is free. */
  isFree(name: string): boolean {
    return !this.#taken.has(name) && !this.#claimed.has(name);
  }
}

function clash(
  { subject }: NameRequest,
  wanted: string | undefined,
  holder: NameRequest | undefined,
): string {
  if (wanted === undefined) return `the ${subject} has no name that TypeScript can use; pin one with x-name`;
  if (holder === undefined)
    return `the ${subject} would be named ${wanted}, which the SDK has itself; rename it, or pin another name with x-name`;
  return `the ${subject} and the ${holder.subject} (${holder.at.file}:${holder.at.line}) would both be named ${wanted}; rename one, or pin a name with x-name`;
}

/** Candidates for a component's response type: its name, then its name with its role. */
export function schemaCandidates(component: string, pinned: string | undefined): readonly string[] {
  if (pinned !== undefined) return [pinned];
  const name = pascalCase(component);
  return [name, `${name}Schema`];
}

/** Candidates for a component's request type. */
export function inputCandidates(responseName: Identifier): readonly string[] {
  return [`${responseName}Input`, `${responseName}RequestInput`];
}

/** Candidates for the request or response type of an operation. */
export function operationCandidates(id: Identifier, role: 'Request' | 'Response'): readonly string[] {
  const name = pascalCase(id);
  return [`${name}${role}`, `${name}Operation${role}`];
}

/** An operation's method name: its pin or id as it stands when that is an identifier, else in camel case. */
export function operationId(
  stated: string | undefined,
  pinned: string | undefined,
  method: string,
  path: string,
): Identifier {
  const fromPath = camelCase(`${method} ${path.replaceAll(/\{([^}]*)\}/g, ' by $1 ')}`);
  const candidates = [pinned ?? '', stated ?? '', camelCase(stated ?? ''), fromPath, `${fromPath}Operation`];
  for (const candidate of candidates) {
    const id = valueIdentifier(candidate);
    if (id !== undefined) return id;
  }
  return placeholderIdentifier();
}

/** `TicketHandlers` and `ticketOperations`, from the module's folder. */
export function moduleNames(module: string): { readonly handlers: string; readonly operations: string } {
  return { handlers: `${pascalCase(module)}Handlers`, operations: `${camelCase(module)}Operations` };
}
