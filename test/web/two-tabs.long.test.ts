/** One scan in two tabs, and after a reload in the middle of it. */

import { scanWebLink } from '@reddyfit/shared/names/ids';
import { paths } from '@reddyfit/shared/names/paths';
import { expect } from 'vitest';
import { completed, delayInsights, goodPhotos, signUp, startScan, scanShown } from './stage.ts';
import { it } from './staged.ts';

it('shows the same scan in both, and makes one', async ({ stage }) => {
  const page = await stage.open();
  const email = await signUp(page);
  await delayInsights(stage, 8);
  await startScan(page, await goodPhotos());
  await page.locator('.figure').waitFor({ timeout: 60_000 });

  // Opened at its start page, the client finds the running scan.
  const other = await page.context().newPage();
  await other.goto(stage.address);
  await other.locator('.figure').waitFor();
  await page.reload();
  const shown = await Promise.all([completed(page), completed(other)]);
  expect(shown[0]).toBe(shown[1]);
  expect(scanShown(other)).toBe(scanShown(page));

  // The link of a push, opened in a window of its own.
  const pushed = await page.context().newPage();
  await pushed.goto(scanWebLink(stage.address, scanShown(page)));
  expect(await completed(pushed)).toBe(shown[0]);

  const { uid } = await stage.servers.auth.getUserByEmail(email);
  const scans = await stage.servers.db.collection(paths.scans()).where('userId', '==', uid).get();
  expect(scans.size).toBe(1);
  await page.context().close();
});
