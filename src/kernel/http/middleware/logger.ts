import { pino, stdSerializers, type DestinationStream, type Logger } from 'pino';

/** User and password of a URL: drivers put their connection string into messages. */
const URL_CREDENTIALS = /([a-z][a-z0-9+.-]*:\/\/)[^\s/@]+@/gi;

/** JSON lines on standard output, or where `destination` says. Errors are logged with their causes, without secrets. */
export function createLogger(options: {
  readonly level: string;
  readonly destination?: DestinationStream;
  /** Members of every line. */
  readonly fields?: Readonly<Record<string, unknown>>;
}): Logger {
  const settings = {
    level: options.level,
    base: options.fields ?? null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { err: serializeError },
  };
  return options.destination === undefined ? pino(settings) : pino(settings, options.destination);
}

function serializeError(error: unknown): unknown {
  if (!(error instanceof Error)) return scrub(String(error));
  // The standard serializer walks causes and copies every own property: a database error's hold parameter values.
  const { type, message, stack } = stdSerializers.errWithCause(error);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  return {
    type,
    message: scrub(message),
    ...(code === undefined ? {} : { code }),
    stack: scrub(stack),
    ...(error.cause instanceof Error ? { cause: describeCause(error.cause) } : {}),
  };
}

function describeCause(cause: Error): { readonly type: string; readonly message: string } {
  return { type: cause.name, message: scrub(cause.message) };
}

function scrub(text: string): string {
  return text.replaceAll(URL_CREDENTIALS, '$1…@');
}
