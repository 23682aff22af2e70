import type { Endpoint } from './endpoint.ts';
import { createFileEndpoint, createStaticEndpoint } from './static-file.ts';

/**
 * Scripts come from this server only, so the page works offline and nothing else can run in it. Swagger UI sets styles
 * on elements, and draws its icons from `data:` addresses.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const SCRIPT = `window.addEventListener('load', () => {
  SwaggerUIBundle({
    url: '/openapi.json',
    dom_id: '#reference',
    deepLinking: true,
    filter: true,
    tryItOutEnabled: true,
    persistAuthorization: true,
    displayRequestDuration: true,
    validatorUrl: null,
    presets: [SwaggerUIBundle.presets.apis],
    requestInterceptor(request) {
      // "Try it out" calls the server that the page came from, whatever address the contract names.
      const url = new URL(request.url, location.href);
      request.url = location.origin + url.pathname + url.search;
      return request;
    },
  });
});
`;

/** `/docs`: the contract as a page to read and to try, by Swagger UI. By path. */
export function createDocsEndpoints(title: string): ReadonlyMap<string, Endpoint> {
  const assets = new URL('./', import.meta.resolve('swagger-ui-dist/package.json'));
  const page = createStaticEndpoint(Buffer.from(pageOf(title)), 'text/html; charset=utf-8', {
    'content-security-policy': CONTENT_SECURITY_POLICY,
    'referrer-policy': 'no-referrer',
  });
  const script = createStaticEndpoint(Buffer.from(SCRIPT), 'text/javascript; charset=utf-8');
  const file = (name: string, contentType: string): [string, Endpoint] => [
    `/docs/${name}`,
    createFileEndpoint(new URL(name, assets), contentType),
  ];
  return new Map([
    ['/docs', page],
    ['/docs/reference.js', script],
    file('swagger-ui.css', 'text/css; charset=utf-8'),
    file('swagger-ui-bundle.js', 'text/javascript; charset=utf-8'),
    file('favicon-32x32.png', 'image/png'),
  ]);
}

function pageOf(title: string): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${escapeHtml(title)}</title>
    <link rel="icon" type="image/png" href="/docs/favicon-32x32.png">
    <link rel="stylesheet" href="/docs/swagger-ui.css">
  </head>
  <body>
    <div id="reference"></div>
    <noscript>This page needs JavaScript. The contract itself is at <a href="/openapi.yaml">/openapi.yaml</a>.</noscript>
    <script src="/docs/swagger-ui-bundle.js"></script>
    <script src="/docs/reference.js"></script>
  </body>
</html>
`;
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
