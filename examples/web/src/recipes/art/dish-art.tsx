import type { ReactElement } from 'react';

import type { Dish } from './dish.ts';
import { DRAWINGS } from './drawings.tsx';

/** A drawing of a dish on a tinted ground; decoration, so screen readers pass it by. */
export function DishArt({ dish, tone }: { readonly dish: Dish; readonly tone: number }): ReactElement {
  return (
    <div className={`art art--${tone}`} aria-hidden="true">
      <svg viewBox="0 0 200 120" preserveAspectRatio="xMidYMid meet">
        <ellipse cx="100" cy="100" rx="66" ry="8" className="art__shadow" />
        {DRAWINGS[dish]}
      </svg>
    </div>
  );
}
