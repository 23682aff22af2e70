/** A handler's answer that breaks the contract or HTTP: a defect of ours, told to nobody but the log. */
export class ResponseError extends Error {
  readonly operationId: string;

  constructor(operationId: string, message: string) {
    super(`Operation ${operationId}: ${message}`);
    this.name = 'ResponseError';
    this.operationId = operationId;
  }
}
