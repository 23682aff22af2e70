import { once } from 'node:events';
import { createServer } from 'node:net';

/** A port of `host` that is free now. Another process may still take it before its caller does. */
export async function findFreePort(host: string): Promise<number> {
  const probe = createServer().listen(0, host);
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}
