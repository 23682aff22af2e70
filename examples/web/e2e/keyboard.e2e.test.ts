/** The app without a mouse: where Tab leads, how focus is shown, and where it goes when elements appear and disappear. */
import assert from 'node:assert/strict';
import { after, suite, test, type TestContext } from 'node:test';

import type { Page } from 'playwright-core';

import type { Recipe } from '../../../sdk/src/index.ts';
import { endSession, openApp, openBrowser, reasonToSkip, VIEWPORTS, type Visit } from './browser.ts';
import { startKitchen } from './kitchen.ts';

const COOK = { email: 'vera@example.com', password: 'correct-horse' };
const NEW_COOK = { name: 'Nora', email: 'nora@example.com', password: 'correct-horse' };
const skip = reasonToSkip() ?? false;

suite('by keyboard alone', { skip }, async () => {
  const resources = new AsyncDisposableStack();
  after(() => resources.disposeAsync());
  const kitchen = resources.use(await startKitchen());
  const browser = await openBrowser();
  resources.defer(() => browser.close());
  const recipes = await kitchen.stock(COOK);
  const pick = (title: string): Recipe => {
    const found = recipes.find((recipe) => recipe.title === title);
    assert.ok(found, title);
    return found;
  };
  const open = (context: TestContext, visit?: Visit): Promise<Page> =>
    openApp(context, browser, kitchen.origin, visit);

  test('the whole journey can be made', async (context) => {
    const page = await open(context);
    const press = async (...keys: readonly string[]): Promise<void> => {
      for (const key of keys) await page.keyboard.press(key);
    };
    const tabTo = async (name: string): Promise<void> => {
      for (let presses = 0; presses < 80; presses += 1) {
        await press('Tab');
        if ((await focused(page))?.name === name) return;
      }
      assert.fail(`no way by Tab to ${name}`);
    };
    await page.getByRole('heading', { name: 'Welcome back' }).waitFor();
    await tabTo('Create an account');
    await press('Enter');
    assert.equal((await focused(page))?.name, 'Your name', 'the new form has the focus');
    await page.keyboard.type(NEW_COOK.name);
    await press('Tab');
    await page.keyboard.type(NEW_COOK.email);
    await press('Tab');
    await page.keyboard.type(NEW_COOK.password);
    await press('Enter');
    await page.getByRole('heading', { level: 1, name: 'What shall we cook?' }).waitFor();
    await tabTo('New recipe');
    await press('Enter');
    await page.getByRole('heading', { level: 1, name: 'New recipe' }).waitFor();
    await tabTo('Title');
    await page.keyboard.type('Toast');
    await tabTo('Name');
    await page.keyboard.type('bread');
    await tabTo('Step 1');
    await page.keyboard.type('Toast it.');
    await tabTo('Add step');
    await press('Enter');
    await page.waitForFunction(() => document.activeElement?.id === 'field-steps-1');
    await page.keyboard.type('Butter it.');
    await tabTo('Save recipe');
    await press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Toast' }).waitFor();
    await tabTo('One serving more');
    await press('Enter', 'Enter');
    await page.getByText('Scaled from 4 to 6.').waitFor();
    await tabTo('bread');
    await press('Space');
    assert.ok(await page.getByLabel('bread').isChecked());
    await tabTo('Start cooking');
    await press('Enter');
    await page.getByText('Step 1 of 2').waitFor();
    assert.ok(await page.getByLabel('bread').isChecked(), 'what is on the table stays ticked');
    await press('ArrowRight');
    await page.getByText('Step 2 of 2').waitFor();
    await page.reload();
    await page.getByText('Step 2 of 2').waitFor();
    await tabTo('Done, enjoy!');
    await press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Toast' }).waitFor();
    await tabTo('Delete');
    await press('Enter');
    await page.getByRole('heading', { level: 1, name: 'What shall we cook?' }).waitFor();
    await tabTo('Undo');
    await press('Enter');
    await page.getByRole('link', { name: 'Toast', exact: true }).waitFor();
    assert.equal((await focused(page))?.name, 'What shall we cook?', 'the message took no focus with it');
  });

  for (const [size, viewport] of Object.entries({ ...VIEWPORTS, narrow: { width: 320, height: 480 } })) {
    test(`Tab goes through every page in the order of reading, in sight, at ${size} size`, async (context) => {
      const soup = pick('Soup of roasted tomatoes');
      const page = await open(context, { as: COOK, at: `/recipes/${soup.id}` });
      await page.setViewportSize(viewport);
      await page.getByRole('heading', { level: 1, name: soup.title }).waitFor();
      const head = ['Skip to the content', 'Chompardo, all recipes', 'New recipe', 'Sign out'];
      const stepper = ['One serving less', 'Servings', 'One serving more'];
      await page.getByText('1.5 kg ripe tomatoes').waitFor();
      assert.deepEqual(await stops(page), [
        ...head,
        'All recipes',
        ...soup.tags,
        'Start cooking',
        'Who may read it',
        'Edit',
        'Delete',
        ...stepper,
        '1.5',
        '3',
        '6',
        '5',
        '500',
        '1/2',
        'salt',
      ]);
      const bread = pick('No-knead bread');
      await page.goto(`/recipes/${bread.id}/edit`);
      await page.getByLabel('Title').waitFor();
      assert.deepEqual(await stops(page), [
        ...head,
        'Title',
        'Description',
        'Servings',
        'Preparation',
        'Cooking',
        'Remove tag baking',
        'Remove tag vegan',
        'Tags',
        ...ingredientStops(1),
        ...ingredientStops(2),
        'Add ingredient',
        ...stepStops(1),
        ...stepStops(2),
        'Add step',
        'Who may read it: public',
        'Save changes',
        'Cancel',
      ]);
      await page.goto('/?q=bread');
      await page.getByRole('link', { name: bread.title }).waitFor();
      const list = await stops(page);
      assert.deepEqual(list.slice(0, 9), [
        ...head,
        'Search recipes',
        'Everybody’s',
        'Mine',
        'Ready within',
        'Order',
      ]);
      assert.deepEqual(list.slice(-2), [bread.title, 'Banana bread']);
    });
  }

  test('rows and tags that move or go keep the focus near', async (context) => {
    const { id } = pick('Soup of roasted tomatoes');
    const page = await open(context, { as: COOK, at: `/recipes/${id}/edit` });
    await page.getByLabel('Title').waitFor();
    const at = async (name: string): Promise<void> => {
      await page.waitForFunction(
        (label) => document.activeElement?.getAttribute('aria-label') === label,
        name,
      );
    };
    await page.getByRole('button', { name: 'Move ingredient 1 down' }).focus();
    await page.keyboard.press('Enter');
    await at('Move ingredient 2 down');
    const second = page.getByRole('group', { name: 'Ingredient 2' }).getByLabel('Name');
    assert.equal(await second.inputValue(), 'ripe tomatoes');
    await page.getByRole('button', { name: 'Move ingredient 2 up' }).focus();
    await page.keyboard.press('Enter');
    await at('Move ingredient 1 up');
    await page.keyboard.press('Enter');
    await at('Move ingredient 1 up');
    await page.getByRole('button', { name: 'Remove ingredient 7' }).focus();
    await page.keyboard.press('Enter');
    await at('Remove ingredient 6');
    await page.getByRole('button', { name: 'Remove tag vegan' }).focus();
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.activeElement?.id === 'field-tags-input');
    await page.getByRole('link', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Discard' }).click();
    await page.getByRole('link', { name: 'All recipes', exact: true }).click();
    await page.getByRole('button', { name: 'quick' }).focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/tag=quick/);
    assert.equal((await focused(page))?.name, 'quick');
  });

  test('a dialog keeps the focus inside, and gives it back', async (context) => {
    const page = await open(context, { as: COOK, at: `/recipes/${pick('Lemon cake').id}` });
    const menu = page.getByLabel('Who may read it');
    await menu.focus();
    await endSession(page, kitchen);
    await menu.selectOption('private');
    const dialog = page.getByRole('dialog', { name: 'Are you still there?' });
    await dialog.waitFor();
    assert.equal((await focused(page))?.name, 'Password');
    await page.keyboard.press('Escape');
    assert.ok(await dialog.isVisible(), 'there is no way around signing in');
    for (let presses = 0; presses < 8; presses += 1) {
      await page.keyboard.press('Tab');
      const isOutside = await page.evaluate(
        () => document.activeElement !== document.body && !document.activeElement?.closest('dialog'),
      );
      assert.ok(!isOutside);
    }
    await dialog.getByLabel('Password').focus();
    await page.keyboard.type(COOK.password);
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    assert.equal((await focused(page))?.name, 'Who may read it');
  });
});

