/** A browser without a camera, or a user who refuses access to it. */

import { expect } from 'vitest';
import { choosePhotos, faultsOf, goodPhotos, signUp } from './stage.ts';
import { it } from './staged.ts';

it('says so and leads back to choosing files', async ({ stage }) => {
  const page = await stage.open();
  await signUp(page);
  await page.getByRole('button', { name: 'Use the camera', exact: true }).click();
  await page.getByText('The camera cannot be used here. Choose photos instead.').waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await page.getByRole('button', { name: 'Choose a photo', exact: true }).click();
  await page.locator('dialog.camera').waitFor({ state: 'detached' });
  await choosePhotos(page, await goodPhotos());
  await expect.poll(() => page.locator('.tile[data-state=taken] img').count()).toBe(4);
  await page.context().close();
});
