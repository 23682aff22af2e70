import type { Logger } from 'pino';

/** After an error that nobody caught the state of the process is unknown: it ends, and is started again. */
export function dieLoudly(logger: Logger): void {
  process.on('uncaughtException', (error, origin) => {
    logger.fatal({ err: error, origin }, 'An error that nobody caught: ending');
    process.exit(1);
  });
}
