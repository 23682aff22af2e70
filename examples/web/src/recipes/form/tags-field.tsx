import { recipeContentFields } from '@chompardo/sdk/forms';
import { useState, type KeyboardEvent, type ReactElement } from 'react';

import { Icon } from '../../ui/icon.tsx';
import { useTags } from '../data/queries.ts';
import { fieldId } from './field-errors.ts';
import { GroupError } from './field.tsx';
import { useFocusOf } from '../../ui/use-focus-of.ts';

const { maxItems: MOST_TAGS, item: TAG } = recipeContentFields.tags;

/** Words to find the recipe by: typed, or taken from those in use. */
export function TagsField(props: {
  readonly tags: readonly string[];
  readonly onChange: (tags: readonly string[]) => void;
}): ReactElement {
  const { tags, onChange } = props;
  const [typed, setTyped] = useState('');
  const inUse = useTags();
  const focusLater = useFocusOf();
  const id = `${fieldId('/tags')}-input`;
  const add = (): void => {
    const added = typed
      .split(',')
      .map((tag) => tag.trim().toLowerCase())
      .filter(Boolean);
    if (added.length > 0) onChange([...new Set([...tags, ...added])]);
    setTyped('');
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' || event.key === ',') {
      event.preventDefault();
      add();
    } else if (event.key === 'Backspace' && typed === '') {
      onChange(tags.slice(0, -1));
    }
  };
  return (
    <div className="field">
      <label htmlFor={id} className="field__label">
        Tags
      </label>
      <div className="tags-field">
        {tags.map((tag) => (
          <button
            key={tag}
            type="button"
            className="tag"
            aria-label={`Remove tag ${tag}`}
            onClick={() => {
              onChange(tags.filter((other) => other !== tag));
              focusLater(id);
            }}
          >
            {tag}
            <Icon name="close" />
          </button>
        ))}
        <input
          id={id}
          list={`${id}-list`}
          value={typed}
          maxLength={TAG.maxLength}
          autoComplete="off"
          disabled={tags.length >= MOST_TAGS}
          placeholder={tags.length === 0 ? 'vegan, soup, quick' : 'one more'}
          aria-describedby={`${id}-hint`}
          onChange={({ target }) => setTyped(target.value)}
          onKeyDown={onKey}
          onBlur={add}
        />
        <datalist id={`${id}-list`}>
          {inUse?.items.map(({ tag }) => (
            <option key={tag} value={tag} />
          ))}
        </datalist>
      </div>
      <span id={`${id}-hint`} className="field__hint">
        Enter or a comma ends a tag.
      </span>
      <GroupError pointer="/tags" />
    </div>
  );
}
