/**
 * What every test of the web client needs: the stack that serves it, a real Chromium, photos, and a user who has come to the
 * first scan.
 */

import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { ANGLES, type Angle } from '@reddyfit/shared/names/angles';
import chromium from '@sparticuz/chromium';
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium as driver,
  type Page,
} from 'playwright-core';
import sharp from 'sharp';
import { DEMO_SCENE } from '../../fixtures/bodies/demo.ts';
import { plainCamera, takePhotos } from '../../fixtures/bodies/photo.ts';
import { readStack } from '../../local/stack/stack-file.ts';
import { openServers, type Servers } from '../e2e/servers.ts';

/** Name of the stack. */
export const INSTANCE = process.env['REDDYFIT_WEB_INSTANCE'] ?? 'web-test';

/** Size of a drawn photo (px): small, so that drawing and examining it take little time. */
const SIZE = { width: 660, height: 880 };
const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

export interface Stage {
  readonly servers: Servers;
  /** The address at which the client is served. */
  readonly address: string;
  readonly browser: Browser;
  /**
   * A page at the sign-in, with a profile of its own. English and 320 px wide by default; `prepare` runs before it is loaded.
   */
  open(options?: BrowserContextOptions, prepare?: (context: BrowserContext) => Promise<void>): Promise<Page>;
  close(): Promise<void>;
}

/**
 * Flags of the package that are meant for other machines: they switch off the same-origin policy, and let one crash end the
 * whole browser.
 */
const LAX = ['--single-process', '--disable-web-security', '--allow-running-insecure-content'];

/** The Chromium that CHROMIUM_BIN names, or else that of the package. */
export async function launch(args: readonly string[] = []): Promise<Browser> {
  const given = process.env['CHROMIUM_BIN'];
  const executablePath = given && existsSync(given) ? given : await chromium.executablePath();
  const its = chromium.args.filter((arg) => !LAX.includes(arg));
  return driver.launch({ executablePath, args: [...its, '--no-sandbox', ...args] });
}

/** `args` are for Chromium; `instance` names a running stack. */
export async function openStage(args: readonly string[] = [], instance = INSTANCE): Promise<Stage> {
  const addresses = readStack(instance);
  const servers = await openServers(addresses);
  const browser = await launch(args);
  const address = addresses.web!;
  return {
    servers,
    address,
    browser,
    async open(options = {}, prepare) {
      const context = await browser.newContext({
        locale: 'en-GB',
        viewport: { width: 320, height: 640 },
        ...options,
      });
      await prepare?.(context);
      const page = await context.newPage();
      await page.goto(address);
      return page;
    },
    async close() {
      await browser.close();
      await servers.close();
    },
  };
}

/** The WCAG rules that axe finds broken, and whether the page is wider than the screen. */
export async function faultsOf(page: Page): Promise<string[]> {
  // Evaluated by the driver, since the page's own policy blocks foreign scripts.
  const isThere = await page.evaluate(() => 'axe' in globalThis);
  if (!isThere) await page.evaluate(await readFile(axe, 'utf8'));
  return page.evaluate(`axe.run().then(({ violations }) => [
    ...violations.map(({ id, nodes }) => id + ' ' + nodes[0].html),
    ...(document.documentElement.scrollWidth > innerWidth ? ['wider than the screen'] : []),
  ])`);
}

let drawn: Promise<Record<Angle, Buffer>> | undefined;

/** Four good photos of one body; drawn once. */
export const goodPhotos = () => (drawn ??= takePhotos(DEMO_SCENE, () => plainCamera(DEMO_SCENE.body, SIZE)));

/** The same photo, far too dark. */
export const darkened = (photo: Buffer) => sharp(photo).linear(0.06, 0).jpeg().toBuffer();

let people = 0;

/**
 * Creates an account and goes through profile and consent to the first scan, in English. Calls the functions of `at` on these
 * two screens.
 */
export async function signUp(
  page: Page,
  at: { profile?: () => Promise<void>; consent?: () => Promise<void> } = {},
): Promise<string> {
  const email = `newcomer-${Date.now().toString(36)}-${++people}@reddyfit.example`;
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill('a-password');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'About you' }).waitFor();
  await at.profile?.();
  await page.getByText('male', { exact: true }).click();
  await page.getByLabel('Date of birth').fill('1990-05-17');
  await page.getByLabel('Height').fill('180');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('button', { name: 'I agree' }).waitFor();
  await at.consent?.();
  await page.getByRole('button', { name: 'I agree' }).click();
  await page.getByRole('heading', { name: 'New scan' }).waitFor();
  return email;
}

/** Chooses these photos as files. */
export async function choosePhotos(page: Page, photos: Partial<Record<Angle, Buffer>>): Promise<void> {
  for (const angle of ANGLES) {
    const buffer = photos[angle];
    if (buffer)
      await page
        .locator(`input[name=${angle}]`)
        .setInputFiles({ name: `${angle}.jpg`, mimeType: 'image/jpeg', buffer });
  }
}

/** Chooses photos, enters the weight of the body that they show, and starts the scan. */
export async function startScan(page: Page, photos: Record<Angle, Buffer>): Promise<void> {
  await choosePhotos(page, photos);
  await page.getByLabel('Weight').fill('83.1');
  await page.getByRole('button', { name: 'Start the scan' }).click();
}

/** Delays the model's answer for the insights of the next scan by `afterSeconds` (s). */
export async function delayInsights({ servers: { stack } }: Stage, afterSeconds: number): Promise<void> {
  const fault = { step: 'insights', kind: 'slow', times: 1, afterSeconds };
  const answer = await fetch(`${stack.model}/__faults`, { method: 'POST', body: JSON.stringify(fault) });
  if (!answer.ok) throw new Error(`no fault: ${answer.status} ${await answer.text()}`);
}

/** The id of the scan in the page's address. */
export const scanShown = (page: Page) => /^\/scans\/([\w-]+)$/.exec(new URL(page.url()).pathname)![1]!;

/** Waits until the scan on the page has completed. Resolves with its body fat as the page shows it. */
export async function completed(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Delete this scan' }).waitFor({ timeout: 90_000 });
  await page.locator('.result').waitFor();
  return (await page.locator('.figure').textContent())!;
}
