/** The photos of the last scan, shown in the camera, and the photos that remain on the device. */

import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { completed, faultsOf, goodPhotos, openStage, signUp, startScan } from './stage.ts';
import { it } from './staged.ts';

/** The number of entries in a store of IndexedDB. */
const count = (page: Page, database: string, store: string) =>
  page.evaluate<number>(`new Promise((resolve, reject) => {
    const opened = indexedDB.open('${database}');
    opened.onerror = () => reject(opened.error);
    opened.onsuccess = () => {
      const counted = opened.result.transaction('${store}').objectStore('${store}').count();
      counted.onsuccess = () => { opened.result.close(); resolve(counted.result); };
    };
  })`);

/** Records, also for the page that is loaded next, which of the page's own databases are used. */
const USED = `{
  const { transaction } = IDBDatabase.prototype;
  IDBDatabase.prototype.transaction = function (...of) {
    if (this.name.startsWith('reddyfit-')) sessionStorage.used = (sessionStorage.used ?? '') + this.name + ' ';
    return transaction.apply(this, of);
  };
}`;

it('shows them to the same user only, and keeps no photo that was sent', { timeout: 180_000 }, async () => {
  const stage = await openStage(['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream']);
  try {
    const page = await stage.open();
    await signUp(page);
    await startScan(page, await goodPhotos());
    await completed(page);
    expect(await count(page, 'reddyfit-uploads', 'ledger')).toBe(0);
    await expect.poll(() => count(page, 'reddyfit-ghosts', 'ghosts')).toBe(4);

    await page.getByRole('button', { name: 'New scan' }).click();
    await page.getByRole('button', { name: 'Use the camera', exact: true }).click();
    await page.locator('.stage .ghost').waitFor();
    expect(await faultsOf(page)).toEqual([]);
    await page.getByText('Show last time’s photo').click();
    expect(await page.locator('.stage .ghost').count()).toBe(0);
    await page.getByRole('button', { name: 'Close' }).click();

    await page.getByRole('link', { name: 'Settings' }).click();
    const signOut = page.getByRole('button', { name: 'Sign out' });
    await signOut.waitFor();
    await page.evaluate(USED);
    await signOut.click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    // Before anything else, so that no reload comes first.
    expect(await page.evaluate<string>('sessionStorage.used')).toMatch(/^reddyfit-ghosts /);
    expect(await count(page, 'reddyfit-ghosts', 'ghosts')).toBe(0);
  } finally {
    await stage.close();
  }
});
