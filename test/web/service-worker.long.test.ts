/** The service worker: opens the page without a network, and caches nothing that a user has made. */

import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { completed, faultsOf, goodPhotos, signUp, startScan } from './stage.ts';
import { it } from './staged.ts';

/** Resolves once the service worker controls this page. */
const controlled = (page: Page) =>
  page.evaluate(`new Promise((resolve) => {
    if (navigator.serviceWorker.controller) resolve();
    navigator.serviceWorker.addEventListener('controllerchange', () => resolve());
  })`);

it('opens the sign-in without a network', async ({ stage }) => {
  const page = await stage.open();
  await controlled(page);
  await page.reload();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await page.context().setOffline(true);
  await page.reload();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  expect(await page.evaluate('navigator.onLine')).toBe(false);
  await page.context().close();
});

it('says to whoever is signed in that the server cannot be reached, and goes on once it can', async ({
  stage,
}) => {
  const page = await stage.open();
  await controlled(page);
  await signUp(page);
  await page.context().setOffline(true);
  await page.reload();
  await page.getByText('The server cannot be reached.').waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await page.context().setOffline(false);
  await page.getByRole('heading', { name: 'New scan' }).waitFor();
  await page.context().close();
});

it('keeps the files of the page and its settings, and nothing of a scan', async ({ stage }) => {
  const page = await stage.open();
  await controlled(page);
  await signUp(page);
  await startScan(page, await goodPhotos());
  await completed(page);
  const kept = await page.evaluate<string[]>(`(async () => {
    const paths = [];
    for (const name of await caches.keys())
      for (const { url } of await (await caches.open(name)).keys()) paths.push(new URL(url).pathname);
    return paths;
  })()`);
  expect(kept).toContain('/');
  for (const path of kept) expect(path).toMatch(/^\/($|assets\/[\w.-]+$|__\/firebase\/init\.json$)/);
  await page.context().close();
});
