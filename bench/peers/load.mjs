/**
 * The load generator. It is a process of its own, so that its CPU time does not count for a server. A message asks for a run and is answered with
 * what came of it; `bench/kit/load-client.ts` has the types of both.
 */
import { Client } from 'undici';

process.on('message', (run) => {
  void work(run).then(
    (result) => process.send?.({ result }),
    (error) => process.send?.({ failure: String(error?.stack ?? error) }),
  );
});

async function work({ origin, requests, amount, connections }) {
  const latencies = new Float64Array(amount);
  let next = 0;
  const startedAt = performance.now();
  await Promise.all(
    Array.from({ length: Math.min(connections, amount) }, async () => {
      const client = new Client(origin);
      while (next < amount) {
        const number = next++;
        const { status, ...request } = requests[number % requests.length];
        const sentAt = performance.now();
        const { statusCode, body } = await client.request(request);
        if (statusCode === status) await body.dump();
        else
          throw new Error(
            `${request.method} ${request.path} was answered ${statusCode}: ${await body.text()}`,
          );
        latencies[number] = performance.now() - sentAt;
      }
      await client.close();
    }),
  );
  const elapsedMs = performance.now() - startedAt;
  latencies.sort();
  const percentile = (share) => latencies[Math.min(amount - 1, Math.floor(amount * share))];
  return { elapsedMs, p50Ms: percentile(0.5), p99Ms: percentile(0.99) };
}
