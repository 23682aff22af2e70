import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';

import { listenNear } from './listen-near.ts';
import type { DevOutput } from './output.ts';

/** The web app, served from its sources. */
export interface RunningWebApp extends AsyncDisposable {
  /** `http://127.0.0.1:5173` */
  readonly url: string;
  readonly port: number;
}

/** What is served, where, and what it talks to. */
export interface StartWebAppOptions {
  readonly root: string;
  readonly dataDir: string;
  /** The wanted port; a near one is taken when it is not free. */
  readonly port: number;
  readonly apiUrl: string;
  readonly identityUrl: string;
  /** Take changes of its sources over into open pages. */
  readonly isWatching: boolean;
  readonly output: DevOutput;
}

/** Starts Vite over `examples/web`, with API and Identity service behind it; undefined where there is no such app. */
export async function startWebApp(options: StartWebAppOptions): Promise<RunningWebApp | undefined> {
  const folder = join(options.root, 'examples', 'web');
  if (!existsSync(join(folder, 'vite.config.ts'))) {
    options.output.out('There is no examples/web, so no web app is served.');
    return undefined;
  }
  const { createLogger, createServer: createVite } = await import('vite');
  const logger = createLogger('warn', { prefix: '[web]' });
  // A server of our own: Vite's would end this process at SIGTERM before the rest is stopped.
  const server = createServer();
  const vite = await createVite({
    root: folder,
    customLogger: { ...logger, warn: options.output.err, error: options.output.err },
    clearScreen: false,
    cacheDir: join(options.dataDir, 'vite'),
    server: {
      middlewareMode: { server },
      ...(options.isWatching ? { ws: { server } } : { hmr: false, ws: false, watch: null }),
      // What the app's own configuration says of these paths stays; only their targets change.
      proxy: { '/api/auth': { target: options.identityUrl }, '/api': { target: options.apiUrl } },
    },
  });
  server.on('request', vite.middlewares);
  try {
    const port = await listenNear(server, options.port);
    return {
      url: `http://127.0.0.1:${port}`,
      port,
      async [Symbol.asyncDispose]() {
        const closed = once(server, 'close');
        server.close();
        server.closeAllConnections();
        await vite.close();
        await closed;
      },
    };
  } catch (error) {
    await vite.close();
    throw error;
  }
}
