/** A scan on a second device, and a page whose user has signed out in another tab. */

import { expect } from 'vitest';
import { completed, delayInsights, goodPhotos, scanShown, signUp, startScan } from './stage.ts';
import { it } from './staged.ts';

it('shows a running scan on a second device, and its end', async ({ stage }) => {
  const page = await stage.open();
  const email = await signUp(page);
  // A context of its own has none of the first one's storage. It signs in before, which takes time on a busy machine.
  const other = await stage.open({ viewport: { width: 1280, height: 800 } });
  await other.getByLabel('E-mail').fill(email);
  await other.getByLabel('Password').fill('a-password');
  await other.getByRole('button', { name: 'Sign in' }).click();
  await other.getByRole('heading', { name: 'New scan' }).waitFor();
  await delayInsights(stage, 20);
  await startScan(page, await goodPhotos());
  await page.locator('.figure').waitFor({ timeout: 60_000 });

  await other.goto(stage.address);
  await other.locator('[data-step=insights][data-state=running]').waitFor();
  expect(await other.getByRole('button', { name: 'Cancel the scan' }).count()).toBe(1);
  const ended = await Promise.all([completed(page), completed(other)]);
  expect(ended[0]).toBe(ended[1]);
  expect(scanShown(other)).toBe(scanShown(page));
  for (const each of [page, other]) await each.context().close();
});

it('shows nothing of a user who has signed out in another tab to the next one', async ({ stage }) => {
  const page = await stage.open();
  await signUp(page);
  await startScan(page, await goodPhotos());
  const bodyFat = await completed(page);

  const other = await page.context().newPage();
  await other.goto(stage.address);
  await other.getByRole('link', { name: 'Settings' }).click();
  await other.getByRole('button', { name: 'Sign out' }).click();
  await other.getByRole('heading', { name: 'Sign in' }).waitFor();

  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await expect.poll(() => new URL(page.url()).pathname).toBe('/');
  // The next user comes to a first scan, on a page that has been loaded anew.
  await signUp(page);
  expect(await page.getByText(bodyFat).count()).toBe(0);
  await page.getByRole('link', { name: 'History' }).click();
  await page.getByText('There are no scans yet').waitFor();
  await page.context().close();
});
