/**
 * The program that runs one example of the README in a process of its own, started by `readme-runs.ts`: sets the scene, imports the
 * example, and uses what it exports. Requests go to the running API and are reported to the parent.
 */
import path from 'node:path';
import { pathToFileURL } from 'node:url';

import type * as root from '../../src/index.ts';
import type * as reactEntry from '../../src/react/index.ts';
import { SCENES } from './readme-scenes.ts';

/** What the program is told. */
export interface Order {
  /** Where the package is installed. */
  readonly installed: string;
  /** The example as JavaScript. */
  readonly file: string;
  readonly title: string;
  /** Which of the example's scenes. */
  readonly scene: string;
  /** Where the API runs. */
  readonly origin: string;
  readonly token: string;
  readonly expiredToken: string;
}

/** Where the API is in the README. */
const DOCUMENTED_ORIGIN = 'https://api.example.com';

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the parent wrote it
const order = JSON.parse(process.argv[2] ?? '') as Order;
const scene = SCENES[order.title]?.[order.scene];
const origin = scene?.isOffline === true ? 'http://nowhere.invalid' : order.origin;
const send = globalThis.fetch;
globalThis.fetch = async (input, init) => {
  const url = input instanceof Request ? input.url : String(input);
  if (!url.startsWith(DOCUMENTED_ORIGIN)) throw new Error(`${url} is not the API of the README.`);
  const target = url.slice(DOCUMENTED_ORIGIN.length);
  const request = new Request(origin + target, input instanceof Request ? input : init);
  const response = await send(request);
  process.send?.(`${request.method} ${target} ${response.status}`);
  return response;
};

// The very modules that the example imports: the default client is theirs.
const load = async (entry: string): Promise<unknown> =>
  import(pathToFileURL(path.join(order.installed, 'dist', entry)).href);
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- compiled from it
const sdk = (await load('index.js')) as typeof root;
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- compiled from it
const loadReact = async () => (await load('react/index.js')) as typeof reactEntry;

const { token, expiredToken } = order;
const world = { sdk, loadReact, token, expiredToken, baseUrl: DOCUMENTED_ORIGIN };
await scene?.before?.(world);
const example: unknown = await import(pathToFileURL(order.file).href);
await scene?.after?.(world, example);
