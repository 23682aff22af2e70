import { once } from 'node:events';
import { connect } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';

/** Sends each message over a new connection, and posts the status of the answer. */
const port: unknown = workerData;
parentPort?.on('message', (message: Uint8Array) => void answer(Buffer.from(message)));

async function answer(message: Buffer): Promise<void> {
  const status = await exchange(message);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
  parentPort?.postMessage(status);
}

async function exchange(message: Buffer): Promise<number> {
  const socket = connect(Number(port), '127.0.0.1');
  let text = '';
  socket.setEncoding('latin1').on('data', (chunk: string) => (text += chunk));
  // A server that refuses early may cut the rest of the body off.
  socket.on('error', () => undefined);
  socket.write(message);
  await once(socket, 'close');
  return Number(text.slice(9, 12));
}
