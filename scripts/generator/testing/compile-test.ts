import type { Contract, ContractModule, Operation, Schema } from '../contract/contract.ts';
import { compileDocument } from '../contract/compile-contract.ts';

const HEAD = 'info: { title: Test, version: 1.0.0 }';

/** Compiles a document for a test from what stands below `info`; `refused` lists `rule at line` when it is not accepted. */
export async function compileTest(
  body: string,
  openapi = '3.1.1',
  claimed?: ReadonlySet<string>,
): Promise<{ readonly contract: Contract | undefined; readonly refused: readonly string[] }> {
  const text = `openapi: ${openapi}\n${HEAD}\n${body}`;
  const compiled = await compileDocument({ file: 'test.yaml', text, moduleName: 'kitchen', claimed });
  return compiled.ok
    ? { contract: compiled.contract, refused: [] }
    : { contract: undefined, refused: compiled.diagnostics.map(({ rule, at }) => `${rule} at ${at.line}`) };
}

/** The module that a test document makes. */
export async function testModule(body: string, openapi?: string): Promise<ContractModule> {
  const { contract, refused } = await compileTest(body, openapi);
  const module = contract?.modules[0];
  if (module === undefined) throw new Error(`refused: ${refused.join(', ')}`);
  return module;
}

/** Component schemas by name, resolved; `schemas` is YAML, each line a member of components/schemas. */
export async function testSchemas(
  schemas: string,
  openapi?: string,
): Promise<Readonly<Record<string, Schema | undefined>>> {
  const indented = schemas.replaceAll(/^(?=.)/gm, '    ');
  const module = await testModule(`components:\n  schemas:\n${indented}\n`, openapi);
  return Object.fromEntries(module.schemas.map(({ component, schema }) => [component, schema]));
}

/** The one operation that `POST /things/{id}` is, from the members below it. */
export async function testOperation(members: string, rest = ''): Promise<Operation> {
  const id = '{ name: id, in: path, required: true, schema: { type: string } }';
  const indented = members.replaceAll(/^(?=.)/gm, '      ');
  const paths = `paths:\n  /things/{id}:\n    parameters: [${id}]\n    post:\n${indented}\n`;
  const [operation] = (await testModule(`${paths}${rest}`)).operations;
  if (operation === undefined) throw new Error('no operation');
  return operation;
}

/** A schema in a few characters, for assertions: `{a: string, b?: Ref | null}`. */
export function sketch(schema: Schema | undefined): string {
  if (schema === undefined) return 'missing';
  switch (schema.kind) {
    case 'number':
      return schema.integer ? 'integer' : 'number';
    case 'literal':
      return JSON.stringify(schema.value);
    case 'array':
      return `[...${sketch(schema.items)}]`;
    case 'tuple':
      return `[${schema.items.map(sketch).join(', ')}, ...${sketch(schema.rest)}]`;
    case 'union':
      return schema.members.map(sketch).join(' | ');
    case 'intersection':
      return schema.members.map((member) => `(${sketch(member)})`).join(' & ');
    case 'reference':
      return schema.component;
    case 'object': {
      const listed = schema.properties.map(
        ({ name, required, schema: inner }) => `${name}${required ? '' : '?'}: ${sketch(inner)}`,
      );
      const rest = schema.additional.kind === 'never' ? [] : [`...: ${sketch(schema.additional)}`];
      return `{${[...listed, ...rest].join(', ')}}`;
    }
    case 'string':
    case 'boolean':
    case 'null':
    case 'never':
    case 'json':
    case 'binary':
      return schema.kind;
    default:
      return schema satisfies never;
  }
}
