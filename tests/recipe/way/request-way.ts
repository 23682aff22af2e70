import { loadConfig } from '#kernel/config/load-config.ts';
import { startAuthenticatedApp } from '../../kit/authenticated-app.ts';
import { startCounting } from './coverage.ts';

/** The files on the way of one request, by what is asked. */
export interface RequestWay {
  readonly get: readonly string[];
  readonly post: readonly string[];
}

const DRAFT = {
  title: 'Bread',
  description: 'A loaf.',
  servings: 4,
  tags: ['bread'],
  ingredients: [{ name: 'flour', quantity: '500', unit: 'g' }],
  steps: ['Bake.'],
};

/**
 * Serves this API with the limits that it has by default, on a database of its own, and follows one `GET` and one `POST`
 * to the line in the access log, each after another of its kind: the token has been verified, the statements are prepared.
 */
export async function followRequests(): Promise<RequestWay> {
  const { rateLimit } = loadConfig({
    DATABASE_URL: 'postgres://127.0.0.1/api',
    AUTH_JWKS_URL: 'http://127.0.0.1/jwks',
    AUTH_ISSUER: 'issuer',
    AUTH_AUDIENCE: 'audience',
  });
  await using api = await startAuthenticatedApp({ responseChecks: 'off', rateLimit, referee: undefined });
  const token = api.identity.token();
  const post = async (): Promise<Response> =>
    expectStatus(201, await api.app.fetch('/recipes', { method: 'POST', token, json: DRAFT }));
  const path = (await post()).headers.get('location') ?? '';
  const get = async (): Promise<Response> => expectStatus(200, await api.app.fetch(path, { token }));
  using counter = await startCounting();
  const filesOf = async (work: () => Promise<unknown>): Promise<readonly string[]> => {
    await work();
    await counter.take();
    await work();
    return [...(await counter.take()).keys()];
  };
  return { get: await filesOf(get), post: await filesOf(post) };
}

/** Waits for the whole response, and for what the server does when it is over. */
async function expectStatus(status: number, response: Response): Promise<Response> {
  const text = await response.text();
  if (response.status !== status) throw new Error(`Expected ${status}, got ${response.status}: ${text}`);
  await new Promise(setImmediate);
  await new Promise(setImmediate);
  return response;
}
