/** Trouble during use: a second tab, an ended session, an API that is down, a slow network. */
import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';

import type { Page } from 'playwright-core';

import { getRecipe, listRecipes, unwrap, type Recipe } from '../../../sdk/src/index.ts';
import {
  endSession,
  keepScreenshot,
  openApp,
  openBrowser,
  reasonToSkip,
  signIn,
  untilSaved,
} from './browser.ts';
import { startKitchen } from './kitchen.ts';

const OTHER_COOK = { email: 'nora@example.com', password: 'correct-horse' };
const COOK = { email: 'vera@example.com', password: 'correct-horse' };
const skip = reasonToSkip() ?? false;

suite('in trouble', { skip }, async () => {
  const resources = new AsyncDisposableStack();
  after(() => resources.disposeAsync());
  const kitchen = resources.use(await startKitchen());
  const browser = await openBrowser();
  resources.defer(() => browser.close());
  const recipes = await kitchen.stock(COOK);
  const client = await kitchen.clientOf(COOK);
  const pick = (title: string): Recipe => {
    const found = recipes.find((recipe) => recipe.title === title);
    assert.ok(found, title);
    return found;
  };
  const keptTitle = async ({ id }: Recipe): Promise<string> =>
    (await unwrap(getRecipe({ recipeId: id }, { client }))).title;

  test('two tabs that edit one recipe: the second sees how they differ, and overwrites or reloads', async (context) => {
    const bread = pick('No-knead bread');
    const first = await openApp(context, browser, kitchen.origin, { as: COOK });
    const second = await first.context().newPage();
    for (const page of [first, second]) {
      await page.goto(`/recipes/${bread.id}/edit`);
      await page.getByLabel('Title').waitFor();
    }
    await edit(first, 'Bread of the first tab');
    await first.getByRole('heading', { level: 1, name: 'Bread of the first tab' }).waitFor();
    await edit(second, 'Bread of the second tab');
    const dialog = second.getByRole('dialog', { name: 'Someone changed this recipe' });
    await dialog.getByText('Bread of the first tab').waitFor();
    await dialog.getByText('Bread of the second tab').waitFor();
    assert.equal(await dialog.getByRole('heading', { level: 3 }).count(), 1, 'only the title differs');
    await keepScreenshot(second, 'conflict');
    await dialog.getByRole('button', { name: 'Overwrite with mine' }).click();
    await untilSaved(second);
    await second.getByRole('heading', { level: 1, name: 'Bread of the second tab' }).waitFor();
    assert.equal(await keptTitle(bread), 'Bread of the second tab');

    await first.goto(`/recipes/${bread.id}/edit`);
    await first.getByLabel('Title').waitFor();
    await second.getByRole('link', { name: 'Edit' }).click();
    await edit(second, 'Bread, at last');
    await second.getByRole('heading', { level: 1, name: 'Bread, at last' }).waitFor();
    await edit(first, 'Bread that is given up');
    await first.getByRole('button', { name: 'Reload theirs' }).click();
    await first.getByRole('dialog').waitFor({ state: 'detached' });
    assert.equal(await first.getByLabel('Title').inputValue(), 'Bread, at last');
    assert.equal(await keptTitle(bread), 'Bread, at last');
  });

  test('a token that expires is renewed; a session that ends is begun again, and nothing typed is lost', async (context) => {
    const cake = pick('Lemon cake');
    const page = await openApp(context, browser, kitchen.origin);
    await signIn(page, COOK);
    await page.goto(`/recipes/${cake.id}/edit`);
    await page.getByLabel('Title').fill('Lemon cake, renewed');
    await kitchen.expireTokens();
    await page.getByRole('button', { name: 'Save changes' }).click();
    await untilSaved(page);
    await page.getByRole('heading', { level: 1, name: 'Lemon cake, renewed' }).waitFor();

    await page.getByRole('link', { name: 'Edit' }).click();
    await page.getByLabel('Title').fill('Lemon cake, begun again');
    await endSession(page, kitchen);
    assert.equal(await keptTitle(cake), 'Lemon cake, renewed', 'another program of theirs gets a new token');
    await page.getByRole('button', { name: 'Save changes' }).click();
    const dialog = page.getByRole('dialog', { name: 'Are you still there?' });
    await dialog.waitFor();
    await keepScreenshot(page, 'sign-in-again');
    await page.getByText('Saving your changes…').waitFor();
    assert.equal(await keptTitle(cake), 'Lemon cake, renewed', 'it waits');
    await dialog.getByLabel('Password').fill(COOK.password);
    await dialog.getByRole('button', { name: 'Go on' }).click();
    await untilSaved(page);
    await page.getByRole('heading', { level: 1, name: 'Lemon cake, begun again' }).waitFor();
    assert.equal(await keptTitle(cake), 'Lemon cake, begun again');
  });

  test('somebody else who signs in beside: nothing is done in their name, and what was typed stays with its cook', async (context) => {
    const page = await openApp(context, browser, kitchen.origin);
    await signIn(page, COOK);
    await page.getByRole('link', { name: 'New recipe' }).click();
    await page.getByLabel('Title').fill('Recipe of Vera');
    await page.getByRole('group', { name: 'Ingredient 1' }).getByLabel('Name').fill('salt');
    await page.getByLabel('Step 1', { exact: true }).fill('Salt it.');

    await kitchen.clientOf(OTHER_COOK);
    const beside = await page.context().newPage();
    await beside.goto('/');
    await beside.getByRole('button', { name: 'Sign out' }).click();
    await signIn(beside, OTHER_COOK);
    await beside.close();
    await kitchen.expireTokens();
    await page.getByRole('button', { name: 'Save recipe' }).click();
    await page.getByTitle(OTHER_COOK.email).waitFor();
    assert.equal(await page.getByLabel('Title').inputValue(), '');
    const theirs = await kitchen.clientOf(OTHER_COOK);
    const found = await unwrap(listRecipes({ q: 'vera' }, { client: theirs }));
    assert.deepEqual(found.items, []);

    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByLabel('E-mail').fill(COOK.email);
    await page.getByLabel('Password').fill(COOK.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    assert.equal(await page.getByLabel('Title').inputValue(), 'Recipe of Vera');
  });

  test('an API that is down: the app says so, keeps what is typed, and goes on when it is back', async (context) => {
    const crumble = pick('Apple crumble');
    const page = await openApp(context, browser, kitchen.origin, { as: COOK });
    await page.getByRole('article').first().waitFor();
    try {
      kitchen.gate.close();
      await page.goto(`/recipes/${crumble.id}`);
      await page.getByText('The kitchen does not answer.').waitFor();
      await page.getByRole('heading', { name: 'The recipe did not arrive' }).waitFor();
      await keepScreenshot(page, 'api-down');
      kitchen.gate.open();
      await page.getByRole('heading', { level: 1, name: crumble.title }).waitFor();
      await page.getByText('The kitchen does not answer.').waitFor({ state: 'detached' });

      await page.getByRole('link', { name: 'Edit' }).click();
      await page.getByLabel('Title').fill('Crumble after the storm');
      kitchen.gate.close();
      await page.getByRole('button', { name: 'Save changes' }).click();
      await page.getByText('What you wrote is still here').waitFor();
      assert.equal(await page.getByLabel('Title').inputValue(), 'Crumble after the storm');
    } finally {
      kitchen.gate.open();
    }
    await page.getByRole('button', { name: 'Save changes' }).click();
    await page.getByRole('heading', { level: 1, name: 'Crumble after the storm' }).waitFor();
  });

  test('a browser that is offline shows what it has, and a slow network shows outlines', async (context) => {
    const page = await openApp(context, browser, kitchen.origin, { as: COOK });
    await page.getByRole('article').first().waitFor();
    await page.context().setOffline(true);
    await page.getByText('You are offline.').waitFor();
    assert.ok((await page.getByRole('article').count()) > 0);
    await page.context().setOffline(false);
    await page.getByText('You are offline.').waitFor({ state: 'detached' });

    const release = Promise.withResolvers<void>();
    await page.route('**/api/recipes/*', async (route) => {
      await release.promise;
      await route.continue();
    });
    await page.getByRole('link', { name: 'Shaved fennel salad' }).click();
    await page.locator('.skeleton').first().waitFor();
    release.resolve();
    await page.getByRole('heading', { level: 1, name: 'Shaved fennel salad' }).waitFor();
  });
});

async function edit(page: Page, title: string): Promise<void> {
  await page.getByLabel('Title').fill(title);
  await page.getByRole('button', { name: 'Save changes' }).click();
  await untilSaved(page);
}
