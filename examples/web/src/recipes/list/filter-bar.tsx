import { RecipeSort } from '@chompardo/sdk';
import { listRecipesFields } from '@chompardo/sdk/forms';
import { useEffect, useState, type ReactElement } from 'react';

import { Icon } from '../../ui/icon.tsx';
import { formatMinutes } from '../../ui/text.ts';
import { useFocusOf } from '../../ui/use-focus-of.ts';
import { useTags } from '../data/queries.ts';
import { SORTS, TIMES, type Filters } from './filters.ts';

const TYPING_PAUSE_MS = 250;

/** Narrows and orders the list. */
export function FilterBar(props: {
  readonly filters: Filters;
  readonly onChange: (filters: Filters) => void;
}): ReactElement {
  const { filters, onChange } = props;
  const change = (part: Partial<Filters>): void => onChange({ ...filters, ...part });
  return (
    <search className="filters">
      <SearchField text={filters.text} onChange={(text) => change({ text })} />
      <div className="filters__row">
        <div className="switch" role="group" aria-label="Whose recipes">
          <button
            type="button"
            aria-pressed={!filters.isMine && filters.author === undefined}
            onClick={() => change({ isMine: false, author: undefined })}
          >
            Everybody’s
          </button>
          <button
            type="button"
            aria-pressed={filters.isMine}
            onClick={() => change({ isMine: true, author: undefined })}
          >
            Mine
          </button>
          {filters.author !== undefined && (
            <button type="button" aria-pressed>
              One cook’s
            </button>
          )}
        </div>
        <label className="select">
          <span className="visually-hidden">Ready within</span>
          <Icon name="clock" />
          <select
            value={filters.maxMinutes ?? ''}
            onChange={({ target }) =>
              change({ maxMinutes: target.value === '' ? undefined : Number(target.value) })
            }
          >
            <option value="">Any time</option>
            {[...new Set([...TIMES, ...(filters.maxMinutes === undefined ? [] : [filters.maxMinutes])])].map(
              (minutes) => (
                <option key={minutes} value={minutes}>
                  Within {formatMinutes(minutes)}
                </option>
              ),
            )}
          </select>
        </label>
        <label className="select">
          <span className="visually-hidden">Order</span>
          <Icon name="down" />
          <select
            value={filters.sort}
            onChange={({ target }) => {
              const sort = SORT_NAMES.find((name) => name === target.value);
              if (sort !== undefined) change({ sort });
            }}
          >
            {SORT_NAMES.map((sort) => (
              <option key={sort} value={sort}>
                {SORTS[sort]}
              </option>
            ))}
          </select>
        </label>
      </div>
      <TagRow chosen={filters.tags} onChange={(tags) => change({ tags })} />
    </search>
  );
}

const SORT_NAMES = Object.values(RecipeSort);

/** Asks when the typing pauses, not at every key. */
function SearchField(props: {
  readonly text: string;
  readonly onChange: (text: string) => void;
}): ReactElement {
  const { text, onChange } = props;
  const [typed, setTyped] = useState(text);
  const [shown, setShown] = useState(text);
  if (shown !== text) {
    // The address changed under it: back button, or filters cleared.
    setShown(text);
    setTyped(text);
  }
  useEffect(() => {
    if (typed === text) return undefined;
    const timer = setTimeout(() => onChange(typed), TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed, text, onChange]);
  return (
    <label className="search">
      <span className="visually-hidden">Search recipes</span>
      <Icon name="search" />
      <input
        type="search"
        value={typed}
        maxLength={listRecipesFields.q.maxLength}
        placeholder="Search by dish, ingredient or tag"
        onChange={({ target }) => setTyped(target.value)}
      />
    </label>
  );
}

function TagRow(props: {
  readonly chosen: readonly string[];
  readonly onChange: (tags: readonly string[]) => void;
}): ReactElement | null {
  const { chosen, onChange } = props;
  const inUse = useTags();
  const focusLater = useFocusOf();
  const others = (inUse?.items ?? []).map(({ tag }) => tag).filter((tag) => !chosen.includes(tag));
  const tags = [...chosen, ...others];
  if (tags.length === 0) return null;
  const toggle = (tag: string): void => {
    onChange(chosen.includes(tag) ? chosen.filter((other) => other !== tag) : [...chosen, tag]);
    // Chosen tags go to the front, and the focus with them.
    focusLater(`tag-${tag}`);
  };
  return (
    <div className="tags tags--row" role="group" aria-label="Tags">
      {tags.map((tag) => (
        <button
          key={tag}
          id={`tag-${tag}`}
          type="button"
          className="tag"
          aria-pressed={chosen.includes(tag)}
          onClick={() => toggle(tag)}
        >
          {tag}
          {chosen.includes(tag) && <Icon name="close" />}
        </button>
      ))}
    </div>
  );
}
