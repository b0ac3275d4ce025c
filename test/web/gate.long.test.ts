/** The photo gate in the browser: it judges a photo before a byte of it is sent, and never blocks the user. */

import { expect } from 'vitest';
import { choosePhotos, completed, darkened, faultsOf, goodPhotos, signUp } from './stage.ts';
import { it } from './staged.ts';

it('says what is wrong with a photo that was chosen, and takes it all the same', async ({ stage }) => {
  const page = await stage.open();
  const sent: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'PUT') sent.push(request.url());
  });
  await signUp(page);
  const photos = await goodPhotos();
  await choosePhotos(page, { front: photos.back, left: await darkened(photos.left), right: photos.right });
  const doubts = (angle: string) => page.locator(`.tile[data-angle=${angle}] .doubts`);
  await doubts('front').waitFor({ timeout: 60_000 });
  expect(await doubts('front').textContent()).toMatch(/^The front photo shows/);
  await doubts('left').waitFor();
  expect(await doubts('left').textContent()).toMatch(/left photo is too dark/);
  expect(await doubts('right').count()).toBe(0);
  expect(await faultsOf(page)).toEqual([]);
  expect(sent).toEqual([]);

  // Four good photos raise no doubts.
  await choosePhotos(page, photos);
  await expect.poll(() => page.locator('.tile[data-state=taken] img').count()).toBe(4);
  expect(await page.locator('.doubts').count()).toBe(0);
  await page.context().close();
});

it('is no hindrance where its networks cannot be loaded', async ({ stage }) => {
  const page = await stage.open({}, async (context) => {
    await context.route(/\.bin$/, (route) => route.abort());
  });
  await signUp(page);
  const photos = await goodPhotos();
  await choosePhotos(page, photos);
  await page.getByLabel('Weight').fill('83.1');
  await page.getByRole('button', { name: 'Start the scan' }).click();
  expect(await completed(page)).toMatch(/^\d+\.\d%$/);
  await page.context().close();
});
