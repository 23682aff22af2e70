import type { ReactElement } from 'react';

import type { Dish } from './dish.ts';

const steam = (
  <g className="art__line">
    <path d="M84 38c-7-8 5-11-1-21" />
    <path d="M101 34c-7-8 5-11-1-21" />
    <path d="M118 38c-7-8 5-11-1-21" />
  </g>
);

const bowl = (
  <>
    <path className="art__main" d="M46 56h108c0 26-14 38-30 42H76C60 94 46 82 46 56Z" />
    <path className="art__dark" d="M126 97.500C142 92 154 80 154 56h-14c0 22-8 36-14 41.500Z" />
    <rect className="art__dark" x="78" y="96" width="44" height="6" rx="3" />
  </>
);

/** The drawings, in three tones of one colour and two that go with it: 200 by 120, standing on y = 102. */
export const DRAWINGS: Readonly<Record<Dish, ReactElement>> = {
  bowl: (
    <>
      {steam}
      {bowl}
      <ellipse className="art__light" cx="100" cy="56" rx="54" ry="11" />
      <ellipse className="art__accent" cx="100" cy="57" rx="46" ry="8" />
      <g className="art__green">
        <path d="M84 56c5-7 13-6 16-1-5 5-12 5-16 1Z" />
        <path d="M112 59c3-6 10-7 14-3-3 5-9 6-14 3Z" />
      </g>
    </>
  ),
  noodles: (
    <>
      {bowl}
      <g className="art__strand">
        <path d="M56 54c6-16 22-16 28 0M70 54c6-22 26-22 32 0M88 54c6-20 26-20 32 0M106 54c6-17 24-17 34 0" />
        <path d="M62 54c8-9 16-9 22 0M112 54c6-9 16-9 22 0" />
      </g>
      <ellipse className="art__main" cx="100" cy="58" rx="54" ry="6" />
      <circle className="art__accent" cx="92" cy="42" r="7" />
      <circle className="art__accent" cx="112" cy="45" r="5" />
      <path className="art__green" d="M98 34c6-9 15-8 18-3-5 6-12 7-18 3Z" />
      <path className="art__line" d="M138 50 172 16M146 51 178 24" />
    </>
  ),
  bread: (
    <>
      <path
        className="art__main"
        d="M44 70c0-24 26-34 56-34s56 10 56 34c0 8-3 13-6 16v10a6 6 0 0 1-6 6H56a6 6 0 0 1-6-6V86c-3-3-6-8-6-16Z"
      />
      <path className="art__dark" d="M50 86c14 6 86 6 100 0v10a6 6 0 0 1-6 6H56a6 6 0 0 1-6-6Z" />
      <g className="art__cut">
        <path d="M72 46c8 5 11 13 10 22M96 42c8 6 11 15 10 25M120 45c8 5 11 13 10 22" />
      </g>
    </>
  ),
  cake: (
    <>
      <path className="art__light" d="M48 62 150 40v62H48Z" />
      <path className="art__accent" d="M48 62 150 40v12L48 72Z" />
      <path className="art__main" d="M48 84 150 72v9L48 94Z" />
      <path className="art__dark" d="M150 40c6 3 8 8 8 14v42a6 6 0 0 1-6 6h-2Z" />
      <circle className="art__accent" cx="118" cy="36" r="9" />
      <path className="art__line" d="M119 28c1-7 5-10 11-11" />
    </>
  ),
  glass: (
    <>
      <path className="art__light" d="M70 26h60l-8 76H78Z" />
      <path className="art__accent" d="M74 54h52l-5 42H79Z" />
      <circle className="art__green" cx="130" cy="32" r="15" />
      <circle className="art__light" cx="130" cy="32" r="10" />
      <path className="art__line" d="M96 90 108 12h14" />
      <path className="art__ice" d="M84 60h14v14H84ZM102 66h13v13h-13Z" />
    </>
  ),
  leaf: (
    <>
      <g className="art__green">
        <path d="M60 58c-12-22 4-38 20-40 6 18 0 36-14 44Z" />
        <path d="M140 58c12-22-4-38-20-40-6 18 0 36 14 44Z" />
        <path d="M100 56c-16-16-10-38 2-46 14 10 18 32 2 46Z" />
      </g>
      <circle className="art__accent" cx="80" cy="51" r="9" />
      <circle className="art__accent" cx="122" cy="50" r="10" />
      <circle className="art__light" cx="122" cy="50" r="5" />
      {bowl}
    </>
  ),
  pan: (
    <>
      {steam}
      <path className="art__dark" d="M146 66h38a5 5 0 0 1 5 5v2a5 5 0 0 1-5 5h-38Z" />
      <path className="art__main" d="M36 58h116c0 28-12 44-26 44H62c-14 0-26-16-26-44Z" />
      <ellipse className="art__dark" cx="94" cy="58" rx="58" ry="13" />
      <ellipse className="art__light" cx="86" cy="58" rx="30" ry="8" />
      <ellipse className="art__accent" cx="88" cy="56" rx="11" ry="5" />
      <path className="art__green" d="M122 60c4-7 12-7 16-2-4 5-11 6-16 2Z" />
    </>
  ),
  stack: (
    <>
      <ellipse className="art__light" cx="100" cy="96" rx="70" ry="9" />
      <g className="art__main">
        <rect x="50" y="78" width="100" height="15" rx="7.500" />
        <rect x="54" y="48" width="92" height="15" rx="7.500" />
      </g>
      <rect className="art__dark" x="52" y="63" width="96" height="15" rx="7.500" />
      <path
        className="art__accent"
        d="M64 48c2-8 70-8 72 0 2 8-6 8-7 16s-9 8-10 0-8-7-10-3-7 18-13 15-4-14-10-15-24-5-22-13Z"
      />
      <rect className="art__light" x="90" y="34" width="22" height="12" rx="3" />
    </>
  ),
  fish: (
    <>
      <ellipse className="art__light" cx="100" cy="92" rx="80" ry="12" />
      <path
        className="art__main"
        d="M36 68c18-26 60-34 92-12 8 5 12 8 14 12-2 4-6 7-14 12-32 22-74 14-92-12Z"
      />
      <path className="art__dark" d="M138 68c8-14 18-20 30-20-4 14-4 26 0 40-12 0-22-6-30-20Z" />
      <path className="art__cut" d="M64 54c6 9 6 19 0 28M84 50c6 12 6 24 0 36M104 51c5 11 5 23 0 34" />
      <circle className="art__light" cx="52" cy="64" r="4" />
      <path className="art__green" d="M110 94c8-9 20-8 26-2-8 7-18 8-26 2Z" />
    </>
  ),
};
