/** Changes that are shown before the API has answered, and what happens to them when it refuses or does not answer. */
import assert from 'node:assert/strict';
import { after, suite, test, type TestContext } from 'node:test';

import type { Page } from 'playwright-core';

import {
  deleteRecipe,
  getRecipe,
  ifMatch,
  listRecipes,
  unwrap,
  updateRecipe,
  type Recipe,
  type RecipePatch,
} from '../../../sdk/src/index.ts';
import { openApp, openBrowser, reasonToSkip } from './browser.ts';
import { startKitchen } from './kitchen.ts';

const COOK = { email: 'vera@example.com', password: 'correct-horse' };
const skip = reasonToSkip() ?? false;

suite('saving', { skip }, async () => {
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
  const stored = ({ id }: Recipe): Promise<Recipe> => unwrap(getRecipe({ recipeId: id }, { client }));
  /** Somebody else changes the recipe. */
  const changeElsewhere = async ({ id }: Recipe, body: RecipePatch): Promise<void> => {
    const read = await getRecipe({ recipeId: id }, { client });
    assert.equal(read.status, 200);
    await unwrap(updateRecipe({ recipeId: id, body, ...ifMatch(read) }, { client }));
  };
  const openForm = async (context: TestContext, { id }: Recipe): Promise<Page> => {
    const page = await openApp(context, browser, kitchen.origin, { as: COOK, at: `/recipes/${id}/edit` });
    await page.getByLabel('Title').waitFor();
    return page;
  };

  test('shows a change at once, everywhere and scaled, and says that it is not kept yet', async (context) => {
    const soup = pick('Soup of roasted tomatoes');
    const page = await openForm(context, soup);
    const answer = await holdAnswers(page, 'PUT');
    await page.getByLabel('Title').fill('Soup, early');
    await page.getByRole('group', { name: 'Ingredient 1' }).getByLabel('Quantity').fill('3');
    await page.getByRole('radio', { name: /Private/ }).scrollIntoViewIfNeeded();
    await save(page);
    await page.getByRole('heading', { level: 1, name: 'Soup, early' }).waitFor();
    await page.getByText('Saving your changes…').waitFor();
    assert.equal(await page.evaluate(() => window.scrollY), 0, 'the page begins at its head');
    await page.getByText('3 kg ripe tomatoes').waitFor();
    await page.getByRole('button', { name: 'One serving more' }).click();
    await page.getByText('3.75 kg ripe tomatoes').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Delete' }).getAttribute('aria-disabled'), 'true');
    await page.getByRole('link', { name: 'All recipes', exact: true }).click();
    await page.getByRole('link', { name: 'Soup, early' }).click();
    assert.equal((await stored(soup)).title, 'Soup of roasted tomatoes');

    // The form waits for the new version, and opens with it.
    await page.getByRole('link', { name: 'Edit' }).click();
    await page.locator('.skeleton').first().waitFor();

    answer.release();
    await page.getByText('Saved.', { exact: true }).waitFor();
    await page.getByLabel('Title').waitFor();
    assert.equal(await page.getByLabel('Title').inputValue(), 'Soup, early');
    assert.equal(await page.getByText('You had not saved this yet.').count(), 0);
    assert.equal((await stored(soup)).title, 'Soup, early');
    await page.getByRole('link', { name: 'Cancel' }).click();
    await page.getByRole('heading', { level: 1, name: 'Soup, early' }).waitFor();
    await page.getByRole('button', { name: 'One serving more' }).click();
    await page.getByText('3.75 kg ripe tomatoes').waitFor();
    assert.equal(await page.getByText('Saving your changes…').count(), 0);
  });

  test('takes back what the API refuses: the form has all that was typed, and the error at its field', async (context) => {
    const cake = pick('Lemon cake');
    const page = await openForm(context, cake);
    const answer = await holdAnswers(page, 'PUT');
    await page.getByLabel('Title').fill('Cake for the whole town');
    await page.getByLabel('Servings').fill('5000');
    await page.getByLabel('Tags').fill('feast,');
    await save(page);
    await page.getByRole('heading', { level: 1, name: 'Cake for the whole town' }).waitFor();
    answer.release();
    const summary = page.getByRole('alert', { name: 'This cannot be kept yet' });
    await summary.waitFor();
    assert.ok(await summary.evaluate((element) => element === document.activeElement), 'it has the focus');
    const servings = page.getByLabel('Servings');
    assert.equal(await servings.getAttribute('aria-invalid'), 'true');
    await page.getByText('Servings: At most 1000.', { exact: true }).first().waitFor();
    assert.equal(await page.getByLabel('Title').inputValue(), 'Cake for the whole town');
    assert.equal(await servings.inputValue(), '5000');
    await page.getByRole('button', { name: 'Remove tag feast' }).waitFor();
    assert.equal(new URL(page.url()).pathname, `/recipes/${cake.id}/edit`);

    await page.getByRole('link', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Discard' }).click();
    await page.getByRole('heading', { level: 1, name: 'Lemon cake' }).waitFor();
    assert.equal((await stored(cake)).title, 'Lemon cake');
  });

  test('a change by somebody else: says who changed what, and keeps both when they do not touch', async (context) => {
    const bread = pick('No-knead bread');
    const page = await openForm(context, bread);
    await changeElsewhere(bread, { servings: 10, tags: ['baking'] });
    const answer = await holdAnswers(page, 'PUT');
    await page.getByLabel('Title').fill('Bread of mine');
    await save(page);
    await page.getByRole('heading', { level: 1, name: 'Bread of mine' }).waitFor();
    answer.release();
    const dialog = page.getByRole('dialog', { name: 'Someone changed this recipe' });
    await dialog.waitFor();
    assert.deepEqual(await dialog.getByRole('heading', { level: 3 }).allTextContents(), [
      'Title changed by you',
      'Servings changed by them',
      'Tags changed by them',
    ]);

    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    assert.ok(
      await page
        .getByRole('heading', { level: 1, name: 'Edit recipe' })
        .evaluate((element) => element === document.activeElement),
      'the focus goes back to the page',
    );
    assert.equal(await page.getByLabel('Title').inputValue(), 'Bread of mine');
    await save(page);
    await dialog.getByRole('button', { name: 'Keep both changes' }).click();
    await page.getByText('Saved.', { exact: true }).waitFor();
    const { title, servings, tags } = await stored(bread);
    assert.deepEqual({ title, servings, tags }, { title: 'Bread of mine', servings: 10, tags: ['baking'] });
  });

  test('a recipe that is deleted meanwhile can be kept as a new one', async (context) => {
    const ramen = pick('Miso ramen');
    const page = await openForm(context, ramen);
    await unwrap(deleteRecipe({ recipeId: ramen.id }, { client }));
    await page.getByLabel('Title').fill('Ramen, saved from the bin');
    await save(page);
    await page.getByRole('alert', { name: 'Somebody deleted this recipe' }).waitFor();
    await page.getByRole('button', { name: 'Save as a new recipe' }).click();
    await page.getByRole('heading', { level: 1, name: 'Ramen, saved from the bin' }).waitFor();
    assert.ok(!page.url().includes(ramen.id));
  });

  test('a network that is away: the form comes back with all that was typed, and saves when there is one', async (context) => {
    const dal = pick('Lentil dal');
    const page = await openForm(context, dal);
    await page.getByLabel('Title').fill('Dal without a net');
    await page.context().setOffline(true);
    await save(page);
    await page.getByRole('alert', { name: 'It could not be saved' }).getByText('You are offline.').waitFor();
    assert.equal(await page.getByLabel('Title').inputValue(), 'Dal without a net');
    assert.equal((await stored(dal)).title, 'Lentil dal');
    await page.context().setOffline(false);
    await save(page);
    await page.getByText('Saved.', { exact: true }).waitFor();
    assert.equal((await stored(dal)).title, 'Dal without a net');
  });

  test('an answer that is lost on its way is no conflict with oneself', async (context) => {
    const slaw = pick('Beetroot slaw');
    const page = await openForm(context, slaw);
    await loseAnswers(page, 'PUT', 1);
    await page.getByLabel('Title').fill('Slaw, twice sent');
    await save(page);
    await page.getByText('Saved.', { exact: true }).waitFor();
    assert.equal(await page.getByRole('dialog').count(), 0);
    assert.equal((await stored(slaw)).title, 'Slaw, twice sent');
  });

  test('a new recipe is kept once, even when the answer was lost and it is saved again', async (context) => {
    const page = await openApp(context, browser, kitchen.origin, { as: COOK, at: '/recipes/new' });
    await page.getByLabel('Title').fill('Only one of these');
    await page.getByRole('group', { name: 'Ingredient 1' }).getByLabel('Name').fill('patience');
    await page.getByLabel('Step 1', { exact: true }).fill('Wait.');
    await loseAnswers(page, 'POST', 2);
    await page.getByRole('button', { name: 'Save recipe' }).click();
    await page.getByRole('alert', { name: 'It could not be saved' }).waitFor();
    assert.equal(await page.getByLabel('Title').inputValue(), 'Only one of these');
    await page.getByRole('button', { name: 'Save recipe' }).click();
    await page.getByRole('heading', { level: 1, name: 'Only one of these' }).waitFor();
    const found = await unwrap(listRecipes({ q: 'only one of these' }, { client }));
    assert.equal(found.items.length, 1);
  });

  test('what is typed is kept when the user leaves the form, and a refusal is shown also after the user has left the page', async (context) => {
    const risotto = pick('Leek risotto');
    const page = await openForm(context, risotto);
    await page.getByLabel('Title').fill('Risotto, half written');
    await page.getByRole('link', { name: 'Chompardo, all recipes' }).click();
    await page.getByRole('link', { name: risotto.title }).click();
    await page.getByText('You have changes to this recipe that are not saved.').waitFor();
    await page.getByRole('link', { name: 'Go on editing' }).click();
    assert.equal(await page.getByLabel('Title').inputValue(), 'Risotto, half written');
    await page.getByText('You had not saved this yet.').waitFor();
    await page.getByRole('button', { name: 'Start over' }).click();
    assert.equal(await page.getByLabel('Title').inputValue(), risotto.title);

    const answer = await holdAnswers(page, 'PUT');
    await page.getByLabel('Servings').fill('2000');
    await save(page);
    await page.getByRole('link', { name: 'All recipes', exact: true }).click();
    answer.release();
    await page.getByText('“Leek risotto” is not saved yet.').waitFor();
    await page.getByRole('button', { name: 'See why' }).click();
    await page.getByRole('alert', { name: 'This cannot be kept yet' }).waitFor();
    assert.equal(await page.getByLabel('Servings').inputValue(), '2000');
  });

  test('who may read it changes at once, goes back when it is refused, and is not changed unseen', async (context) => {
    const beans = pick('Green bean salad');
    const page = await openForm(context, beans);
    await page.getByRole('link', { name: 'Cancel' }).click();
    const menu = page.getByLabel('Who may read it');
    let answer = await holdAnswers(page, 'PATCH');
    await menu.selectOption('private');
    await page.getByText('Saving your changes…').waitFor();
    assert.equal(await menu.inputValue(), 'private');
    answer.release();
    await page.getByText('Saving your changes…').waitFor({ state: 'detached' });
    assert.equal((await stored(beans)).visibility, 'private');

    answer = await holdAnswers(page, 'PATCH');
    await changeElsewhere(beans, { title: 'Beans of somebody else' });
    await menu.selectOption('public');
    assert.equal(await menu.inputValue(), 'public');
    answer.release();
    await page.getByText('The recipe was changed meanwhile.').waitFor();
    assert.equal(await menu.inputValue(), 'private');
    await page.getByRole('heading', { level: 1, name: 'Beans of somebody else' }).waitFor();
    assert.equal((await stored(beans)).visibility, 'private');
  });

  test('a recipe that was changed meanwhile is not deleted; nor is one that the API does not hear of', async (context) => {
    const bread = pick('Sunday pancakes');
    const page = await openForm(context, bread);
    await page.getByRole('link', { name: 'Cancel' }).click();
    await changeElsewhere(bread, { title: 'Pancakes of somebody else' });
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByText('was changed meanwhile, so it is kept').waitFor();
    await page.getByRole('link', { name: 'Pancakes of somebody else' }).click();

    await page.route('**/api/recipes/*', (route) =>
      route.request().method() === 'DELETE' ? route.abort() : route.continue(),
    );
    await page.getByRole('button', { name: 'Delete' }).click();
    assert.equal(await page.getByRole('link', { name: 'Pancakes of somebody else' }).count(), 0);
    await page.getByText('could not be deleted; it is back in the list.').waitFor();
    await page.getByRole('link', { name: 'Pancakes of somebody else' }).waitFor();
    assert.equal((await stored(bread)).title, 'Pancakes of somebody else');
  });

  test('signing out carries out what was deleted and can no longer be undone', async (context) => {
    const toast = pick('Tomato sandwich');
    const page = await openForm(context, toast);
    await page.getByRole('link', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByText('“Tomato sandwich” is deleted.').waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Welcome back' }).waitFor();
    assert.equal((await getRecipe({ recipeId: toast.id }, { client })).status, 404);
  });
});

async function save(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Save changes' }).click();
}

const RECIPES = /\/api\/recipes(\/[^/?]*)?$/;

/** Holds requests of this method back until they are released, so no answer comes before. */
async function holdAnswers(page: Page, method: string): Promise<{ release(): void }> {
  const { promise, resolve } = Promise.withResolvers<void>();
  await page.route(RECIPES, async (route) => {
    if (route.request().method() !== method) return route.fallback();
    await promise;
    return route.continue();
  });
  return { release: resolve };
}

/** The API gets the next requests of this method and answers them; the answers do not reach the app. */
async function loseAnswers(page: Page, method: string, times: number): Promise<void> {
  let left = times;
  await page.route(RECIPES, async (route) => {
    if (route.request().method() !== method || left === 0) return route.fallback();
    left -= 1;
    await route.fetch();
    return route.abort();
  });
}
