import { readFile } from 'node:fs/promises';
import { objectAt } from '#kernel/contract/validation/json-document.ts';

/** The joined contract as it is served, and what the reference page is called. */
export interface ServedContract {
  readonly yaml: Uint8Array;
  readonly json: Uint8Array;
  readonly title: string;
  /** `openapi.json` as data. */
  readonly document: unknown;
}

const UNTITLED = 'API reference';

/**
 * Reads the joined contract: `openapi.yaml` and `openapi.json` in `folder`, which ends in `/`.
 *
 * @throws {Error} when it has not been generated; the message says what to do.
 */
export async function readServedContract(folder: URL): Promise<ServedContract> {
  const [yaml, json] = await Promise.all([
    readGenerated(new URL('openapi.yaml', folder)),
    readGenerated(new URL('openapi.json', folder)),
  ]);
  const document = parse(json, folder);
  const { title } = objectAt(document, 'info');
  return { yaml, json, title: typeof title === 'string' ? title : UNTITLED, document };
}

async function readGenerated(file: URL): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (error) {
    throw unusable(file, 'cannot be read', error);
  }
}

function parse(json: Uint8Array, folder: URL): unknown {
  try {
    return JSON.parse(Buffer.from(json).toString());
  } catch (error) {
    throw unusable(new URL('openapi.json', folder), 'is no JSON', error);
  }
}

function unusable({ pathname }: URL, what: string, cause: unknown): Error {
  return new Error(`The joined contract ${pathname} ${what}: run npm run generate.`, { cause });
}
