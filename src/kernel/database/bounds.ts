/**
 * Values that stand for "no filter" and "from the beginning": a query that always compares with a bound has one plan, on an
 * index, whatever its caller leaves out. `:x IS NULL OR column = :x` has none.
 */
export const BOUNDS = {
  uuid: {
    lowest: '00000000-0000-0000-0000-000000000000',
    highest: 'ffffffff-ffff-ffff-ffff-ffffffffffff',
  },
  timestamptz: { lowest: '-infinity', highest: 'infinity' },
  date: { lowest: '-infinity', highest: 'infinity' },
  int4: { lowest: -2_147_483_648, highest: 2_147_483_647 },
  /** No text is the last one. */
  text: { lowest: '' },
} as const;
