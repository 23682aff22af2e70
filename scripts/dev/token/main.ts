import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { readDevState } from '../dev-state.ts';
import { IdentityRequestError, requestToken } from '../identity/request-token.ts';

const HELP = `npm run -s token -- [options]

Prints a token of the local Identity service that npm run dev started, and nothing else. The user is signed up at
the first time. Tokens live for 15 minutes.

  --email ADDRESS     whose token (cook@example.com)
  --password TEXT     the user's password (chompardo-local)
  --data FOLDER       the data folder of npm run dev (.data)
`;

/** `npm run -s token`: 0 printed, 1 refused, 2 nothing to ask. */
export async function main(args: readonly string[]): Promise<0 | 1 | 2> {
  let values;
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: {
        email: { type: 'string', default: 'cook@example.com' },
        password: { type: 'string', default: 'chompardo-local' },
        data: { type: 'string', default: '.data' },
        help: { type: 'boolean', default: false },
      },
    }));
  } catch (error) {
    return fail(`${error instanceof Error ? error.message : String(error)} (npm run -s token -- --help)`, 2);
  }
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const root = join(import.meta.dirname, '..', '..', '..');
  const state = await readDevState(resolve(root, values.data));
  if (state === undefined)
    return fail('Nothing runs to ask for a token: start npm run dev in another terminal first.', 2);
  try {
    const token = await requestToken(state.identityUrl, { email: values.email, password: values.password });
    process.stdout.write(`${token}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof IdentityRequestError)) throw error;
    return fail(error.message, 1);
  }
}

function fail(sentence: string, exitCode: 1 | 2): 1 | 2 {
  process.stderr.write(`${sentence}\n`);
  return exitCode;
}

if (import.meta.main) process.exitCode = await main(process.argv.slice(2));
