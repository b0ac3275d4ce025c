/**
 * How long a person who has never seen the web client takes from its address to a result, with four photos at hand.
 *
 *     npm run bench:first-result
 *
 * A script acts for the person, on a stack of its own at pace 0.02, in Chromium at the size of a phone. It reads every word of each
 * screen before it does anything, types as people type on phones, and needs a while for each tap. Prints the seconds of each screen,
 * of the whole, and what they went into; exits with 1 when the body fat comes after more than 90 s.
 */

import { setTimeout as wait } from 'node:timers/promises';
import { ANGLES } from '@reddyfit/shared/names/angles';
import { Command } from 'commander';
import type { Locator, Page } from 'playwright-core';
import { interruption } from '../local/stack/interruption.ts';
import { instanceDir } from '../local/stack/stack-file.ts';

const BAR_SECONDS = 90;

/** Words that adults read in a minute, silently (Brysbaert 2019, a mean of 190 studies). */
const WORDS_A_MINUTE = 238;

/** Time of a letter on a phone (ms): 36 words of five letters a minute (Palin et al. 2019, 37,000 people). */
const LETTER_MS = 333;

/** Finding a control and tapping it (ms), and finding a photo among those of the phone. Both are assumed. */
const TAP_MS = 1000;
const PICK_MS = 3000;

/** What the person's time went into (ms). */
const spent = { reading: 0, typing: 0, tapping: 0 };

new Command('npm run bench:first-result --')
  .description(
    "Goes from the web client's address to a first result as a person would, and prints the seconds.",
  )
  .parse();

// Not the stack of the tests of the web client, which may run at another pace; the stage reads the name when it is imported.
process.env['REDDYFIT_WEB_INSTANCE'] ??= 'first-result';
const { choosePhotos, goodPhotos, INSTANCE, openStage } = await import('../test/web/stage.ts');
const { default: startOwnStack } = await import('../test/web/stack-setup.ts');

const interrupted = interruption(instanceDir(INSTANCE), () =>
  console.error('\nStopping; Ctrl-C again to force'),
);
const stop = await startOwnStack();
const photos = await goodPhotos();
const stage = await openStage();
try {
  const page = await stage.open({ viewport: { width: 390, height: 780 } });
  const began = performance.now();
  let before = began;
  const lap = (screen: string) => {
    const now = performance.now();
    console.log(`${screen.padEnd(12)} ${((now - before) / 1000).toFixed(1).padStart(6)} s`);
    before = now;
  };

  await page.getByLabel('E-mail').waitFor();
  await read(page);
  await type(page.getByLabel('E-mail'), `${Date.now().toString(36)}@mail.example`);
  await type(page.getByLabel('Password'), 'a-password');
  await tap(page.getByRole('button', { name: 'Sign in' }));
  await page.getByRole('heading', { name: 'About you' }).waitFor();
  lap('sign-in');

  await read(page);
  await tap(page.getByText('male', { exact: true }));
  // A phone has a wheel for each part of a date.
  await spend('tapping', 3 * TAP_MS);
  await page.getByLabel('Date of birth').fill('1990-05-17');
  await type(page.getByLabel('Height'), '180');
  await tap(page.getByRole('button', { name: 'Save' }));
  await page.getByRole('button', { name: 'I agree' }).waitFor();
  lap('profile');

  await read(page);
  await tap(page.getByRole('button', { name: 'I agree' }));
  await page.getByRole('heading', { name: 'New scan' }).waitFor();
  lap('consent');

  await read(page);
  for (const angle of ANGLES) {
    // oxlint-disable-next-line no-await-in-loop -- a person does one after another
    await spend('tapping', TAP_MS + PICK_MS);
    // oxlint-disable-next-line no-await-in-loop -- as above
    await choosePhotos(page, { [angle]: photos[angle] });
  }
  await type(page.getByLabel('Weight'), '83.1');
  await tap(page.getByRole('button', { name: 'Start the scan' }));
  lap('photos');

  await page.locator('.figure').waitFor({ timeout: 120_000 });
  lap('body fat');
  const seconds = (performance.now() - began) / 1000;
  const parts = Object.entries(spent).map(([on, ms]) => [on, ms / 1000] as const);
  const waited = seconds - parts.reduce((sum, [, part]) => sum + part, 0);
  await page.getByRole('button', { name: 'Delete this scan' }).waitFor({ timeout: 120_000 });
  lap('all of it');
  const said = [...parts, ['waiting for the page', waited] as const].map(
    ([on, part]) => `${on} ${part.toFixed(1)} s`,
  );
  console.log(`\n${said.join(', ')}`);
  console.log(`From the address to the body fat: ${seconds.toFixed(1)} s (bar ${BAR_SECONDS} s)`);
  process.exitCode = seconds <= BAR_SECONDS ? 0 : 1;
} catch (error) {
  if (!interrupted.signal.aborted) throw error;
  process.exitCode = interrupted.exitCode();
} finally {
  await stage.close();
  await stop?.();
  interrupted.dispose();
}

/** Reads all that the screen says. */
async function read(page: Page): Promise<void> {
  const words = await page.evaluate<number>("document.querySelector('main').innerText.match(/\\S+/g).length");
  await spend('reading', (words / WORDS_A_MINUTE) * 60_000);
}

async function tap(control: Locator): Promise<void> {
  await spend('tapping', TAP_MS);
  await control.click();
}

async function type(field: Locator, text: string): Promise<void> {
  await tap(field);
  for (const letter of text) {
    // oxlint-disable-next-line no-await-in-loop -- a person types one after another
    await spend('typing', LETTER_MS);
    // oxlint-disable-next-line no-await-in-loop -- as above
    await field.press(letter);
  }
}

async function spend(on: keyof typeof spent, ms: number): Promise<void> {
  spent[on] += ms;
  await wait(ms, undefined, { signal: interrupted.signal });
}
