/** Pictures of every page at phone and desktop, light and dark; axe looks at each. */
import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';

import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

import { keepScreenshot, openApp, openBrowser, reasonToSkip, signIn, VIEWPORTS } from './browser.ts';
import { startKitchen } from './kitchen.ts';

const COOK = { email: 'vera@example.com', password: 'correct-horse' };
const skip = reasonToSkip() ?? false;

suite('every page', { skip }, async () => {
  const resources = new AsyncDisposableStack();
  after(() => resources.disposeAsync());
  const kitchen = resources.use(await startKitchen());
  const browser = await openBrowser();
  resources.defer(() => browser.close());
  const soup = (await kitchen.stock(COOK)).at(-1);
  assert.ok(soup);

  for (const [size, viewport] of Object.entries(VIEWPORTS)) {
    for (const colorScheme of ['light', 'dark'] as const) {
      test(`has no accessibility fault that axe finds, at ${size} size, in ${colorScheme} colours`, async () => {
        const { page, context } = await openApp(browser, kitchen.origin, { viewport, colorScheme });
        const look = async (name: string): Promise<void> => {
          await keepScreenshot(page, `${name}-${size}-${colorScheme}`);
          assert.deepEqual(await faults(page), [], name);
        };
        try {
          await page.getByRole('heading', { name: 'Welcome back' }).waitFor();
          await look('sign-in');
          await signIn(page, COOK);
          await page.getByRole('link', { name: soup.title }).waitFor();
          await look('list');
          await page.goto('/?q=zzz');
          await page.getByRole('heading', { name: 'Nothing like that on the shelf' }).waitFor();
          await look('nothing-found');
          await page.goto(`/recipes/${soup.id}?servings=6`);
          await page.getByText('2.25', { exact: true }).first().waitFor({ state: 'attached' });
          await look('recipe');
          await page.goto(`/recipes/${soup.id}/cook`);
          await page.getByText('Step 1 of 4').waitFor();
          await look('cook');
          await page.goto(`/recipes/${soup.id}/edit`);
          await page.getByLabel('Title').waitFor();
          await look('edit');
          await page.goto('/recipes/new');
          await page.getByRole('button', { name: 'Save recipe' }).click();
          await page.getByRole('heading', { name: 'This cannot be kept yet' }).waitFor();
          await look('new-with-errors');
          await page.goto('/nowhere');
          await page.getByRole('heading', { name: 'Nothing is cooking here' }).waitFor();
          await look('not-found');
          assert.equal(await overflow(page), 0);
        } finally {
          await context.close();
        }
      });
    }
  }
});

async function faults(page: Page): Promise<readonly string[]> {
  assert.equal(await overflow(page), 0, `${page.url()} is wider than the screen`);
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary ?? ''}`),
  );
}

/** Pixels that the page is wider than the screen. */
function overflow(page: Page): Promise<number> {
  return page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - window.innerWidth));
}
