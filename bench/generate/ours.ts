import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { enableCompileCache } from 'node:module';
import path from 'node:path';

/**
 * The part of `npm run generate` that reads one OpenAPI document of another house: compile, emit, SDK, write. House style is not asked
 * for. Arguments: the document, and the folder for the files.
 */
async function main([document = '', folder = '']: readonly string[]): Promise<0 | 1> {
  enableCompileCache(path.join(import.meta.dirname, '../../.cache/compiled'));
  const { compileDocument } = await import('../../scripts/generator/contract/compile-contract.ts');
  const { emitContract } = await import('../../scripts/generator/emit/emit-contract.ts');
  const { emitSdk } = await import('../../scripts/generator/sdk/emit-sdk.ts');
  const compiled = await compileDocument({
    file: path.basename(document),
    text: await readFile(document, 'utf8'),
    moduleName: path.parse(document).name,
  });
  if (!compiled.ok) {
    const { formatDiagnostic } = await import('../../scripts/diagnostics/sort-diagnostics.ts');
    console.error(compiled.diagnostics.map(formatDiagnostic).join('\n'));
    return 1;
  }
  const { contract, joined } = compiled;
  for (const { path: file, text } of [...emitContract(contract, joined), ...emitSdk(contract, joined)]) {
    const target = path.join(folder, file);
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, text);
  }
  return 0;
}

process.exitCode = await main(process.argv.slice(2));
