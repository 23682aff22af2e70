import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import type { run, RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';

import { keepScreenshot, VIEWPORTS } from './browser.ts';

/** The narrowest page that must not scroll sideways: 1280 pixels at a zoom of 400 % (WCAG 2.2, 1.4.10). */
const NARROW = { width: 320, height: 640 };

/** The rules of axe that look at colours. */
export const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];

const AXE = await readFile(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

declare global {
  interface Window {
    /** There once it was put into the page. */
    readonly axe?: { readonly run: typeof run };
  }
}

/**
 * Checks the page in light and dark colours: axe at desktop size and at the narrowest, and at no size may anything be wider than
 * the screen. Saves screenshots at desktop and phone size, when the run was asked for them.
 *
 * In dark, axe applies its rules for colours alone, if the page is otherwise what it was in light: the same elements with the same
 * attributes and words, in the same places, each as visible as before. No other rule looks at anything else. Where the page has
 * changed meanwhile, or a style does more than change colours, all rules are applied again.
 */
export async function look(page: Page, name: string): Promise<void> {
  for (const [size, viewport] of Object.entries({ ...VIEWPORTS, narrow: NARROW })) {
    let inLight: string | undefined;
    for (const colorScheme of ['light', 'dark'] as const) {
      // Without motion, so that no colour is measured in the middle of a transition.
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.setViewportSize(viewport);
      const where = `${name}, ${size}, ${colorScheme}`;
      const { overflow, content } = await page.evaluate(seen);
      assert.equal(overflow, 0, `${where}: wider than the screen by so many pixels`);
      if (size !== 'phone') {
        const found = await faults(page, content === inLight ? COLOUR_RULES : undefined);
        assert.deepEqual(found, [], [where, ...found].join('\n'));
        // What is under the mouse was looked at in its hover style, which is not how all else is seen.
        await page.mouse.move(0, 0);
      }
      inLight = content;
      if (size !== 'narrow') await keepScreenshot(page, `${name}-${size}-${colorScheme}`);
    }
  }
  await page.setViewportSize(VIEWPORTS.desktop);
}

/** In the page: all that is there but for colours, and by how many pixels it is wider than the screen. */
function seen(): { readonly overflow: number; readonly content: string } {
  const { documentElement } = document;
  const boxes = Array.from(document.querySelectorAll('*'), (element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    return [
      x,
      y,
      width,
      height,
      element.checkVisibility({ visibilityProperty: true, opacityProperty: true }),
    ].join(' ');
  });
  return {
    overflow: Math.max(0, documentElement.scrollWidth - window.innerWidth),
    content: [documentElement.outerHTML, ...boxes].join('\n'),
  };
}

/** What the rules of axe find: all that are on unless some are named. */
async function faults(page: Page, rules: readonly string[] | undefined): Promise<readonly string[]> {
  // Once for each document: reading the source of axe takes as long as running it.
  if (await page.evaluate(() => window.axe === undefined)) await page.evaluate(AXE);
  const options: RunOptions = { resultTypes: ['violations'], ...(rules && { runOnly: [...rules] }) };
  const violations = await page.evaluate(
    async (asked) => (await window.axe?.run(document, asked))?.violations,
    options,
  );
  assert.ok(violations, 'axe ran');
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary ?? ''}`),
  );
}
