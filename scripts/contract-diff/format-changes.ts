import type { AcceptedChange } from './accepted-changes.ts';
import type { ContractChange, Party, Step } from './change.ts';

/** How changes are printed. */
export const FORMATS = ['text', 'json', 'markdown', 'github'] as const;
export type Format = (typeof FORMATS)[number];

/** What is printed. */
export interface Report {
  readonly changes: readonly ContractChange[];
  readonly accepted: ReadonlyMap<ContractChange, AcceptedChange>;
  /** In words: `origin/main`. */
  readonly base: string;
}

const PARTIES: Readonly<Record<Party, string>> = {
  wire: 'callers that are deployed',
  sdk: 'code on the SDK',
  server: 'handlers',
  database: 'what is stored',
};

/** Prints changes; ends with a line feed. */
export function formatChanges(report: Report, format: Format): string {
  const print = { text: formatText, json: formatJson, markdown: formatMarkdown, github: formatGithub }[
    format
  ];
  return print(report);
}

/** The greatest step that some change demands; none when nothing changed. */
export function stepOf(changes: readonly ContractChange[]): Step | 'none' {
  for (const step of ['major', 'minor', 'patch'] as const) {
    if (changes.some((change) => change.step === step)) return step;
  }
  return 'none';
}

function formatJson({ changes, accepted }: Report): string {
  const printed = changes.map((change) => {
    const { rule, breaking, breaks, step, operation, alsoIn, side, at, message } = change;
    const reason = accepted.get(change)?.reason;
    return {
      rule,
      breaking,
      breaks,
      step,
      operation,
      alsoIn,
      pointer: at.pointer,
      file: at.file,
      line: at.line,
      column: at.column,
      side,
      message,
      ...(reason === undefined ? {} : { accepted: reason }),
    };
  });
  return `${JSON.stringify({ step: stepOf(changes), changes: printed }, null, 2)}\n`;
}

function formatText(report: Report): string {
  const { changes, accepted } = report;
  const lines = changes
    .filter(({ step }) => step !== 'patch')
    .map((change) => {
      const { at, rule, message, side } = change;
      const reason = accepted.get(change)?.reason;
      return [
        `${at.file}:${at.line}:${at.column} ${rule}: ${message}`,
        `  ${[
          where(change),
          side === 'base' ? `the place is in ${report.base}` : '',
          change.breaks.length === 0 ? '' : `breaks ${parties(change)}`,
          reason === undefined ? '' : `accepted: ${reason}`,
        ]
          .filter((part) => part !== '')
          .join('; ')}`,
      ].join('\n');
    });
  return `${[...lines, summary(report)].join('\n')}\n`;
}

function formatMarkdown(report: Report): string {
  const { changes, accepted } = report;
  const breaking = changes.filter((change) => change.breaking && !accepted.has(change));
  const settled = changes.filter((change) => change.breaking && accepted.has(change));
  const others = changes.filter((change) => !change.breaking && change.step !== 'patch');
  return [
    `## Contract: ${summary(report)}`,
    '',
    ...table('Breaking', breaking),
    ...table('Breaking, and accepted', settled),
    ...table('Other changes', others),
  ].join('\n');
}

function table(title: string, rows: readonly ContractChange[]): readonly string[] {
  if (rows.length === 0) return [];
  return [
    `### ${title}`,
    '',
    '| Operation | Change | Breaks | Place |',
    '| --- | --- | --- | --- |',
    ...rows.map((change) => {
      const { at, message, rule } = change;
      const what = `${cell(message)} (\`${rule}\`)`;
      return `| ${cell(where(change))} | ${what} | ${cell(parties(change))} | \`${at.file}:${at.line}\` |`;
    }),
    '',
  ];
}

/** Workflow commands, which GitHub shows at the line. Source: GitHub Actions, Workflow commands. */
function formatGithub(report: Report): string {
  const lines = report.changes
    .filter(({ step }) => step !== 'patch')
    .map((change) => {
      const isError = change.breaking && !report.accepted.has(change);
      const { near, rule, message } = change;
      const place = `file=${property(near.file)},line=${near.line},col=${near.column},title=${property(rule)}`;
      const text = change.breaks.length === 0 ? message : `${message}; breaks ${parties(change)}`;
      return `::${isError ? 'error' : 'notice'} ${place}::${data(`${where(change)}: ${text}`)}`;
    });
  return `${[...lines, summary(report)].join('\n')}\n`;
}

function summary({ changes, accepted, base }: Report): string {
  const breaking = changes.filter((change) => change.breaking);
  const words = changes.filter(({ step }) => step === 'patch').length;
  const others = changes.length - breaking.length - words;
  if (changes.length === 0) return `nothing changed since ${base}.`;
  const settled = breaking.filter((change) => accepted.has(change)).length;
  return `${count(breaking.length, 'breaking change')}${settled === 0 ? '' : ` (${settled} accepted)`}, ${count(others, 'other')}, ${count(words, 'change')} of words since ${base}: the next version is a ${stepOf(changes)} one.`;
}

function where({ operation, alsoIn }: ContractChange): string {
  const name = operation === '' ? 'the API' : operation;
  return alsoIn.length === 0 ? name : `${name} and ${count(alsoIn.length, 'more operation')}`;
}

function parties({ breaks }: ContractChange): string {
  return breaks.map((party) => PARTIES[party]).join(', ');
}

function count(amount: number, word: string): string {
  return `${amount} ${word}${amount === 1 ? '' : 's'}`;
}

function cell(text: string): string {
  return text.replaceAll('|', String.raw`\|`).replaceAll(/\s+/g, ' ');
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
