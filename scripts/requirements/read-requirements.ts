import { Ajv2020 } from 'ajv/dist/2020.js';
import { isNode, LineCounter, parseDocument } from 'yaml';
import type { Diagnostic, SourcePointer } from '../diagnostics/diagnostic.ts';
import schema from './requirements.schema.json' with { type: 'json' };

/** One thing that must hold. */
export interface Requirement {
  readonly number: number;
  /** What must hold; Markdown. */
  readonly sentence: string;
  /** Where it comes from, such as a section of an RFC; our own when absent. */
  readonly source?: string;
  /** Held when absent. */
  readonly state?: 'not applicable' | 'refused' | 'open';
  readonly remark?: string;
}

export interface Area {
  readonly title: string;
  readonly requirements: readonly Requirement[];
}

/** The requirements by area, and where each stands by number; findings instead when the file cannot be used. */
export interface Requirements {
  readonly areas: readonly Area[];
  readonly places: ReadonlyMap<number, SourcePointer>;
  readonly diagnostics: readonly Diagnostic[];
}

const isRequirements = new Ajv2020({ allErrors: true }).compile<{ readonly areas: readonly Area[] }>(schema);

/** Reads `docs/requirements.yaml`: `requirements.schema.json`, with the numbers from 1 in order. */
export function readRequirements(file: string, text: string): Requirements {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const diagnostics: Diagnostic[] = [];
  const place = (offset: number, pointer = ''): SourcePointer => {
    const { line, col } = lines.linePos(offset);
    return { file, line, column: col, pointer };
  };
  const placeOf = (path: readonly (string | number)[]): SourcePointer => {
    const node = document.getIn(path, true);
    return place(isNode(node) ? (node.range?.[0] ?? 0) : 0, path.map((token) => `/${token}`).join(''));
  };
  const report = (message: string, at: SourcePointer): void => {
    diagnostics.push({ rule: 'requirements', message, at });
  };

  for (const { message, pos } of document.errors) report(message, place(pos[0]));
  const value: unknown = document.errors.length > 0 ? undefined : document.toJS();
  if (!isRequirements(value)) {
    for (const { instancePath, message, params } of isRequirements.errors ?? []) {
      if (diagnostics.length > 0 && document.errors.length > 0) break;
      const property = 'additionalProperty' in params ? ` (${String(params['additionalProperty'])})` : '';
      report(`this ${message ?? 'is wrong'}${property}`, placeOf(instancePath.split('/').slice(1)));
    }
    return { areas: [], places: new Map(), diagnostics };
  }
  const places = new Map<number, SourcePointer>();
  for (const [areaIndex, { requirements }] of value.areas.entries()) {
    for (const [index, { number }] of requirements.entries()) {
      const at = placeOf(['areas', areaIndex, 'requirements', index, 'number']);
      if (number !== places.size + 1) report(`${places.size + 1} was expected here, not ${number}`, at);
      places.set(number, at);
    }
  }
  return { areas: value.areas, places, diagnostics };
}
