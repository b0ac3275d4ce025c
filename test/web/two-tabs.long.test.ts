/** One scan in two tabs, and after a reload in the middle of it. */

import { paths } from '@reddyfit/shared/names/paths';
import { expect } from 'vitest';
import { completed, delayInsights, goodPhotos, signUp, startScan } from './stage.ts';
import { it } from './staged.ts';

it('shows the same scan in both, and makes one', async ({ stage }) => {
  const page = await stage.open();
  const email = await signUp(page);
  await delayInsights(stage, 8);
  await startScan(page, await goodPhotos());
  await page.locator('.figure').waitFor({ timeout: 60_000 });

  // Opened at the front door, it finds the scan that runs.
  const other = await page.context().newPage();
  await other.goto(stage.address);
  await other.locator('.figure').waitFor();
  await page.reload();
  const shown = await Promise.all([completed(page), completed(other)]);
  expect(shown[0]).toBe(shown[1]);
  expect(new URL(other.url()).search).toBe(new URL(page.url()).search);

  const { uid } = await stage.servers.auth.getUserByEmail(email);
  const scans = await stage.servers.db.collection(paths.scans()).where('userId', '==', uid).get();
  expect(scans.size).toBe(1);
  await page.context().close();
});
