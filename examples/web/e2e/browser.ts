import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { env } from 'node:process';
import type { TestContext } from 'node:test';

import { chromium, type Browser, type BrowserContext, type Page, type Request } from 'playwright-core';

import type { Kitchen } from './kitchen.ts';

/**
 * Debian's Chromium: the one without windows where it is installed, which needs a third of the processor time for a new profile,
 * or the whole browser.
 */
const CHROMIUM =
  ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'].find((path) => existsSync(path)) ?? 'chromium';

/** Why the browser tests cannot run; undefined when they can. On CI a missing browser is a failure. */
export function reasonToSkip(): string | undefined {
  if (existsSync(CHROMIUM) || env['CI'] === 'true') return undefined;
  return 'There is no Chromium: install Debian’s chromium-headless-shell to run the tests of the web app.';
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

/** Who signs in. */
export interface Cook {
  readonly email: string;
  readonly password: string;
}

/** Where a test begins. */
export interface Visit {
  /** A user with an account, who is signed in from the start. */
  readonly as?: Cook;
  /** The page; the first one unless given. */
  readonly at?: string;
}

/** Requests of each profile that have no answer yet. */
const underWay = new WeakMap<BrowserContext, Set<Request>>();

/**
 * Opens the app in a fresh profile, which is closed when the test ends: what a page that is left open asks for in the background
 * would come into later tests. Fails the test when the page throws.
 */
export async function openApp(
  test: TestContext,
  browser: Browser,
  origin: string,
  { as: cook, at = '/' }: Visit = {},
): Promise<Page> {
  const context = await browser.newContext({ viewport: VIEWPORTS.desktop, baseURL: origin });
  test.after(() => context.close());
  context.setDefaultTimeout(30_000);
  const requests = new Set<Request>();
  underWay.set(context, requests);
  context.on('request', (request) => requests.add(request));
  context.on('requestfinished', (request) => requests.delete(request));
  context.on('requestfailed', (request) => requests.delete(request));
  if (cook !== undefined) {
    const answer = await context.request.post('/api/auth/sign-in/email', {
      headers: { origin },
      data: { email: cook.email, password: cook.password },
    });
    if (!answer.ok()) throw new Error(`${cook.email} cannot sign in: ${await answer.text()}`);
  }
  const page = await context.newPage();
  page.on('pageerror', (error) => {
    throw error;
  });
  await page.goto(at);
  return page;
}

/** Signs in through the form. */
export async function signIn(page: Page, cook: Cook): Promise<void> {
  await page.getByLabel('E-mail').fill(cook.email);
  await page.getByLabel('Password').fill(cook.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { level: 1, name: 'What shall we cook?' }).waitFor();
}

/**
 * Ends the session of who is signed in on the page, as a long absence does: the cookie is gone, and the token has expired. The next
 * request is refused, which is the test's: the page has asked what it had to ask.
 */
export async function endSession(page: Page, kitchen: Kitchen): Promise<void> {
  const isWaiting = (): boolean => (underWay.get(page.context())?.size ?? 0) > 0;
  do {
    // What was drawn last asks in its effects, which have run when the next frame is over.
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));
  } while (isWaiting());
  await page.context().clearCookies();
  await kitchen.expireTokens();
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
