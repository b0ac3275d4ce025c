/**
 * `npm run screens`: takes a picture of each screen of the web client and of the operator's desk, on a running stack (`npm
 * start -- --no-demo`).
 */

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import type { BrowserContext, Page } from 'playwright-core';
import sharp from 'sharp';
import { demoUser } from '../../fixtures/seed/people.ts';
import { defaultInstance, readStack } from '../../local/stack/stack-file.ts';
import { wholeNumber } from '../../ops/numbers.ts';
import { repositoryRoot } from '../../repository.ts';
import { choosePhotos, completed, darkened, goodPhotos, launch, signUp, startScan } from './stage.ts';

const { instance, out, width, height, dark, whole, desk } = new Command('npm run screens --')
  .description('Takes a picture of each screen of the web client.')
  .option('--instance <name>', 'which running stack', defaultInstance)
  .option('--out <folder>', 'where they go', join(repositoryRoot, 'docs/screens'))
  .option('--width <px>', 'of the screen', wholeNumber(100, 10_000), 390)
  .option('--height <px>', 'of the screen', wholeNumber(100, 10_000), 780)
  .option('--dark', 'as at night', false)
  .option('--desk', "the operator's desk alone, which shows what scans there are", false)
  .option('--whole', 'the whole page instead of what fits the screen', false)
  .parse()
  .opts<{
    instance: string;
    out: string;
    width: number;
    height: number;
    dark: boolean;
    whole: boolean;
    desk: boolean;
  }>();

const web = (() => {
  const { web: served } = readStack(instance);
  if (served === undefined) throw new Error('this stack serves no web client');
  return served;
})();

/** The desk is a wide page, so it gets a wider window. */
const DESK = { width: 1100, height: 760 };

const suffix = dark ? '-dark' : '';
async function take(page: Page, name: string): Promise<void> {
  const png = await page.screenshot({ fullPage: whole, animations: 'disabled' });
  await sharp(png)
    .webp({ quality: 70 })
    .toFile(join(out, `${name}${suffix}.webp`));
  process.stdout.write(`${name}${suffix}\n`);
}

await mkdir(out, { recursive: true });
const photos = await goodPhotos();
// The camera shows the mannequin of the photos.
const folder = await mkdtemp(join(tmpdir(), 'reddyfit-screens-'));
const film = join(folder, 'film.mjpeg');
await writeFile(film, Buffer.concat(Array.from({ length: 10 }, () => photos.front)));
const browser = await launch([
  '--use-fake-ui-for-media-stream',
  '--use-fake-device-for-media-stream',
  `--use-file-for-fake-video-capture=${film}`,
]);
try {
  if (!desk) await clientScreens();
  await deskScreens(await browser.newContext({ viewport: DESK, colorScheme: dark ? 'dark' : 'light' }));
} finally {
  await browser.close();
  await rm(folder, { recursive: true, force: true });
}

/** Screens of the web client: by a new user, then by a user with a history. */
async function clientScreens(): Promise<void> {
  const context = await browser.newContext({
    locale: 'en-GB',
    viewport: { width, height },
    colorScheme: dark ? 'dark' : 'light',
  });
  const page = await context.newPage();
  await page.goto(web);
  await page.getByLabel('E-mail').waitFor();
  await take(page, 'sign-in');
  await signUp(page, {
    profile: () => take(page, 'profile'),
    consent: () => take(page, 'consent'),
  });
  await page.getByRole('link', { name: 'History' }).click();
  await page.locator('.empty').waitFor();
  await take(page, 'history-empty');
  await page.getByRole('link', { name: 'Scan' }).click();
  await take(page, 'new-scan');

  await choosePhotos(page, { front: photos.front, left: await darkened(photos.left) });
  await page.locator('.doubts').waitFor({ timeout: 60_000 });
  await page.locator('.doubts').scrollIntoViewIfNeeded();
  await take(page, 'doubtful');
  await page.evaluate('scrollTo(0, 0)');
  await startScan(page, { ...photos, left: await darkened(photos.left) });
  await page.locator('.faults').waitFor({ timeout: 60_000 });
  await take(page, 'retake');
  await choosePhotos(page, { left: photos.left });
  await page.getByRole('button', { name: 'Send again' }).click();
  await page.locator('[data-step=estimation][data-state=running]').waitFor({ timeout: 60_000 });
  await take(page, 'running');
  await completed(page);
  await page.evaluate('scrollTo(0, 0)');
  await take(page, 'result');
  await page.locator('.figures').nth(1).scrollIntoViewIfNeeded();
  await take(page, 'result-plans');
  await page.getByRole('button', { name: 'New scan' }).click();
  await page.getByRole('button', { name: 'Use the camera', exact: true }).click();
  await page.locator('[data-hint=hintGood]').waitFor({ timeout: 60_000 });
  await take(page, 'camera');
  await page.getByRole('button', { name: 'Close' }).click();
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('button', { name: 'Sign out' }).waitFor();
  await take(page, 'settings');
  await page.getByRole('button', { name: 'Sign out' }).click();

  await page.getByLabel('E-mail').fill(demoUser.email);
  await page.getByLabel('Password').fill(demoUser.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('link', { name: 'History' }).click();
  await page.locator('.trend').first().waitFor();
  await take(page, 'history');
}

/** Screens of the desk: by an operator, then by an auditor, who see what the web client's screens have made. */
async function deskScreens(context: BrowserContext): Promise<void> {
  const page = await context.newPage();
  const signIn = async (role: 'operator' | 'auditor') => {
    await page.goto(`${web}/operator`);
    await page.getByLabel('E-mail').fill(`${role}@reddyfit.example`);
    await page.getByLabel('Password').fill('demo-password');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Find scans' }).waitFor();
  };
  await signIn('operator');
  await page.getByLabel('By').selectOption('Slower than (s), slowest first');
  await page.getByLabel('Value').fill('0');
  await page.getByRole('button', { name: 'Find' }).click();
  await page.getByRole('region', { name: 'Scans that were found' }).waitFor();
  await page.getByRole('button', { name: 'Choose all shown' }).click();
  await page.getByRole('combobox', { name: 'Do', exact: true }).selectOption('Begin again at no cost');
  await page.getByRole('button', { name: 'Preview' }).click();
  await page.getByText('Nothing is done yet').waitFor();
  await page.evaluate('scrollTo(0, 0)');
  await take(page, 'desk-find');
  await page.getByText('Nothing is done yet').scrollIntoViewIfNeeded();
  await take(page, 'desk-many');
  await page
    .getByRole('region', { name: 'Scans that were found' })
    .getByRole('row', { name: 'completed' })
    .first()
    .getByRole('link')
    .click();
  await page.getByRole('heading', { name: 'Steps' }).waitFor();
  await take(page, 'desk-scan');
  await page.getByRole('link', { name: 'Watch' }).click();
  await page.getByRole('heading', { name: 'Task queues' }).waitFor();
  await take(page, 'desk-watch');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await signIn('auditor');
  await page.getByRole('link', { name: 'Who saw what' }).click();
  await page.getByLabel('From the day').fill('2026-01-01');
  await page.getByLabel('To before the day').fill('2099-01-01');
  await page.getByRole('button', { name: 'Show' }).click();
  await page.getByRole('button', { name: 'Sign an export' }).waitFor();
  await take(page, 'desk-audit');
  await page.getByRole('link', { name: 'Chains' }).click();
  await page.getByRole('button', { name: 'Verify all chains and anchors' }).click();
  await page.getByText('All of it is whole.').waitFor({ timeout: 60_000 });
  await take(page, 'desk-chains');
  await context.close();
}
