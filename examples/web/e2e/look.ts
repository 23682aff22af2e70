import assert from 'node:assert/strict';

import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

import { keepScreenshot, VIEWPORTS } from './browser.ts';

/** The narrowest page that must not scroll sideways: 1280 pixels at a zoom of 400 % (WCAG 2.2, 1.4.10). */
const NARROW = { width: 320, height: 640 };

/**
 * Checks the page in light and dark colours: axe at desktop size and at the narrowest, where nothing may be wider than the
 * screen. Saves screenshots at desktop and phone size.
 */
export async function look(page: Page, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    // Without motion, so that no colour is measured in the middle of a transition.
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    for (const [size, viewport] of Object.entries({ ...VIEWPORTS, narrow: NARROW })) {
      await page.setViewportSize(viewport);
      const where = `${name}, ${size}, ${colorScheme}`;
      assert.equal(await overflow(page), 0, `${where}: wider than the screen by so many pixels`);
      if (size !== 'phone') assert.deepEqual(await faults(page), [], where);
      if (size !== 'narrow') await keepScreenshot(page, `${name}-${size}-${colorScheme}`);
    }
  }
  await page.setViewportSize(VIEWPORTS.desktop);
}

async function faults(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary ?? ''}`),
  );
}

/** By how many pixels the page is wider than the screen. */
function overflow(page: Page): Promise<number> {
  return page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - window.innerWidth));
}
