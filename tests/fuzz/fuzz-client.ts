import { Agent } from 'node:http';
import { AnswerOracle } from './answer-oracle.ts';
import { Coverage } from './coverage.ts';
import type { FuzzContract } from './fuzz-contract.ts';
import { toMessage, type CredentialTexts, type Message, type Subject } from './message.ts';
import type { Caller, FuzzRequest } from './request-arbitrary.ts';
import { sendMessage, type FuzzAnswer } from './send-message.ts';

/** A message and what came back. */
export interface Exchanged {
  readonly message: Message;
  readonly answer: FuzzAnswer;
}

/** What a request of the fuzzer's own is about: one that is meant to be understood. */
export interface PlainRequest {
  readonly operationId: string;
  readonly method?: 'HEAD';
  readonly caller?: Caller;
  readonly subject?: Subject;
  readonly body?: unknown;
  /** Headers in addition, by name. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends requests to one app, and holds every answer to the contract. */
export class FuzzClient implements Disposable {
  readonly contract: FuzzContract;
  readonly coverage: Coverage;
  readonly #origin: string;
  readonly #credentials: CredentialTexts;
  readonly #oracle: AnswerOracle;
  // Races need a connection for each of their writers.
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 8 });

  #lastMessage: Message | undefined;

  constructor(contract: FuzzContract, origin: string, credentials: CredentialTexts) {
    this.contract = contract;
    this.coverage = new Coverage(contract);
    this.#origin = origin;
    this.#credentials = credentials;
    this.#oracle = new AnswerOracle(contract);
  }

  /** @throws {AssertionError} when the answer breaks the contract. */
  async send(fuzz: FuzzRequest, subject: Subject | undefined): Promise<Exchanged> {
    const message = toMessage(this.contract, fuzz, this.#credentials, subject);
    return { message, answer: await this.#exchange(fuzz.operationId, message) };
  }

  /** @throws {AssertionError} when the answer breaks the contract. */
  async ask({
    operationId,
    method,
    caller = 'good',
    subject,
    body,
    headers = {},
  }: PlainRequest): Promise<FuzzAnswer> {
    const fuzz: FuzzRequest = {
      ...PLAIN,
      operationId,
      caller,
      body: body === undefined ? undefined : { choice: 0, value: body },
    };
    const made = toMessage(this.contract, fuzz, this.#credentials, subject);
    const message = { ...made, method: method ?? made.method, headers: { ...made.headers, ...headers } };
    return this.#exchange(operationId, message);
  }

  /** What was sent last. */
  get lastMessage(): Message | undefined {
    return this.#lastMessage;
  }

  [Symbol.dispose](): void {
    this.#agent.destroy();
  }

  async #exchange(operationId: string, message: Message): Promise<FuzzAnswer> {
    this.#lastMessage = message;
    const answer = await sendMessage(this.#origin, this.#agent, message);
    this.coverage.count(operationId, message.method, answer.status);
    this.#oracle.check({ operationId, method: message.method }, answer);
    return answer;
  }
}

const PLAIN: FuzzRequest = {
  operationId: '',
  isQuiet: true,
  path: {},
  query: {},
  header: {},
  cookie: {},
  unknownQuery: {},
  body: undefined,
  contentType: undefined,
  damage: 'none',
  accept: '*/*',
  caller: 'good',
  alternative: 0,
  known: undefined,
  version: undefined,
  twist: 'none',
};
