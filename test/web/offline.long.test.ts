/** A phone that loses its network while a scan runs. */

import { expect } from 'vitest';
import { completed, delayInsights, faultsOf, goodPhotos, signUp, startScan } from './stage.ts';
import { it } from './staged.ts';

it('says that it is offline, and shows the result once it is back', async ({ stage }) => {
  const page = await stage.open();
  await signUp(page);
  await delayInsights(stage, 8);
  await startScan(page, await goodPhotos());
  await page.locator('.figure').waitFor({ timeout: 60_000 });
  await page.context().setOffline(true);
  await page.getByText('No connection.').waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await page.context().setOffline(false);
  await page.getByText('No connection.').waitFor({ state: 'detached' });
  expect(await completed(page)).toMatch(/^\d+\.\d%$/);
  await page.context().close();
});

it('keeps photos that could not be sent, and sends them after a reload', async ({ stage }) => {
  const page = await stage.open();
  await signUp(page);
  // Cloud Storage cannot be reached; the rest can.
  const storage = `${stage.servers.stack.storage}/**`;
  await page.context().route(storage, (route) => route.abort());
  await startScan(page, await goodPhotos());
  await page.getByText('Sending your photos…').waitFor();
  await page.reload();
  await page.getByText('Sending your photos…').waitFor();
  await page.context().unroute(storage);
  expect(await completed(page)).toMatch(/^\d+\.\d%$/);
  await page.context().close();
});
