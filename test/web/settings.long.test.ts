/** Units, language, lock screen, consent, export, sign-out and deletion. */

import { SCAN_CONSENT } from '@reddyfit/shared/account/users';
import { paths } from '@reddyfit/shared/names/paths';
import { expect } from 'vitest';
import { darkened, goodPhotos, signUp, startScan } from './stage.ts';
import { it } from './staged.ts';

it('keeps what is chosen, gives the data out, and leaves nothing behind', async ({ stage }) => {
  const page = await stage.open();
  const email = await signUp(page);
  const { uid } = await stage.servers.auth.getUserByEmail(email);
  const fieldsOf = async (path: string) => (await stage.servers.db.doc(path).get()).data();

  // The photos of this scan are kept on the device for a retake.
  const photos = await goodPhotos();
  await startScan(page, { ...photos, left: await darkened(photos.left) });
  await page.locator('.faults').waitFor({ timeout: 90_000 });
  const ledger = () =>
    page.evaluate<number>(`new Promise((resolve, reject) => {
      const opened = indexedDB.open('reddyfit-uploads');
      opened.onerror = () => reject(opened.error);
      opened.onsuccess = () => {
        const count = opened.result.transaction('ledger').objectStore('ledger').count();
        count.onsuccess = () => { opened.result.close(); resolve(count.result); };
      };
    })`);
  expect(await ledger()).toBeGreaterThan(0);

  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByLabel('Units').selectOption('imperial');
  await page.getByLabel('Height (ft)').waitFor();
  expect(await page.getByLabel('Height (ft)').inputValue()).toBe('5');
  await page.getByText('Keep numbers off the lock screen').click();
  await page.getByLabel('Language').selectOption('es');
  await page.getByRole('heading', { name: 'Ajustes' }).waitFor();
  await expect
    .poll(() => fieldsOf(paths.user(uid)))
    .toMatchObject({ units: 'imperial', pushPreview: 'private', locale: 'es' });
  await page.getByLabel('Idioma').selectOption('en');
  await page.getByRole('heading', { name: 'Settings' }).waitFor();

  await page.getByRole('button', { name: 'Get a copy of my data' }).click();
  const address = await page.getByRole('link', { name: 'Download' }).getAttribute('href');
  expect(await (await fetch(address!)).text()).toContain(uid);

  await page.getByRole('button', { name: 'Withdraw consent' }).click();
  await page.getByText('You have not agreed to an analysis').waitFor();
  expect(await fieldsOf(paths.consent(uid, SCAN_CONSENT))).toMatchObject({ granted: false });
  await page.getByRole('link', { name: 'Scan' }).click();
  await page.getByRole('button', { name: 'I agree' }).waitFor();

  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  expect(await ledger()).toBe(0);
  expect(await page.evaluate<number>('localStorage.length + sessionStorage.length')).toBe(0);

  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill('a-password');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('button', { name: 'Delete my account' }).click();
  await page.getByRole('button', { name: 'Delete for good' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor({ timeout: 60_000 });
  await expect(stage.servers.auth.getUser(uid)).rejects.toMatchObject({ code: 'auth/user-not-found' });
  await page.context().close();
});
