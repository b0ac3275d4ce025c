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
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(await count(page, 'reddyfit-ghosts', 'ghosts')).toBe(0);
  } finally {
    await stage.close();
  }
});
