import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compile } from '../../../scripts/generator/compile.ts';
import { ROOT, startCounting, type Calls } from './coverage.ts';

const SPEC = 'specs/recipe/openapi.yaml';
const SCHEMA = '    RecipeContent:\n';

/** A property as a designer would add one. */
const PROPERTY = `        origin:
          type: string
          minLength: 1
          maxLength: 80
          description: Where it comes from.
          examples: [Naples]
`;

/**
 * The files on the way of one property of a spec, from YAML to what is generated: those whose functions run more often
 * when a schema of the recipe has one property more.
 */
export async function followProperty(): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'property-'));
  try {
    cpSync(join(ROOT, 'specs'), join(folder, 'specs'), { recursive: true });
    using counter = await startCounting();
    const callsOf = async (): Promise<Calls> => {
      await compileProject(folder);
      await counter.take();
      await compileProject(folder);
      return counter.take();
    };
    const before = await callsOf();
    const spec = join(folder, SPEC);
    writeFileSync(spec, withProperty(readFileSync(spec, 'utf8')));
    return filesThatDidMore(before, await callsOf());
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function compileProject(root: string): Promise<void> {
  const compiled = await compile({ root, redoclyConfig: join(ROOT, 'redocly.yaml') });
  if (!compiled.ok) throw new Error(compiled.diagnostics.map(({ message }) => message).join('\n'));
}

function filesThatDidMore(before: Calls, after: Calls): readonly string[] {
  return [...after].filter(([file, calls]) => calls > (before.get(file) ?? 0)).map(([file]) => file);
}

function withProperty(text: string): string {
  const schema = text.indexOf(SCHEMA);
  const properties = text.indexOf('      properties:\n', schema);
  if (schema === -1 || properties === -1) throw new Error(`${SPEC} has no schema ${SCHEMA.trim()}`);
  const at = text.indexOf('\n', properties) + 1;
  return text.slice(0, at) + PROPERTY + text.slice(at);
}
