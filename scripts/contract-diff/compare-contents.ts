import { child, members, type Cursor } from '../generator/load/cursor.ts';
import { compareSchemas } from './compare-schemas.ts';
import type { OperationComparison } from './compare-parameters.ts';
import { report, reportWords, type Comparison, type Direction } from './comparison.ts';
import { follow } from './schema-view.ts';

/** Compares request bodies; either may be missing. */
export function compareBodies(
  comparison: OperationComparison,
  direction: Direction,
  base: Cursor,
  head: Cursor,
): void {
  const before = opened(comparison.base, child(base, 'requestBody'));
  const after = opened(comparison.head, child(head, 'requestBody'));
  const about = subject(comparison, direction, direction === 'request' ? 'the request body' : 'the payload');
  if (before === undefined || after === undefined) {
    if (before === after) return;
    const isRequired = child(after ?? head, 'required')?.value === true;
    report(about, {
      what: after === undefined ? 'body-removed' : isRequired ? 'required-body-added' : 'body-added',
      effect: after === undefined ? 'other' : isRequired ? 'narrower' : 'wider',
      typed: true,
      base: before,
      head: after,
      parent: head,
      says: after === undefined ? 'is gone' : isRequired ? 'is new, and required' : 'is new',
    });
    return;
  }
  reportWords(about, before, after, ['description']);
  const isRequired = child(after, 'required')?.value === true;
  if ((child(before, 'required')?.value === true) !== isRequired) {
    report(about, {
      what: isRequired ? 'body-required' : 'body-optional',
      effect: isRequired ? 'narrower' : 'wider',
      typed: true,
      base: child(before, 'required'),
      head: child(after, 'required'),
      parent: after,
      says: isRequired ? 'has to be sent, was optional' : 'may be left out, was required',
    });
  }
  compareContents(about, before, after);
}

/** Compares what an operation answers, status by status. */
export function compareResponses(
  comparison: OperationComparison,
  direction: Direction,
  base: Cursor,
  head: Cursor,
): void {
  const before = child(base, 'responses');
  const after = child(head, 'responses');
  const now = new Map(members(after));
  const was = new Map(members(before));
  for (const [status, stated] of was) {
    const about = subject(comparison, direction, `the ${status} response`);
    const kept = now.get(status);
    const response = follow(comparison.base, stated);
    if (kept === undefined) {
      const isSuccess = /^[23]/.test(status);
      report(about, {
        what: isSuccess ? 'success-removed' : 'status-removed',
        effect: 'other',
        // A program that looks for the status no longer compiles; one that is deployed never sees it.
        breaks: isSuccess ? ['wire', 'sdk', 'server'] : ['sdk', 'server'],
        base: stated,
        parent: after ?? head,
        says: 'is gone',
      });
      continue;
    }
    const current = follow(comparison.head, kept);
    reportWords(about, response, current, ['description']);
    compareHeaders(about, response, current);
    compareContents(about, response, current);
  }
  for (const [status, stated] of now) {
    if (was.has(status)) continue;
    report(subject(comparison, direction, `the ${status} response`), {
      what: 'status-added',
      effect: 'same',
      head: stated,
      parent: after ?? head,
      says: 'is new',
    });
  }
}

