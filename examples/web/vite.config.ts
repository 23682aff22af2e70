import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

import { apiProxy } from './vite-proxy.ts';

/** Where `npm run dev` of the project serves; scripts that start Vite themselves pass other places. */
const API_URL = 'http://127.0.0.1:4000';
const IDENTITY_URL = 'http://127.0.0.1:4001';

// oxlint-disable-next-line import/no-default-export -- Vite reads it
export default defineConfig({
  plugins: [react()],
  resolve: { tsconfigPaths: true },
  build: { target: 'es2022', cssMinify: 'lightningcss', modulePreload: { polyfill: false } },
  server: { host: '127.0.0.1', port: 5173, strictPort: true, proxy: apiProxy(API_URL, IDENTITY_URL) },
  preview: { host: '127.0.0.1', port: 5173, strictPort: true, proxy: apiProxy(API_URL, IDENTITY_URL) },
});
