/** A first scan in Chromium, from sign-up to the result; each screen without findings of axe, and at 320 px without a sideways scroll. */

import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ANGLES } from '@reddyfit/shared/names/angles';
import { paths } from '@reddyfit/shared/names/paths';
import chromium from '@sparticuz/chromium';
import { type Browser, chromium as driver, type Page } from 'playwright-core';
import { createServer, type ViteDevServer } from 'vite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DEMO_SCENE } from '../../fixtures/bodies/demo.ts';
import { plainCamera, takePhotos } from '../../fixtures/bodies/photo.ts';
import { type RunningStack, startStack } from '../../local/stack/start-stack.ts';
import { openServers, type Servers } from '../e2e/servers.ts';

const INSTANCE = process.env['REDDYFIT_WEB_INSTANCE'] ?? 'web-test';
const SIZE = { width: 660, height: 880 };
const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

let stack: RunningStack | undefined;
let site: ViteDevServer | undefined;
let browser: Browser | undefined;
let servers: Servers | undefined;

beforeAll(async () => {
  process.env['REDDYFIT_INSTANCE'] = INSTANCE;
  stack = await startStack({ instance: INSTANCE, pace: 0.01, scheduled: false });
  servers = await openServers(stack.addresses);
  const root = join(import.meta.dirname, '../../clients/web');
  site = await createServer({ root, configFile: join(root, 'vite.config.ts'), logLevel: 'error' });
  await site.listen();
  const given = process.env['CHROMIUM_BIN'];
  const executablePath = given && existsSync(given) ? given : await chromium.executablePath();
  browser = await driver.launch({ executablePath, args: [...chromium.args, '--no-sandbox'] });
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
  await servers?.close();
  await stack?.stop();
});

/** Rules of WCAG that axe finds broken, and whether the page is wider than the screen. */
async function faultsOf(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.addScriptTag({ path: axe });
  return page.evaluate(`axe.run().then(({ violations }) => [
    ...violations.map(({ id, nodes }) => id + ' ' + nodes[0].html),
    ...(document.documentElement.scrollWidth > innerWidth ? ['wider than the screen'] : []),
  ])`);
}

it('goes from sign-up to a result, and shows it again after a reload', async () => {
  const context = await browser!.newContext({ locale: 'en-GB', viewport: { width: 320, height: 640 } });
  const page = await context.newPage();
  await page.goto(site!.resolvedUrls!.local[0]!);

  await page.getByLabel('E-mail').fill('newcomer@reddyfit.example');
  expect(await faultsOf(page)).toEqual([]);
  await page.getByLabel('Password').fill('a-password');
  await page.getByRole('button', { name: 'Sign in' }).click();

  await page.getByRole('heading', { name: 'About you' }).waitFor();
  const { uid } = await servers!.auth.getUserByEmail('newcomer@reddyfit.example');
  await servers!.db.doc(paths.account(uid)).set({ scanCredits: 1 });
  expect(await faultsOf(page)).toEqual([]);
  await page.getByLabel('male', { exact: true }).check();
  await page.getByLabel('Date of birth').fill('1990-05-17');
  await page.getByLabel('Height').fill('180');
  await page.getByRole('button', { name: 'Save' }).click();

  await page.getByRole('heading', { name: 'Your consent' }).waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await page.getByRole('button', { name: 'I agree' }).click();

  await page.getByRole('heading', { name: 'New scan' }).waitFor();
  expect(await faultsOf(page)).toEqual([]);
  const photos = await takePhotos(DEMO_SCENE, () => plainCamera(DEMO_SCENE.body, SIZE));
  for (const angle of ANGLES)
    await page
      .getByLabel(angle)
      .setInputFiles({ name: `${angle}.jpg`, mimeType: 'image/jpeg', buffer: photos[angle] });
  await page.getByLabel('Weight').fill('83.1');
  await page.getByRole('button', { name: 'Start the scan' }).click();

  await page.locator('[data-step=insights][data-state=completed]').waitFor({ timeout: 60_000 });
  expect(await page.locator('.figure').textContent()).toMatch(/^\d+\.\d%$/);
  await page.getByRole('button', { name: 'New scan' }).waitFor();
  expect(await faultsOf(page)).toEqual([]);
  const shown = await page.locator('.figure').textContent();
  await page.reload();
  await page.locator('.figure').waitFor();
  expect(await page.locator('.figure').textContent()).toBe(shown);

  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  expect(page.url()).not.toContain('scan=');
  await context.close();
});
