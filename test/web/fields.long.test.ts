/**
 * Fields of a form: a number is taken as its reader writes it, with the separator of another language and digits of another script, too, and
 * nothing but typing changes it; what is missing or out of bounds is said in the page's words, stays beside its field, and leads there.
 */

import { paths } from '@reddyfit/shared/names/paths';
import { de } from '@reddyfit/shared/words/app/de';
import { type AppWords, en } from '@reddyfit/shared/words/app/en';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { choosePhotos, faultsOf, goodPhotos, scanShown, signUp } from './stage.ts';
import { it } from './staged.ts';

/** The field that has the focus: whether it is called invalid, and the text that it is described by. */
const FOCUSED = `(() => {
  const field = document.activeElement;
  const by = field.getAttribute('aria-describedby')?.split(' ') ?? [];
  return {
    label: field.labels?.[0]?.textContent,
    invalid: field.getAttribute('aria-invalid'),
    said: by.map((id) => document.getElementById(id)?.textContent).join(' '),
  };
})()`;
const focused = (page: Page) => page.evaluate<{ label: string; invalid: string; said: string }>(FOCUSED);

let people = 0;

// The browser itself is English; `mr` writes numbers with digits of Devanagari where nobody asks for others.
it.for<[locale: string, words: AppWords, typed: string, shown: string]>([
  ['en-GB', en, '180.5', '180.5'],
  ['en-GB', en, '180,5', '180.5'],
  ['de-DE', de, '180,5', '180,5'],
  ['de-DE', de, '180.5', '180,5'],
  ['mr-IN', en, '180.5', '180.5'],
])('in %s a height may be typed, %#', async ([locale, words, typed, shown], { stage }) => {
  const page = await stage.open({ locale });
  const email = `fields-${Date.now().toString(36)}-${++people}@reddyfit.example`;
  await page.getByLabel(words.email).fill(email);
  await page.getByLabel(words.password).fill('a-password');
  await page.getByRole('button', { name: words.signIn }).click();
  await page.getByRole('heading', { name: words.profile }).waitFor();
  const { uid } = await stage.servers.auth.getUserByEmail(email);
  const profile = async () => (await stage.servers.db.doc(paths.user(uid)).get()).data();
  const save = page.getByRole('button', { name: words.save });
  const faults = page.locator('.fault');

  await save.click();
  expect(await faults.allTextContents()).toEqual([words.needed, words.needed, words.needed]);
  expect(await focused(page)).toEqual({ label: words.female, invalid: 'true', said: words.needed });
  expect(await page.getByRole('alert').count()).toBe(3);
  expect(await faultsOf(page)).toEqual([]);
  // Any of the choices is one.
  await page.getByText(words.male, { exact: true }).click();
  const birthDate = page.getByLabel(words.birthDate);
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'long' }).format(new Date(1905, 0, 1));
  const expected = words.dateBetween.replace('{low}', day);
  for (const never of ['0090-05-17', '2990-05-17']) {
    await birthDate.fill(never);
    await expect.poll(() => faults.allTextContents()).toEqual([expected, words.needed]);
  }
  await birthDate.fill('1990-05-17');
  await expect.poll(() => faults.allTextContents()).toEqual([words.needed]);

  const height = page.getByLabel(words.height);
  await height.focus();
  await page.keyboard.type('300');
  await page.keyboard.press('Enter');
  const between = words.between.replace('{low}', '100').replace('{high}', '250');
  await page.getByRole('alert').filter({ hasText: between }).waitFor();
  expect(await focused(page)).toEqual({ label: words.height, invalid: 'true', said: between });
  expect(await height.inputValue()).toBe('300');
  expect(await faultsOf(page)).toEqual([]);
  expect(await profile()).toBeUndefined();

  // The number is selected, so that what is typed takes its place.
  await page.keyboard.type(typed);
  expect(await height.inputValue()).toBe(shown);
  await expect.poll(() => faults.count()).toBe(0);
  // Left, it is written anew, in digits that may be typed on.
  await height.blur();
  expect(await height.inputValue()).toBe(shown);
  await height.press('Enter');
  await page.getByRole('heading', { name: words.consent }).waitFor();
  // The page shows what it has written before the server has it.
  await expect.poll(profile).toMatchObject({ sex: 'male', birthDate: '1990-05-17', heightCm: 180.5 });
  await page.context().close();
});

