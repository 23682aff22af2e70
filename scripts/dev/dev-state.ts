import { readFile, rm, writeFile } from 'node:fs/promises';

import { devStatePath } from './options.ts';

/** Where a running `npm run dev` serves. */
export interface DevState {
  readonly apiUrl: string;
  readonly identityUrl: string;
}

export async function writeDevState(dataDir: string, state: DevState): Promise<void> {
  await writeFile(devStatePath(dataDir), `${JSON.stringify(state, null, 2)}\n`);
}

export async function removeDevState(dataDir: string): Promise<void> {
  await rm(devStatePath(dataDir), { force: true });
}

/** Undefined when nothing was left there: nothing runs. */
export async function readDevState(dataDir: string): Promise<DevState | undefined> {
  let value: unknown;
  try {
    value = JSON.parse(await readFile(devStatePath(dataDir), 'utf8'));
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null || !('apiUrl' in value) || !('identityUrl' in value)) {
    return undefined;
  }
  return { apiUrl: String(value.apiUrl), identityUrl: String(value.identityUrl) };
}
