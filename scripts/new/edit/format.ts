import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, type FormatConfig } from 'oxfmt';

/** Formats TypeScript as the project does; other files are taken as they are. */
export async function formatted(root: string, path: string, text: string): Promise<string> {
  if (!path.endsWith('.ts')) return text;
  const { ignorePatterns: _ignored, ...config }: FormatConfig & { readonly ignorePatterns?: unknown } =
    JSON.parse(readFileSync(join(root, '.oxfmtrc.json'), 'utf8'));
  const { code, errors } = await format(path, text, config);
  const [error] = errors;
  if (error !== undefined) throw new Error(`${path} cannot be formatted: ${error.message}`);
  return code;
}
