import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { env } from 'node:process';

import {
  chromium,
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type Page,
} from 'playwright-core';

/** Debian's Chromium. */
export const CHROMIUM = '/usr/bin/chromium';

/** Why the browser tests cannot run; undefined when they can. On CI a missing browser is a failure. */
export function reasonToSkip(): string | undefined {
  if (existsSync(CHROMIUM) || env['CI'] === 'true') return undefined;
  return `${CHROMIUM} is not there: install Debian's chromium to run the tests of the web app.`;
}

/** Starts a Chromium that connects to nothing but the page's servers. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: CHROMIUM,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** Desktop and phone. */
export const VIEWPORTS = {
  desktop: { width: 1280, height: 900 },
  phone: { width: 390, height: 844 },
} as const;

/** A fresh profile, at the app's first page. Fails the test when the page throws. */
export async function openApp(
  browser: Browser,
  origin: string,
  options: BrowserContextOptions = {},
): Promise<{ readonly page: Page; readonly context: BrowserContext }> {
  const context = await browser.newContext({ viewport: VIEWPORTS.desktop, baseURL: origin, ...options });
  context.setDefaultTimeout(30_000);
  const page = await context.newPage();
  page.on('pageerror', (error) => {
    throw error;
  });
  await page.goto('/');
  return { page, context };
}

/** Signs in through the form. */
export async function signIn(
  page: Page,
  user: { readonly email: string; readonly password: string },
): Promise<void> {
  await page.getByLabel('E-mail').fill(user.email);
  await page.getByLabel('Password').fill(user.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { level: 1, name: 'What shall we cook?' }).waitFor();
}

/** Waits until the API has stored an edit; the page shows it earlier. */
export async function untilSaved(page: Page): Promise<void> {
  await page.getByText('Saving your changes…').waitFor({ state: 'detached' });
}

const SCREENSHOTS = join(import.meta.dirname, '..', 'screenshots');

/** Saves a screenshot of the page in a folder that git ignores, when the run was asked for them. */
export async function keepScreenshot(page: Page, name: string): Promise<void> {
  if (env['WEB_SCREENSHOTS'] !== 'true') return;
  await mkdir(SCREENSHOTS, { recursive: true });
  // What is under the mouse would be drawn in its hover style.
  await page.mouse.move(0, 0);
  await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`), animations: 'disabled' });
}
