/**
 * Runs the two other generators on documents: `node run-oracles.ts <3.1 document> <3.0 document> <output folder>`. A
 * process of its own, because one of them writes to the console.
 */
import path from 'node:path';
import { generate as generateModels } from 'openapi-typescript-codegen';
import { generate as generateClient } from 'orval';

const [document = '', olderDocument = '', folder = ''] = process.argv.slice(2);
await generateClient({
  input: { target: document },
  output: {
    target: path.join(folder, 'orval', 'client.ts'),
    mode: 'split',
    client: 'fetch',
    override: { enumGenerationType: 'union' },
  },
});
await generateModels({
  input: olderDocument,
  output: path.join(folder, 'otc'),
  useUnionTypes: true,
});
