/** A phone that loses its network while a scan runs. */

import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  completed,
  delayInsights,
  faultsOf,
  goodPhotos,
  openStage,
  signUp,
  type Stage,
  startScan,
} from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage?.close());

it('says that it is offline, and shows the result once it is back', async () => {
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

it('keeps photos that could not be sent, and sends them after a reload', async () => {
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
