import type { IncomingMessage } from 'node:http';
import { ProtocolError } from '#kernel/http/problems/protocol-error.ts';
import type { BinaryStream } from '../body.ts';

/** The refusal of a body that is longer than `limitBytes`; the connection cannot be used for anything after it. */
export function bodyTooLarge(limitBytes: number): ProtocolError {
  return new ProtocolError(413, 'body-too-large', `The body is larger than ${limitBytes} bytes.`, {
    headers: { connection: 'close' },
  });
}

/** The client went away before its body was complete: nobody is there to read an answer. */
export function bodyIncomplete(cause: unknown): ProtocolError {
  return new ProtocolError(400, 'body-incomplete', 'The body ended before it was complete.', {
    cause,
    headers: { connection: 'close' },
  });
}

/**
 * Reads a whole body.
 *
 * @throws {ProtocolError} 413 as soon as more than `limitBytes` have come; 400 when the body breaks off.
 */
export function readBody(request: IncomingMessage, limitBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let sizeBytes = 0;
    const settle = (finish: () => void): void => {
      request.off('data', onData);
      request.off('end', onEnd);
      request.off('error', onBreak);
      request.off('close', onBreak);
      finish();
    };
    const onData = (chunk: Buffer): void => {
      sizeBytes += chunk.byteLength;
      if (sizeBytes > limitBytes) {
        settle(() => reject(bodyTooLarge(limitBytes)));
        request.pause();
      } else chunks.push(chunk);
    };
    const onEnd = (): void => {
      const [only] = chunks;
      settle(() => resolve(chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks)));
    };
    const onBreak = (error?: Error): void => settle(() => reject(bodyIncomplete(error)));
    request.on('data', onData);
    request.on('end', onEnd);
    request.on('error', onBreak);
    request.on('close', onBreak);
  });
}

/**
 * A body as a stream that is read only as fast as its consumer takes it. It fails with the same errors as `readBody`.
 */
export function streamBody(request: IncomingMessage, limitBytes: number): BinaryStream {
  const chunks = request.iterator({ destroyOnReturn: false });
  let sizeBytes = 0;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const next: IteratorResult<unknown> = await chunks.next();
          if (next.done === true) {
            controller.close();
            return;
          }
          if (!(next.value instanceof Uint8Array)) throw new TypeError('A request gives bytes.');
          sizeBytes += next.value.byteLength;
          if (sizeBytes > limitBytes) controller.error(bodyTooLarge(limitBytes));
          else controller.enqueue(next.value);
        } catch (error) {
          controller.error(bodyIncomplete(error));
        }
      },
      async cancel() {
        await chunks.return?.();
      },
    },
    { highWaterMark: 0 },
  );
}
