/** Members of a log line that say nothing to a person at a terminal, or are shown in another way. */
const UNSHOWN = new Set([
  'level',
  'time',
  'msg',
  'requestId',
  'traceId',
  'route',
  'operation',
  'err',
  'environment',
]);

/**
 * A JSON log line of the API for a person to read: `12:00:01 GET /tickets 200 3 ms`. Other lines stay as they are.
 * Undefined for what only fills the screen: probes, and the files of the reference page.
 */
export function formatLogLine(line: string): string | undefined {
  const entry = parseEntry(line);
  if (entry === undefined) return line;
  if (entry['msg'] === 'request' && entry['route'] === undefined && Number(entry['status']) < 400)
    return undefined;
  const time = typeof entry['time'] === 'string' ? entry['time'].slice(11, 19) : '';
  return entry['msg'] === 'request' ? `${time} ${formatRequest(entry)}` : `${time} ${formatEvent(entry)}`;
}

type Entry = Readonly<Record<string, unknown>>;

function formatRequest(entry: Entry): string {
  const { method, route, status, durationMs, requestId } = entry;
  const answer = typeof status === 'number' ? String(status) : 'aborted';
  const what = `${String(method)} ${typeof route === 'string' ? route : '(no route)'} ${answer} ${String(durationMs)} ms`;
  return Number(status) >= 500 ? `${what} request ${String(requestId)}${formatError(entry['err'])}` : what;
}

function formatEvent(entry: Entry): string {
  const level = entry['level'] === 'info' ? '' : `${String(entry['level'])}: `;
  const fields = Object.entries(entry)
    .filter(([name]) => !UNSHOWN.has(name))
    .map(([name, value]) => ` ${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
  return `${level}${String(entry['msg'])}${fields.join('')}${formatError(entry['err'])}`;
}

/** The stack is for the developer whose code it is. */
function formatError(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '';
  const text = 'stack' in error ? error.stack : 'message' in error ? error.message : undefined;
  return typeof text === 'string' ? `\n  ${text.replaceAll('\n', '\n  ')}` : '';
}

function parseEntry(line: string): Entry | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && 'msg' in value ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
