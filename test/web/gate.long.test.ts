/** The photo gate in the browser: it judges a photo before a byte of it is sent, and never blocks the user. */

import { LONG_EDGE_PX } from '@reddyfit/shared/gate/size';
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

it('has warmed up before it says that it is ready', async ({ stage }) => {
  // Records what the gate's worker does before its first message, which says that the networks are loaded.
  const page = await stage.open({}, async (context) => {
    await context.addInitScript(`{
      const Real = Worker;
      globalThis.gate = [];
      globalThis.Worker = class extends Real {
        constructor(...given) {
          super(...given);
          this.addEventListener('message', ({ data }) => gate.push(data));
        }
      };
    }`);
    await context.route(/gate-worker-[\w-]+\.js$/, async (route) => {
      const answer = await route.fetch();
      const body = `{
        const drawn = [];
        const { getImageData } = OffscreenCanvasRenderingContext2D.prototype;
        OffscreenCanvasRenderingContext2D.prototype.getImageData = function (x, y, width, height) {
          drawn.push(width + '×' + height);
          return getImageData.call(this, x, y, width, height);
        };
        const say = self.postMessage.bind(self);
        self.postMessage = (message) => say({ ...message, drawn });
      }
      ${await answer.text()}`;
      await route.fulfill({ response: answer, body });
    });
  });
  await signUp(page);
  await expect.poll(() => page.evaluate<unknown[]>('gate'), { timeout: 60_000 }).toHaveLength(1);
  // No photo has been asked about yet, and the worker has read one of the size that it examines.
  expect(await page.evaluate<unknown[]>('gate')).toEqual([
    { ready: true, drawn: [`${LONG_EDGE_PX * 0.75}×${LONG_EDGE_PX}`] },
  ]);
  await page.context().close();
});
