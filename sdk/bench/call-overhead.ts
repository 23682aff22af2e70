/**
 * What the runtime adds to a bare `fetch`, in CPU time per call: `node sdk/bench/call-overhead.ts`. Both sides get the
 * same `Response` at once, so that no network is measured; the best of several rounds is printed.
 */
import { createClient } from '../src/runtime/index.ts';
import { getTicket } from '../src/testing/index.ts';

const CALLS = 20_000;
const ROUNDS = 5;
const TEXT = JSON.stringify({ id: 'a', title: 'Tap', labels: Array(10).fill('water') });

const answer = (): Promise<Response> =>
  Promise.resolve(
    new Response(TEXT, {
      headers: { 'content-type': 'application/json', 'content-length': String(TEXT.length), etag: '"v1"' },
    }),
  );
const client = createClient({ baseUrl: 'http://a.test', auth: 'token', fetch: answer });

async function bare(): Promise<unknown> {
  const response = await answer();
  return response.json();
}

async function sdk(): Promise<unknown> {
  const { data } = await getTicket({ ticketId: 'a' }, { client });
  return data;
}

/** Microseconds of CPU time per call. */
async function measure(call: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  for (let done = 0; done < CALLS; done += 1) await call();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / CALLS;
}

let [bestBare, bestSdk] = [Infinity, Infinity];
for (let round = 0; round < ROUNDS; round += 1) {
  bestBare = Math.min(bestBare, await measure(bare));
  bestSdk = Math.min(bestSdk, await measure(sdk));
}
console.log(`bare fetch  ${bestBare.toFixed(1)} us`);
console.log(`SDK         ${bestSdk.toFixed(1)} us`);
console.log(`overhead    ${(bestSdk - bestBare).toFixed(1)} us (bar: 15 us)`);
