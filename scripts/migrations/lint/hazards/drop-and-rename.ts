import { syntaxText } from '../../../sql/syntax-tree.ts';
import type { Hazard, Judge } from './hazard.ts';

/** Kinds of objects whose drop squawk judges, or another rule, or nobody has to. */
const DROPPED_ELSEWHERE: ReadonlySet<string> = new Set([
  'OBJECT_TABLE',
  'OBJECT_INDEX',
  'OBJECT_STATISTIC_EXT',
  'OBJECT_PUBLICATION',
]);

/** What only the server's administrator drops. */
const OF_THE_SERVER: ReadonlySet<string> = new Set([
  'OBJECT_ACCESS_METHOD',
  'OBJECT_EVENT_TRIGGER',
  'OBJECT_FDW',
  'OBJECT_FOREIGN_SERVER',
  'OBJECT_LANGUAGE',
]);

/** DROP of anything but tables and indexes. */
export const judgeDrop: Judge = (node, made) => {
  const type = syntaxText(node, 'removeType');
  const isCascade = node.fields['behavior'] === 'DROP_CASCADE';
  if (made.isTargetOf(node) || (DROPPED_ELSEWHERE.has(type) && !isCascade)) {
    return [];
  }
  const what = nameOfKind(type);
  if (OF_THE_SERVER.has(type)) {
    return [
      {
        rule: 'not-in-a-migration',
        message: `${capital(what)} is the server’s: drop it apart from the migrations.`,
      },
    ];
  }
  if (type === 'OBJECT_SCHEMA' || type === 'OBJECT_MATVIEW' || type === 'OBJECT_SEQUENCE' || isCascade) {
    const losing = isCascade
      ? 'CASCADE drops what depends on it, columns and tables too, without a word which'
      : `with ${what} goes what it holds`;
    return [
      {
        rule: 'drops-data',
        message: `${capital(losing)}. Safe way: stop using it in one release, then drop what depends on it by name, and say so: \`-- lint-waive drops-data: unused since …\`.`,
      },
    ];
  }
  return [stillUsed(what)];
};

/** Kinds that no query names. */
const UNNAMED: ReadonlySet<string> = new Set([
  'OBJECT_DOMCONSTRAINT',
  'OBJECT_INDEX',
  'OBJECT_POLICY',
  'OBJECT_PUBLICATION',
  'OBJECT_RULE',
  'OBJECT_STATISTIC_EXT',
  'OBJECT_TRIGGER',
]);
const RENAMED_ELSEWHERE: ReadonlySet<string> = new Set(['OBJECT_COLUMN', 'OBJECT_TABLE']);

/** ALTER … RENAME of anything but tables and their columns. */
export const judgeRename: Judge = (node, made) => {
  const type = syntaxText(node, 'renameType');
  const isViewColumn = type === 'OBJECT_COLUMN' && node.fields['relationType'] !== 'OBJECT_TABLE';
  if (made.isTargetOf(node) || UNNAMED.has(type) || (RENAMED_ELSEWHERE.has(type) && !isViewColumn)) {
    return [];
  }
  return [
    {
      rule: 'breaks-running-release',
      message: `The release before still uses ${nameOfKind(type)} by its old name. Safe way: make one of the new name beside it, and drop the old one in a later release.`,
    },
  ];
};

function stillUsed(what: string): Hazard {
  return {
    rule: 'breaks-running-release',
    message: `The release before may still use ${what}. Safe way: release code that does without it first, and say so: \`-- lint-waive breaks-running-release: unused since …\`.`,
  };
}

const WORDS: Readonly<Record<string, string>> = {
  MATVIEW: 'materialized view',
  TABCONSTRAINT: 'constraint',
  FDW: 'foreign-data wrapper',
  OPCLASS: 'operator class',
  OPFAMILY: 'operator family',
  TSCONFIGURATION: 'text search configuration',
  TSDICTIONARY: 'text search dictionary',
  TSPARSER: 'text search parser',
  TSTEMPLATE: 'text search template',
};

/** `the materialized view` */
function nameOfKind(type: string): string {
  const word = type.replace(/^OBJECT_/, '');
  return `the ${WORDS[word] ?? word.toLowerCase().replaceAll('_', ' ')}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
