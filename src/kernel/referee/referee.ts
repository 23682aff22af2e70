import type { RequestListener } from 'node:http';
import type { Logger } from 'pino';
import type { JudgedRequest, Referee } from '#kernel/contract/ports.ts';
import { isJsonObject } from '#kernel/contract/validation/json-document.ts';
import type { BodyTyping } from './eov-app.ts';
import {
  INTENDED_DIFFERENCES,
  isIntended,
  type IntendedDifference,
  type Objection,
} from './intended-differences.ts';
import { replay, type Reading } from './replay.ts';

/** Express-openapi-validator and this runtime read one request differently, and no intended difference says why. */
export class DisagreementError extends Error {
  override readonly name = 'DisagreementError';
}

/**
 * The referee: express-openapi-validator reads every request that the contract runtime has read, from its first byte, with its own routing,
 * parameter parsing and schemas. It decides nothing: where it comes to another verdict, one of the two misreads the contract.
 *
 * @param options.mode `log` writes disagreements to the log; `enforce` throws them, so that the request is a 500 and a test fails.
 */
export function createReferee(options: {
  readonly mode: 'log' | 'enforce';
  readonly logger: Logger;
  /** The longest body that it reads. */
  readonly limitBytes: number;
  /** In what the two may differ; `INTENDED_DIFFERENCES` when left out. */
  readonly differences?: readonly IntendedDifference[];
}): Referee {
  const { differences = INTENDED_DIFFERENCES } = options;
  /** What the two readings differ in, in a sentence; undefined when they agree, or differ as intended. */
  const compare = async (judged: JudgedRequest): Promise<string | undefined> => {
    const { module, request, body, kind } = judged;
    const typing = kind === 'form' || kind === 'multipart' ? 'texts' : 'typed';
    const reading = await replay(await appFor(module.document, typing, options.limitBytes), {
      request,
      body,
    });
    if (reading.isAccepted === (judged.refusal === undefined)) return undefined;
    const objections = objectionsOf(reading);
    return isIntended(differences, judged, objections) ? undefined : describe(judged, objections);
  };
  return {
    async judge(judged) {
      const { id } = judged.operation;
      let sentence: string | undefined;
      try {
        sentence = await compare(judged);
      } catch (error) {
        if (options.mode === 'enforce') throw error;
        options.logger.warn({ err: error, operation: id }, 'The referee could not read a request.');
      }
      if (sentence === undefined) return;
      if (options.mode === 'enforce') throw new DisagreementError(sentence);
      options.logger.warn({ operation: id }, sentence);
    },
  };
}

/** Apps by the contract that they judge by: all referees of this process share them, because loading one takes longer than many judgements. */
const apps = new WeakMap<object, Map<string, Promise<RequestListener>>>();

function appFor(document: object, typing: BodyTyping, limitBytes: number): Promise<RequestListener> {
  const known = apps.get(document) ?? new Map<string, Promise<RequestListener>>();
  apps.set(document, known);
  const key = `${typing} ${String(limitBytes)}`;
  let app = known.get(key);
  if (app === undefined) {
    // Loaded with the first request: many processes that could judge are never asked to.
    app = import('./eov-app.ts').then(({ createEovApp }) => createEovApp(document, typing, limitBytes));
    known.set(key, app);
  }
  return app;
}

function objectionsOf(reading: Reading): readonly Objection[] {
  if (reading.isAccepted) return [];
  const { error } = reading;
  const message = error instanceof Error ? error.message : String(error);
  const errors = isJsonObject(error) ? error['errors'] : undefined;
  const listed = Array.isArray(errors) ? errors.filter(isJsonObject) : [];
  if (listed.length === 0) return [{ path: '', message }];
  return listed.map((each) => ({ path: String(each['path']), message: String(each['message']) }));
}

function describe({ operation, refusal }: JudgedRequest, objections: readonly Objection[]): string {
  const ours =
    refusal === undefined
      ? 'this runtime accepts it'
      : `this runtime refuses it (${refusal.status} ${refusal.code}: ${refusal.errors
          .map(({ parameter, pointer, detail }) => `${parameter ?? pointer ?? ''} ${detail}`)
          .join('; ')})`;
  const theirs =
    refusal === undefined
      ? `express-openapi-validator refuses it (${objections.map(({ path, message }) => `${path} ${message}`).join('; ')})`
      : 'express-openapi-validator accepts it';
  return `A request to ${operation.id} is read in two ways: ${ours}, ${theirs}.`;
}
