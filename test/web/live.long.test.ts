/** What a running scan says of itself: the attempt and the wait of a step that is tried again, and that news may be old. */

import { en } from '@reddyfit/shared/words/en';
import type { Route } from 'playwright-core';
import { expect } from 'vitest';
import { safetyIdentifier } from '../../worker/src/model/openai.ts';
import { modelAt } from '../e2e/model.ts';
import { completed, delayInsights, faultsOf, goodPhotos, signUp, type Stage, startScan } from './stage.ts';
import { it } from './staged.ts';

const WAIT_SECONDS = 8;

/** The model, for this user's requests alone. */
const modelOf = ({ servers: { stack } }: Stage, uid: string) =>
  modelAt(stack.model, safetyIdentifier(uid, stack.projectId));

it('counts down to the next attempt of a step, also on a phone whose clock is an hour slow', async ({
  stage,
}) => {
  const page = await stage.open({}, async (context) => {
    await context.addInitScript('{ const { now } = Date; Date.now = () => now() - 3_600_000; }');
  });
  const email = await signUp(page);
  const { uid } = await stage.servers.auth.getUserByEmail(email);
  const model = modelOf(stage, uid);
  // Both of the steps that begin at once, so that there is no estimate of the time left, which counts down by itself.
  for (const of of ['qualityCheck', 'hydration'] as const)
    await model.fault({ step: of, kind: 'rate_limit', times: 1, retryAfterSeconds: WAIT_SECONDS });
  await startScan(page, await goodPhotos());
  const step = page.locator('[data-step=hydration]');
  const hint = step.locator('.hint');
  await step.and(page.locator('[data-state=retrying]')).waitFor({ timeout: 60_000 });
  const seconds = async () =>
    Number(/^retrying, attempt 2 in (\d+) s$/.exec((await hint.textContent())!)?.[1]);
  const first = await seconds();
  expect(first).toBeLessThanOrEqual(WAIT_SECONDS + 2);
  // A screen reader is not told of each second.
  expect(await hint.getAttribute('aria-live')).toBe('off');
  expect(await faultsOf(page)).toEqual([]);
  await expect
    .poll(() => hint.textContent(), { interval: 100 })
    .toMatch(new RegExp(`^retrying, attempt 2 in [0-${first - 1}] s$`));
  await step.and(page.locator('[data-state=completed]')).waitFor({ state: 'attached', timeout: 60_000 });
  await page.context().close();
});

it('says that news may be old after a phone has slept, until the server answers', async ({ stage }) => {
  const page = await stage.open({}, async (context) => {
    await context.addInitScript(
      '{ const { now } = Date; globalThis.slept = 0; Date.now = () => now() + globalThis.slept; }',
    );
  });
  await signUp(page);
  await delayInsights(stage, 12);
  await startScan(page, await goodPhotos());
  await page.locator('.figure').waitFor({ timeout: 60_000 });
  const old = page.getByText('The server has not been heard for a while.');
  expect(await old.count()).toBe(0);
  // What the page asks when it wakes is held up, so that the moment before the answer lasts.
  const held: Route[] = [];
  const firestore = `http://${stage.servers.stack.firestore}/**`;
  const hold = (route: Route) => void held.push(route);
  await page.context().route(firestore, hold);
  await page.evaluate('slept = 40_000');
  await old.waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await page.context().unroute(firestore, hold);
  // A request that the page has given up meanwhile cannot go on.
  await Promise.all(held.map((route) => route.continue().catch(() => undefined)));
  await old.waitFor({ state: 'detached' });
  await completed(page);
  await page.context().close();
});

it('names what a result lacks, and makes up for it on a tap', async ({ stage }) => {
  const page = await stage.open();
  const email = await signUp(page);
  const { uid } = await stage.servers.auth.getUserByEmail(email);
  const model = modelOf(stage, uid);
  await model.fault({ step: 'nutrition', kind: 'quota', times: 1 });
  await startScan(page, await goodPhotos());
  await completed(page);
  const warning = page.locator('.notice', { hasText: en.warnings.nutrition });
  await warning.waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await page.getByRole('button', { name: 'Try this step again: Nutrition' }).click();
  await page.getByRole('heading', { name: 'Nutrition', exact: true }).waitFor({ timeout: 60_000 });
  await warning.waitFor({ state: 'detached' });
  await page.context().close();
});