function compareHeaders(comparison: Comparison, base: Cursor, head: Cursor): void {
  const before = headersOf(base);
  const after = headersOf(head);
  for (const [key, [name, stated]] of before) {
    const about = { ...comparison, subject: `header ${name} of ${comparison.subject}`, isText: true };
    const was = follow(comparison.base, stated);
    const kept = after.get(key)?.[1];
    if (kept === undefined) {
      report(about, {
        what: 'header-removed',
        effect: 'wider',
        typed: true,
        base: stated,
        parent: head,
        says: 'is gone',
      });
      continue;
    }
    const is = follow(comparison.head, kept);
    const isRequired = child(is, 'required')?.value === true;
    if ((child(was, 'required')?.value === true) !== isRequired) {
      report(about, {
        what: isRequired ? 'header-required' : 'header-optional',
        effect: isRequired ? 'narrower' : 'wider',
        typed: true,
        base: child(was, 'required'),
        head: child(is, 'required'),
        parent: is,
        says: isRequired ? 'is always there' : 'may be left out, was always there',
      });
    }
    compareSchemas({ ...about, isText: false }, { base: schemaOf(was), head: schemaOf(is), parent: is });
  }
  for (const [key, [name, stated]] of after) {
    if (before.has(key)) continue;
    report(
      { ...comparison, subject: `header ${name} of ${comparison.subject}` },
      { what: 'header-added', effect: 'same', head: stated, parent: head, says: 'is new' },
    );
  }
}

/** Compares the media types of a body or a response, each with its schema. */
function compareContents(comparison: Comparison, base: Cursor, head: Cursor): void {
  const before = new Map(members(child(base, 'content')));
  const after = new Map(members(child(head, 'content')));
  for (const [type, was] of before) {
    const is = after.get(type) ?? coveringMedia(comparison.direction, type, after);
    if (is === undefined) {
      report(comparison, {
        what: 'media-type-removed',
        effect: 'other',
        typed: true,
        base: was,
        parent: child(head, 'content') ?? head,
        says: `is no longer ${type}`,
      });
      continue;
    }
    reportWords(comparison, was, is, ['example', 'examples']);
    const about =
      before.size > 1 ? { ...comparison, subject: `${comparison.subject} (${type})` } : comparison;
    compareMedia(about, was, is);
  }
  for (const [type, is] of after) {
    if (before.has(type)) continue;
    report(comparison, {
      what: before.size === 0 ? 'content-added' : 'media-type-added',
      effect: 'same',
      head: is,
      parent: head,
      says: `may be ${type}`,
    });
  }
}

/** What takes the place of a media type: a wider range of requests, or a type that a range of responses promised. */
function coveringMedia(
  direction: Direction,
  type: string,
  after: ReadonlyMap<string, Cursor>,
): Cursor | undefined {
  for (const [other, at] of after) {
    if (direction === 'request' ? isInRange(type, other) : isInRange(other, type)) return at;
  }
  return undefined;
}

/** Whether a media type is one of a range such as `text/*`. Source: RFC 9110 section 12.5.1. */
function isInRange(type: string, range: string): boolean {
  return range === '*/*' || (range.endsWith('/*') && type.startsWith(range.slice(0, -1)));
}

function compareMedia(comparison: Comparison, was: Cursor, is: Cursor): void {
  for (const keyword of ['schema', 'itemSchema'] as const) {
    const before = child(was, keyword);
    const after = child(is, keyword);
    if (before !== undefined && after !== undefined) {
      compareSchemas(comparison, { base: [before], head: [after], parent: is });
    } else if (before !== after) {
      report(comparison, {
        what: after === undefined ? 'schema-removed' : 'schema-added',
        effect: after === undefined ? 'wider' : 'narrower',
        typed: true,
        base: before,
        head: after,
        parent: is,
        says: after === undefined ? 'is no longer described' : 'has to match a schema, was not described',
      });
    }
  }
}

function schemaOf(header: Cursor): readonly Cursor[] {
  const schema = child(header, 'schema');
  return schema === undefined ? [] : [schema];
}

function subject(comparison: OperationComparison, direction: Direction, name: string): Comparison {
  return { ...comparison, direction, subject: name, path: [], inverted: false, isText: false };
}

function opened(side: OperationComparison['base'], cursor: Cursor | undefined): Cursor | undefined {
  return cursor === undefined ? undefined : follow(side, cursor);
}

function headersOf(response: Cursor): ReadonlyMap<string, readonly [string, Cursor]> {
  return new Map(members(child(response, 'headers')).map(([name, at]) => [name.toLowerCase(), [name, at]]));
}
