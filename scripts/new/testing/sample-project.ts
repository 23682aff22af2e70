import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../../..');

const APP = `import { createTicketModule } from '#modules/ticket/module.ts';

const modules: ServedModules<ModuleName> = {
  ticket: createTicketModule({ database, clock }),
};
`;

const HANDLERS = `import { parseIfMatch } from '#kernel/contract/entity-tags.ts';

export const handlers: TicketHandlers = {};
`;

/** A project of one module, tickets, in a temporary folder: as much of it as `npm run new` reads. */
export class SampleProject implements Disposable {
  readonly root = mkdtempSync(join(tmpdir(), 'new-'));

  constructor() {
    const specs = join(ROOT, 'tests/contracts/crud/specs');
    cpSync(specs, this.path('specs'), { recursive: true });
    // What operations that are not written yet answer.
    cpSync(join(ROOT, 'specs/common'), this.path('specs/common'), { recursive: true });
    cpSync(join(ROOT, '.oxfmtrc.json'), this.path('.oxfmtrc.json'));
    mkdirSync(this.path('sdk/src'), { recursive: true });
    writeFileSync(
      this.path('sdk/src/index.ts'),
      'export function createClient() {}\nexport interface Client {}\n',
    );
    mkdirSync(this.path('src/modules/ticket/transport'), { recursive: true });
    writeFileSync(this.path('src/modules/ticket/transport/ticket-handlers.ts'), HANDLERS);
    writeFileSync(this.path('src/app.ts'), APP);
  }

  /** Absolute path of a file of the project. */
  path(relative: string): string {
    return join(this.root, relative);
  }

  /** Every file with its text, and every folder. */
  snapshot(): Readonly<Record<string, string>> {
    const names = readdirSync(this.root, { recursive: true, encoding: 'utf8' })
      .filter((name) => !name.startsWith('.cache'))
      .toSorted();
    return Object.fromEntries(
      names.map((name) => [
        name,
        statSync(this.path(name)).isDirectory() ? '' : readFileSync(this.path(name), 'utf8'),
      ]),
    );
  }

  [Symbol.dispose](): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
