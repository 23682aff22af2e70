import path from 'node:path';

import {
  type Config,
  getLineColLocation,
  lint,
  loadConfig,
  type NormalizedProblem,
} from '@redocly/openapi-core';

import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { locatePointer } from '../load/cursor.ts';
import { isObject } from '../load/json-value.ts';
import type { SourceDocument } from '../load/source-document.ts';
import type { SpecSet } from '../load/spec-set.ts';
import { sentenceOf } from './sentences.ts';
import { absoluteFile, specResolver } from './spec-resolver.ts';

/** Rules that ours report better. */
const COVERED = new Set(['no-unresolved-refs', 'bundler']);

/** What Redocly says of a composition that has one schema: it means what it says, and is legal. */
const LEGAL = /^`\w+` should have at least two schemas\b/;

/** What a crash says may quote a document that is megabytes long. */
const MAX_REASON_LENGTH = 300;

/**
 * Findings of Redocly's own rules about the root document and each module, in this process. The house rules that
 * `redocly.yaml` names as a plugin are not run here: the compiler runs them itself, also where Redocly cannot start.
 *
 * @param root the folder that the files of the set are relative to
 * @param configPath absolute path of `redocly.yaml`
 */
export async function lintWithRedocly(
  root: string,
  configPath: string,
  specs: SpecSet,
): Promise<readonly Diagnostic[]> {
  const config = await configAt(configPath);
  const externalRefResolver = specResolver(root, specs, ({ value }) => value);
  const found: Diagnostic[] = [];
  for (const { file, value } of entryDocuments(specs)) {
    // Redocly refuses to start on anything but a mapping; our rules say what is wrong with it.
    if (!isObject(value)) continue;
    try {
      const problems = await lint({ ref: absoluteFile(root, file), config, externalRefResolver });
      found.push(...problems.flatMap((problem) => toDiagnostic(root, specs, problem) ?? []));
    } catch (error) {
      // A document that breaks the tool has findings of ours; without any, this one stands.
      const message = `Redocly could not lint this file: ${reasonOf(error)}`;
      found.push({ rule: 'redocly', message, at: { file, line: 1, column: 1, pointer: '' } });
    }
  }
  return found;
}

/** The documents that a contract starts from; what they refer to is read with them. */
function entryDocuments({ root, modules }: SpecSet): readonly SourceDocument[] {
  return [...(root === undefined ? [] : [root]), ...modules.map(({ document }) => document)];
}

const configs = new Map<string, Promise<Config>>();

/** The rules of a `redocly.yaml`, read once in a process. */
function configAt(configPath: string): Promise<Config> {
  const known = configs.get(configPath) ?? loadConfig({ configPath, skipPluginEval: true });
  configs.set(configPath, known);
  return known;
}

/** A problem where our sources have it; nothing for those that ours report, and for files that cannot be read. */
function toDiagnostic(
  root: string,
  specs: SpecSet,
  { ruleId, message, location, ignored }: NormalizedProblem,
): Diagnostic | undefined {
  const [place] = location;
  if (place === undefined || ignored === true || COVERED.has(ruleId) || LEGAL.test(message)) return undefined;
  const file = path.relative(root, place.source.absoluteRef).split(path.sep).join('/');
  const document = specs.documents.get(file);
  if (document === undefined) return undefined;
  const pointer = (place.pointer ?? '').replace(/^#\/?$|^#/, '');
  const { start } = getLineColLocation(place);
  const at = document.places.byPointer.has(pointer)
    ? locatePointer(document, pointer)
    : { file, line: start.line, column: start.col, pointer };
  return { rule: ruleId.replace(/^rule\//, ''), message: sentenceOf(ruleId, message), at };
}

function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.replaceAll(/\s+/g, ' ').trim().slice(0, MAX_REASON_LENGTH);
}
