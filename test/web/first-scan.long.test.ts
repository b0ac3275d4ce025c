/** A first scan, from sign-up to the result; each screen without findings of axe, and at 320 px without a sideways scroll. */

import { afterAll, beforeAll, expect, it } from 'vitest';
import { completed, faultsOf, goodPhotos, openStage, signUp, type Stage, startScan } from './stage.ts';

let stage: Stage | undefined;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage?.close());

it('goes from sign-up to a result, and shows it again after a reload', async () => {
  const page = await stage!.open();
  const expectNoFaults = async () => expect(await faultsOf(page)).toEqual([]);
  await page.getByLabel('E-mail').waitFor();
  await expectNoFaults();
  // With no credit but those that this machine gives to whoever is new.
  await signUp(page, { profile: expectNoFaults, consent: expectNoFaults });
  await expectNoFaults();
  await startScan(page, await goodPhotos());

  const shown = await completed(page);
  expect(shown).toMatch(/^\d+\.\d%$/);
  await page.locator('[data-step=insights][data-state=completed]').waitFor({ state: 'attached' });
  await expectNoFaults();
  await page.reload();
  expect(await completed(page)).toBe(shown);

  await page.getByRole('link', { name: 'History' }).click();
  await page.locator('.list').getByText(shown).waitFor();
  await expectNoFaults();
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('button', { name: 'Sign out' }).waitFor();
  await expectNoFaults();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  expect(page.url()).not.toContain('scan=');
  await page.context().close();
});
