import { parseArgs } from 'node:util';
import { METHODS, type Method } from './plan/operation-stub.ts';

/** What `npm run new` can make. */
export type Request =
  | {
      readonly kind: 'module';
      readonly module: string;
      readonly resource: string | undefined;
      readonly plural: string | undefined;
    }
  | {
      readonly kind: 'operation';
      readonly module: string;
      readonly operationId: string;
      readonly method: Method | undefined;
      readonly path: string | undefined;
    }
  | {
      readonly kind: 'query';
      readonly module: string;
      readonly name: string;
      readonly table: string | undefined;
    }
  | { readonly kind: 'migration'; readonly module: string; readonly name: string };

/** A command line that was understood. */
export type Arguments =
  | { readonly help: true }
  | { readonly help: false; readonly isDryRun: boolean; readonly request: Request };

export const HELP = `Usage: npm run new -- <what> ... [--dry-run]

  module <name> [--resource <name>] [--plural <names>]
                        a module with one resource that can be created, read, listed, replaced, patched and deleted: contract,
                        table, queries, code, tests, and its line in src/app.ts. module pantry --resource jar
  operation <module> <operationId> [--method <method>] [--path <path>]
                        an operation in the contract, and a handler that answers 501 until it is written: operation pantry sealJar
  query <module> <QueryName> [--table <name>]
                        a query about a table of the module: query pantry FindJarByName
  migration <module> <verb_thing>
                        the next migration, to be filled in: migration pantry add_weights

  --dry-run             list what would be written, and write nothing

Nothing is overwritten. All but a migration is generated at once; when that fails, nothing of it stays.
Exit codes: 0 done, 1 it cannot be made as asked, 2 it could not be tried.
`;

/** What each kind takes: its names, as messages call them, and its flags. */
const KINDS = {
  module: { names: ['name'], flags: ['resource', 'plural'] },
  operation: { names: ['module', 'operationId'], flags: ['method', 'path'] },
  query: { names: ['module', 'QueryName'], flags: ['table'] },
  migration: { names: ['module', 'verb_thing'], flags: [] },
} as const satisfies Record<Request['kind'], { names: readonly string[]; flags: readonly string[] }>;

/** Reads a command line. A sentence instead of arguments says what is wrong with it. */
export function parseArguments(args: readonly string[]): Arguments | string {
  let parsed;
  try {
    parsed = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true, strict: true });
  } catch (error) {
    return `${error instanceof Error ? (error.message.split('. ')[0] ?? '') : String(error)}.`;
  }
  const { values, positionals } = parsed;
  const [kind = '', ...names] = positionals;
  if (values.help === true || kind === 'help') return { help: true };
  if (!isKind(kind)) {
    return `${kind === '' ? 'Say what to make' : `There is nothing called ${kind} to make`}: ${Object.keys(KINDS).join(', ')}.`;
  }
  const { names: wanted, flags } = KINDS[kind];
  const usage = `npm run new -- ${kind} ${wanted.map((name) => `<${name}>`).join(' ')}`;
  if (names.length !== wanted.length) {
    return `${kind} takes ${wanted.length === 1 ? 'one name' : 'two names'}: ${usage}`;
  }
  const unknown = Object.keys(values).find(
    (flag) => flag !== 'dry-run' && !flags.some((known) => known === flag),
  );
  if (unknown !== undefined) return `${kind} does not take --${unknown}: ${usage}`;
  const { method } = values;
  if (method !== undefined && !isMethod(method)) {
    return `${JSON.stringify(method)} is no method: --method takes ${METHODS.join(', ')}.`;
  }
  return {
    help: false,
    isDryRun: values['dry-run'] === true,
    request: toRequest(kind, names, { ...values, method }),
  };
}

const OPTIONS = {
  'dry-run': { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  resource: { type: 'string' },
  plural: { type: 'string' },
  method: { type: 'string' },
  path: { type: 'string' },
  table: { type: 'string' },
} as const;

function toRequest(
  kind: Request['kind'],
  [module = '', name = '']: readonly string[],
  flags: {
    readonly resource?: string;
    readonly plural?: string;
    readonly method: Method | undefined;
    readonly path?: string;
    readonly table?: string;
  },
): Request {
  const { resource, plural, method, path, table } = flags;
  switch (kind) {
    case 'module':
      return { kind, module, resource, plural };
    case 'operation':
      return { kind, module, operationId: name, method, path };
    case 'query':
      return { kind, module, name, table };
    case 'migration':
      break;
  }
  return { kind, module, name };
}

function isKind(kind: string): kind is Request['kind'] {
  return Object.hasOwn(KINDS, kind);
}

function isMethod(method: string): method is Method {
  return METHODS.some((each) => each === method);
}
