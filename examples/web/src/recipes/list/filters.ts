import type { ListRecipesRequest, RecipeSort } from '@chompardo/sdk';
import { listRecipesDefaults, listRecipesFields } from '@chompardo/sdk/forms';

/** What the list is narrowed to; lives in the address, so it can be shared and gone back to. */
export interface Filters {
  readonly text: string;
  readonly tags: readonly string[];
  /** Undefined for any time. */
  readonly maxMinutes: number | undefined;
  readonly isMine: boolean;
  /** Another cook, by id; undefined for everybody. */
  readonly author: string | undefined;
  readonly sort: RecipeSort;
}

/** Everything, the newest first. */
export const NO_FILTERS: Filters = {
  text: '',
  tags: [],
  maxMinutes: undefined,
  isMine: false,
  author: undefined,
  sort: listRecipesDefaults.sort,
};

/** Orders, as the user chooses among them. */
export const SORTS: Readonly<Record<RecipeSort, string>> = {
  '-createdAt': 'Newest first',
  createdAt: 'Oldest first',
  title: 'By name',
  totalMinutes: 'Quickest first',
};

/** Times to choose from, in minutes. */
export const TIMES = [15, 30, 45, 60, 120] as const;

const MOST_MINUTES = listRecipesFields.maxTotalMinutes.max;

/** Reads the query of an address. */
export function parseFilters(search: string): Filters {
  const query = new URLSearchParams(search);
  const minutes = Number(query.get('max') ?? '');
  const sort = query.get('sort') ?? '';
  return {
    text: query.get('q') ?? '',
    tags: query.getAll('tag'),
    maxMinutes: Number.isInteger(minutes) && minutes > 0 && minutes <= MOST_MINUTES ? minutes : undefined,
    isMine: query.has('mine'),
    author: query.get('author') ?? undefined,
    sort: isSort(sort) ? sort : NO_FILTERS.sort,
  };
}

function isSort(value: string): value is RecipeSort {
  return Object.hasOwn(SORTS, value);
}

/** The path of the list with these filters. */
export function listPath(filters: Filters): string {
  const query = new URLSearchParams();
  if (filters.text !== '') query.set('q', filters.text);
  for (const tag of filters.tags) query.append('tag', tag);
  if (filters.maxMinutes !== undefined) query.set('max', String(filters.maxMinutes));
  if (filters.isMine) query.set('mine', '1');
  else if (filters.author !== undefined) query.set('author', filters.author);
  if (filters.sort !== NO_FILTERS.sort) query.set('sort', filters.sort);
  const text = query.toString();
  return text === '' ? '/' : `/?${text}`;
}

/** The filters as the API takes them. */
export function toListParams(filters: Filters, userId: string | undefined): ListRecipesRequest {
  const text = filters.text.trim();
  return {
    sort: filters.sort,
    q: text === '' ? undefined : text,
    tag: filters.tags.length === 0 ? undefined : filters.tags,
    maxTotalMinutes: filters.maxMinutes,
    author: filters.isMine ? userId : filters.author,
  };
}

/** Whether anything is narrowed; the order is not narrowing. */
export function isNarrowed({ text, tags, maxMinutes, isMine, author }: Filters): boolean {
  const isOfSome = isMine || author !== undefined;
  return text.trim() !== '' || tags.length > 0 || maxMinutes !== undefined || isOfSome;
}