it('a weight is taken however it is typed or pasted, and only that changes it', async ({ stage }) => {
  const page = await stage.open();
  const email = await signUp(page);
  const weight = page.getByLabel(en.weight);
  const put = async (text: string) => {
    await weight.selectText();
    await page.keyboard.insertText(text);
    return weight.inputValue();
  };
  for (const text of [' 83,1 ', '83.1 kg', '८३.१', '٨٣٫١', '８３，１'])
    expect(await put(text), text).toBe('83.1');
  // There are two numbers, or a fraction.
  for (const text of ['5 ft 11', '80-85', '1e2', '90½']) expect(await put(text), text).toBe('83.1');
  for (const key of ['Home', 'End', 'ArrowUp', 'ArrowDown', 'Shift+ArrowUp', 'PageDown'])
    await weight.press(key);
  await weight.hover();
  await page.mouse.wheel(0, 120);
  expect(await weight.inputValue()).toBe('83.1');
  const devtools = await page.context().newCDPSession(page);
  await weight.selectText();
  for (const key of '९०') {
    await devtools.send('Input.dispatchKeyEvent', { type: 'keyDown', key, text: key });
    await devtools.send('Input.dispatchKeyEvent', { type: 'keyUp', key });
  }
  expect(await weight.inputValue()).toBe('90');

  // What is no number is not the one that was there before.
  expect(await put(',')).toBe('.');
  await page.getByRole('button', { name: en.start }).click();
  await expect.poll(() => page.locator('.field .fault').allTextContents()).toEqual([en.needed]);

  // Another device changes the language while somebody types, and then the units: the number stays, but in no other unit.
  const { uid } = await stage.servers.auth.getUserByEmail(email);
  const profile = stage.servers.db.doc(paths.user(uid));
  await profile.update({ locale: 'de-DE' });
  const german = page.getByLabel(de.weight);
  await german.fill('83,1');
  await german.focus();
  await profile.update({ locale: 'en-GB' });
  await weight.waitFor();
  expect(await weight.inputValue()).toBe('83.1');
  await weight.focus();
  await weight.blur();
  expect(await weight.inputValue()).toBe('83.1');
  await profile.update({ units: 'imperial' });
  const pounds = page.getByLabel(en.weightLb);
  await pounds.waitFor();
  expect(await pounds.inputValue()).toBe('');
  await page.context().close();
});

it('a scan without photos is not begun, and each photo that is missing says so until it is chosen', async ({
  stage,
}) => {
  const page = await stage.open();
  await signUp(page);
  const missing = page.locator('.tile .fault');
  await page.getByRole('button', { name: 'Start the scan' }).click();
  await expect.poll(() => missing.allTextContents()).toEqual(Array.from({ length: 4 }, () => en.choose));
  expect(await focused(page)).toMatchObject({ invalid: 'true', said: en.choose });
  expect(await page.evaluate<string>('document.activeElement.name')).toBe('front');
  expect(await faultsOf(page)).toEqual([]);

  await choosePhotos(page, await goodPhotos());
  await expect.poll(() => missing.count()).toBe(0);
  expect(await page.locator('.tile [aria-invalid]').count()).toBe(0);
  await page.getByLabel('Weight').focus();
  await page.keyboard.type('83,1');
  await page.getByRole('button', { name: 'Start the scan' }).click();
  await page.waitForURL(/\/scans\//, { timeout: 60_000 });
  const scan = stage.servers.db.doc(paths.scan(scanShown(page)));
  await expect.poll(async () => (await scan.get()).data()).toMatchObject({ weightKg: 83.1 });
  await page.context().close();
});
