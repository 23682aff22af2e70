import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { stringify } from 'yaml';

import type { ModuleBinding } from '#kernel/contract/module-binding.ts';
import type { Operation } from '#kernel/contract/operation.ts';
import { isJsonObject, type JsonObject } from '#kernel/contract/validation/json-document.ts';
import {
  SCHEMA_KEYWORDS,
  SCHEMA_LIST_KEYWORDS,
  SCHEMA_MAP_KEYWORDS,
} from '#kernel/contract/validation/schema-views.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { checkDocuments } from '../lint/check-documents.ts';
import { checkHouseStyle } from '../lint/check-house-style.ts';
import { enforcedFormats } from '../lint/rules/enforced-formats.ts';
import { exactNumbers } from '../lint/rules/exact-numbers.ts';
import { readableValues } from '../lint/rules/readable-values.ts';
import { trueDefaults } from '../lint/rules/true-defaults.ts';
import { parseSource } from '../load/source-document.ts';

/** A schema of the suite, and values with whether it takes them. */
export interface SuiteGroup {
  readonly description: string;
  readonly schema: unknown;
  readonly tests: readonly {
    readonly description: string;
    readonly data: unknown;
    readonly valid: boolean;
  }[];
}

export interface SuiteFile {
  /** Below the folder of the draft: `optional/format/uri.json`. */
  readonly name: string;
  readonly groups: readonly SuiteGroup[];
}

/** The files of a folder of the suite, in the order of their names. */
export async function readSuite(folder: string): Promise<readonly SuiteFile[]> {
  const names = await readdir(folder, { recursive: true });
  return Promise.all(
    names
      .filter((name) => name.endsWith('.json'))
      .toSorted()
      .map(async (name) => ({
        name,
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the suite's own schema says so
        groups: JSON.parse(await readFile(path.join(folder, name), 'utf8')) as readonly SuiteGroup[],
      })),
  );
}

const DIALECT = 'https://json-schema.org/draft/2020-12/schema';
const FILE = 'specs/suite/openapi.yaml';

/** A contract whose operations take bodies of the components `C0`, `C1` and so on. */
function contractOf(schemas: readonly unknown[]): JsonObject {
  const bodies = schemas.map((_schema, index) => ({
    content: { 'application/json': { schema: { $ref: `#/components/schemas/C${String(index)}` } } },
    required: true,
  }));
  return {
    openapi: '3.1.1',
    info: { title: 'Suite', version: '1' },
    paths: Object.fromEntries(
      bodies.map((requestBody, index) => [
        `/${String(index)}`,
        {
          post: {
            operationId: `c${String(index)}`,
            requestBody,
            responses: { 204: { description: 'Taken.' } },
          },
        },
      ]),
    ),
    components: {
      schemas: Object.fromEntries(
        schemas.map((schema, index) => [`C${String(index)}`, asComponent(schema, `C${String(index)}`)]),
      ),
    },
  };
}

/** What lint says of a schema as a component; empty when it is accepted. */
export function refusalsOf(schema: unknown): readonly Diagnostic[] {
  const { document, diagnostics } = parseSource(FILE, 'suite', stringify(contractOf([schema])));
  if (document === undefined) return diagnostics;
  const specs = {
    folder: 'specs',
    documents: new Map([[FILE, document]]),
    brokenFiles: new Set<string>(),
    root: undefined,
    modules: [{ name: 'suite', document }],
    project: true,
  };
  return [
    ...checkDocuments(specs),
    ...checkHouseStyle(specs, [enforcedFormats, exactNumbers, readableValues, trueDefaults]),
  ];
}

/** A module that takes each of the schemas as a JSON body, as `c0`, `c1` and so on. */
export function moduleOf(
  name: string,
  schemas: readonly unknown[],
): Pick<ModuleBinding, 'name' | 'document' | 'operations'> {
  const operations = schemas.map((_schema, index): readonly [string, Operation] => [
    `c${String(index)}`,
    {
      id: `c${String(index)}`,
      method: 'post',
      path: `/${String(index)}`,
      security: [],
      parameters: [],
      body: { required: true, content: [{ mediaType: 'application/json', kind: 'json' }] },
      responses: [],
      deprecated: false,
      extensions: {},
    },
  ]);
  return { name, document: contractOf(schemas), operations: Object.fromEntries(operations) };
}

/** A schema as it is written below `components`: its references to itself lead there, and its dialect goes without saying. */
function asComponent(schema: unknown, name: string): unknown {
  const moved = movedTo(schema, `#/components/schemas/${name}`);
  if (!isJsonObject(moved) || moved['$schema'] !== DIALECT) return moved;
  const { $schema: _dialect, ...others } = moved;
  return others;
}

function movedTo(schema: unknown, place: string): unknown {
  if (!isJsonObject(schema)) return schema;
  const move = (each: unknown): unknown => movedTo(each, place);
  return Object.fromEntries(
    Object.entries(schema).map(([keyword, value]): readonly [string, unknown] => {
      if (keyword === '$ref' && typeof value === 'string' && /^#(?:\/|$)/.test(value))
        return [keyword, place + value.slice(1)];
      if (SCHEMA_KEYWORDS.has(keyword)) return [keyword, move(value)];
      if (SCHEMA_LIST_KEYWORDS.has(keyword) && Array.isArray(value)) return [keyword, value.map(move)];
      if (SCHEMA_MAP_KEYWORDS.has(keyword) && isJsonObject(value))
        return [keyword, Object.fromEntries(Object.entries(value).map(([key, each]) => [key, move(each)]))];
      return [keyword, value];
    }),
  );
}
