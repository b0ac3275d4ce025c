/** A first scan over a slow network: Lighthouse's slow 4G, on each request. */

import { expect } from 'vitest';
import { completed, goodPhotos, signUp, startScan } from './stage.ts';
import { it } from './staged.ts';

/** 150 ms × 3.75 of latency, 1.6 Mbit/s × 0.9 down, 0.75 Mbit/s × 0.9 up. */
const SLOW_4G = {
  offline: false,
  latency: 562.5,
  downloadThroughput: (1.6 * 0.9 * 1024 * 1024) / 8,
  uploadThroughput: (0.75 * 0.9 * 1024 * 1024) / 8,
};

it('goes to its result, and shows how far the photos are', { timeout: 240_000 }, async ({ stage }) => {
  // Chromium slows a page, and not its service worker, so there is none.
  const page = await stage.open({ serviceWorkers: 'block' });
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Network.enable');
  await devtools.send('Network.emulateNetworkConditions', SLOW_4G);
  await page.reload();
  await signUp(page);
  await page.evaluate(`{
    globalThis.sent = [];
    new MutationObserver(() => {
      const bar = document.querySelector('main progress');
      if (bar && bar.max > 100) sent.push(bar.value / bar.max);
    }).observe(document.body, { subtree: true, childList: true, attributes: true });
  }`);
  let puts = 0;
  page.on('request', (request) => void (request.method() === 'PUT' && puts++));
  await startScan(page, await goodPhotos());
  await page.waitForURL(/\/scans\//, { timeout: 120_000 });
  const sent = await page.evaluate<number[]>('sent');
  expect(sent.filter((share) => share > 0 && share < 1).length).toBeGreaterThan(1);
  // It goes back only for a photo whose upload stalled, which is sent again.
  const backwards = sent.filter((share, index) => index > 0 && share < sent[index - 1]!);
  expect(backwards.length).toBeLessThanOrEqual(puts - 4);
  expect(await completed(page)).toMatch(/^\d+\.\d%$/);
  await page.context().close();
});
