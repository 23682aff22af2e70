import { damageBytes, encodeBody } from './encode-body.ts';
import { encodeParameters, headerText, plainText, urlText, type SentParameter } from './encode-parameters.ts';
import type { FuzzContract, FuzzOperation } from './fuzz-contract.ts';
import type { Caller, FuzzRequest } from './request-arbitrary.ts';

/** A request as it goes out. */
export interface Message {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | undefined;
}

/** Text for each security scheme by caller: a token, a key. A caller without credentials has none. */
export type CredentialTexts = Readonly<Record<Exclude<Caller, 'none'>, string>>;

/** What a request refers to and only the run knows. */
export interface Subject {
  /** Takes the place of the path's last parameter. */
  readonly id: string;
  readonly etag: string | undefined;
}

const STALE_TAG = '"stale-7f3a"';
const TWISTS = {
  none: (target: string) => target,
  head: (target: string) => target,
  options: (target: string) => target,
  'other-method': (target: string) => target,
  slash: (target: string) => target.replace(/(?=\?|$)/, '/'),
  'upper-case': (target: string) => target.toUpperCase(),
  dots: (target: string) => `/.${target}`,
} as const;

/** Makes a message of a request. */
export function toMessage(
  contract: FuzzContract,
  fuzz: FuzzRequest,
  credentials: CredentialTexts,
  subject: Subject | undefined,
): Message {
  const described = contract.operation(fuzz.operationId);
  const { operation } = described;
  const encoded = encodeParameters(sentParameters(described, fuzz));
  const query = [
    ...encoded.query,
    ...Object.entries(fuzz.unknownQuery).map(([k, v]) => `${urlText(k)}=${urlText(v)}`),
  ];
  const headers: Record<string, string> = {
    accept: headerText(fuzz.accept),
    ...Object.fromEntries(encoded.headers),
  };
  const version = versionOf(fuzz, subject);
  if (version !== undefined && 'If-Match' in headers) headers['If-Match'] = version;
  const cookies = [...encoded.cookies];
  if (fuzz.caller !== 'none') {
    const text = credentials[fuzz.caller];
    for (const { type, location, name } of schemesOf(contract, fuzz)) {
      if (type === 'http') headers['authorization'] = `Bearer ${text}`;
      else if (location === 'header') headers[name] = text;
      else if (location === 'query') query.push(`${name}=${urlText(text)}`);
      else cookies.push(`${name}=${text}`);
    }
  }
  if (cookies.length > 0) headers['cookie'] = cookies.join('; ');
  const body = bodyOf(described, fuzz);
  if (body !== undefined) headers['content-type'] = headerText(fuzz.contentType ?? body.contentType);
  const path = pathOf(operation.path, encoded.path, subject?.id);
  const target = query.length === 0 ? path : `${path}?${query.join('&')}`;
  return { method: methodOf(contract, fuzz), target: TWISTS[fuzz.twist](target), headers, body: body?.bytes };
}

/** The parameters that a request names and its operation has, with their values. */
export function sentParameters({ parameters }: FuzzOperation, fuzz: FuzzRequest): SentParameter[] {
  return parameters.flatMap(({ parameter }) => {
    const values = fuzz[parameter.in];
    return Object.hasOwn(values, parameter.name) ? [{ parameter, value: values[parameter.name] }] : [];
  });
}

/** A message in one text that a person can send again. */
export function describeMessage({ method, target, headers, body }: Message): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value.slice(0, 200)}`);
  const text = body === undefined ? '' : `\n\n${JSON.stringify(body.toString('latin1')).slice(0, 2000)}`;
  return `${method} ${target}\n${lines.join('\n')}${text}`;
}

function bodyOf(described: FuzzOperation, { body, damage }: FuzzRequest) {
  const chosen = body === undefined ? undefined : described.bodies[body.choice];
  if (body === undefined || chosen === undefined) return undefined;
  const mediaType = chosen.mediaType.replace(/^\*\//, 'application/').replace(/\/\*$/, '/x-fuzz');
  const { contentType, bytes } = encodeBody(chosen.kind, mediaType, body.value);
  return { contentType, bytes: damageBytes(bytes, damage) };
}

function versionOf({ version }: FuzzRequest, subject: Subject | undefined): string | undefined {
  if (version === 'any') return '*';
  return version === 'stale' ? STALE_TAG : version && subject?.etag;
}

function methodOf(contract: FuzzContract, { operationId, twist }: FuzzRequest): string {
  const { method, path } = contract.operation(operationId).operation;
  if (twist === 'head' && method === 'get') return 'HEAD';
  if (twist === 'options') return 'OPTIONS';
  if (twist !== 'other-method') return method.toUpperCase();
  const served = contract.operations.filter(({ operation }) => operation.path === path);
  const free = ['post', 'put', 'patch', 'delete'].find(
    (each) => !served.some(({ operation }) => operation.method === each),
  );
  return (free ?? 'trace').toUpperCase();
}

function pathOf(template: string, segments: ReadonlyMap<string, string>, id: string | undefined): string {
  return template.replaceAll(/\{([^}]+)\}/g, (_, name: string) =>
    id === undefined ? (segments.get(name) ?? plainText(name)) : urlText(id),
  );
}

/** The security schemes of the alternative that a request meets. */
function schemesOf(contract: FuzzContract, { operationId, alternative }: FuzzRequest) {
  const { security } = contract.operation(operationId).operation;
  return Object.keys(security[alternative] ?? {}).map((scheme) => {
    const node = contract.document.resolveObject(
      contract.document.lookUp(`#/components/securitySchemes/${scheme}`),
    );
    return { type: node['type'], location: node['in'], name: String(node['name']) };
  });
}
