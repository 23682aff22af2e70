import type { Request } from './arguments.ts';
import type { Change } from './changes.ts';

/** What to do now, line by line. */
export function nextSteps(request: Request, changes: readonly Change[]): readonly string[] {
  switch (request.kind) {
    case 'module': {
      const [path = ''] = /^ {2}(\/[a-z0-9-]+):$/m.exec(textOf(changes, '.yaml'))?.slice(1) ?? [];
      return [
        '',
        `npm test -- src/modules/${request.module}`,
        'npm run dev                  (while it runs already: npm run migrate -- up), and in a second terminal:',
        `curl -i http://127.0.0.1:4000${path} -H "authorization: Bearer $(npm run -s token)" -H 'content-type: application/json' -d '{"name":"The first one"}'`,
      ];
    }
    case 'operation':
      return [
        '',
        `It answers 501 until ${request.operationId} is written in ${changes.find(({ path }) => path.endsWith('.ts'))?.path ?? ''};`,
        `its shapes are yours to change in specs/${request.module}/openapi.yaml, then: npm run generate`,
      ];
    case 'query':
      return ['', `Use it in src/modules/${request.module}/infra, with a case of its .db.test.ts.`];
    case 'migration':
      break;
  }
  return ['', `Fill in ${changes[0]?.path ?? ''}, then: npm run generate, and npm run migrate -- up`];
}

function textOf(changes: readonly Change[], ending: string): string {
  return changes.find(({ path }) => path.endsWith(ending))?.text ?? '';
}