function ingredientStops(number: number): readonly string[] {
  return ['Quantity', 'Unit', 'Name', 'Note', ...toolStops(`ingredient ${number}`)];
}

function stepStops(number: number): readonly string[] {
  return [`Step ${number}`, ...toolStops(`step ${number}`)];
}

function toolStops(row: string): readonly string[] {
  return [`Move ${row} up`, `Move ${row} down`, `Remove ${row}`];
}

interface Focused {
  readonly name: string;
  /** A focus ring is drawn around it, or around the control that it belongs to. */
  readonly isShown: boolean;
  /** It is on the screen, and nothing lies over it. */
  readonly isInSight: boolean;
}

/** What has the focus; undefined when nothing has. */
function focused(page: Page): Promise<Focused | undefined> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (element === null || element === document.body) return undefined;
    const isField =
      element instanceof HTMLInputElement ||
      element instanceof HTMLTextAreaElement ||
      element instanceof HTMLSelectElement;
    const label = isField ? element.labels?.[0] : undefined;
    const text = (label?.querySelector('.visually-hidden') ?? label ?? element).textContent;
    const isRadio = element instanceof HTMLInputElement && element.type === 'radio';
    const group = isRadio ? element.closest('fieldset')?.querySelector('legend')?.textContent : undefined;
    const name = isRadio
      ? `${group ?? ''}: ${element.value}`
      : (element.getAttribute('aria-label') ?? text ?? '').trim();
    let isShown = false;
    for (let around: Element | null = element; around !== null; around = around.parentElement) {
      const { outlineStyle, outlineWidth } = getComputedStyle(around);
      isShown ||= outlineStyle === 'solid' && Number.parseFloat(outlineWidth) >= 2;
    }
    const { left, top, width, height } = element.getBoundingClientRect();
    const hit = document.elementFromPoint(left + width / 2, top + height / 2);
    const isInSight =
      hit !== null && (element.contains(hit) || hit.contains(element) || label?.contains(hit) === true);
    return { name, isShown, isInSight };
  });
}

/** The names of all elements that Tab reaches, in order; each must show its focus and be in view. */
async function stops(page: Page): Promise<readonly string[]> {
  await page.evaluate(() => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    window.getSelection()?.removeAllRanges();
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.removeAttribute('tabindex');
  });
  const names: string[] = [];
  for (let presses = 0; presses < 120; presses += 1) {
    await page.keyboard.press('Tab');
    const stop = await focused(page);
    if (stop === undefined || stop.name === names[0]) return names;
    assert.ok(stop.isShown, `${stop.name} does not show that it has the focus`);
    assert.ok(stop.isInSight, `${stop.name} has the focus and cannot be seen`);
    names.push(stop.name);
  }
  throw new assert.AssertionError({ message: 'Tab never comes back to the beginning.' });
}
