import { registerHooks } from 'node:module';

/**
 * Lets tests run modules that import the SDK without building it: leads `@chompardo/sdk` to the sources, as `tsconfig.json` does for
 * the compiler and Vite. The module under test is imported dynamically after this, since static imports are resolved before any
 * code runs.
 */
export function resolveSdkSources(): void {
  registerHooks({
    resolve(specifier, context, nextResolve) {
      const [, entry] = /^@chompardo\/sdk((?:\/\w+)?)$/.exec(specifier) ?? [];
      if (entry === undefined) return nextResolve(specifier, context);
      return nextResolve(new URL(`../../../../sdk/src${entry}/index.ts`, import.meta.url).href, context);
    },
  });
}
