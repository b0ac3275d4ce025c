/** A scan is rejected for one photo: only that photo is taken again, and the others are sent again unchanged. */

import { paths } from '@reddyfit/shared/names/paths';
import { expect } from 'vitest';
import {
  choosePhotos,
  completed,
  darkened,
  faultsOf,
  goodPhotos,
  signUp,
  startScan,
  scanShown,
} from './stage.ts';
import { it } from './staged.ts';

it('takes only the photo that was rejected again, after a reload, too', async ({ stage }) => {
  const page = await stage.open();
  await signUp(page);
  const photos = await goodPhotos();
  await startScan(page, { ...photos, left: await darkened(photos.left) });

  const left = page.locator('.tile[data-angle=left]');
  await left.locator('.faults').waitFor({ timeout: 90_000 });
  expect(await left.locator('.faults').textContent()).toMatch(/left photo is too dark/);
  expect(await page.locator('.tile[data-state=stays]').count()).toBe(3);
  expect(await faultsOf(page)).toEqual([]);
  const rejected = scanShown(page);

  await page.reload();
  await left.locator('.faults').waitFor();
  expect(await page.locator('.tile[data-state=stays] img').count()).toBe(3);
  expect(await page.getByLabel('Weight').inputValue()).toBe('83.1');
  await choosePhotos(page, { left: photos.left });
  await page.getByRole('button', { name: 'Send again' }).click();
  expect(await completed(page)).toMatch(/^\d+\.\d%$/);

  const scanId = scanShown(page);
  expect(scanId).not.toBe(rejected);
  const [before, after] = await Promise.all(
    [rejected, scanId].map(async (id) => (await stage.servers.db.doc(paths.scan(id)).get()).data()!),
  );
  expect(after!['uploads']['front']).toEqual(before!['uploads']['front']);
  expect(after!['uploads']['left']).not.toEqual(before!['uploads']['left']);
  await page.context().close();
});
