/** Options of a cache without timers: they would keep the process alive for minutes. */
export const UNTIMED = {
  queries: { gcTime: Infinity },
  mutations: { gcTime: Infinity },
} as const;
