/** What a running scan says of itself: the attempt and the wait of a step that is tried again, and that news may be old. */

import { en } from '@reddyfit/shared/words/en';
import type { Route } from 'playwright-core';
import { expect } from 'vitest';
import { safetyIdentifier } from '../../worker/src/model/openai.ts';
import { modelAt } from '../e2e/model.ts';
import { completed, delayInsights, faultsOf, goodPhotos, signUp, type Stage, startScan } from './stage.ts';
import { it } from './staged.ts';

const WAIT_SECONDS = 10;

/** Records what the hint of the hydration's step says, one after another, and how a screen reader is told of it. */
const HINTS = `{
  globalThis.hints = [];
  new MutationObserver(() => {
    const hint = document.querySelector('[data-step=hydration] .hint');
    if (hint && hints.at(-1)?.text !== hint.textContent)
      hints.push({ text: hint.textContent, live: hint.getAttribute('aria-live') });
  }).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
}`;

/** The model, for this user's requests alone. */
const modelOf = ({ servers: { stack } }: Stage, uid: string) =>
  modelAt(stack.model, safetyIdentifier(uid, stack.projectId));

it.for([
  ['slow', -3_600_000],
  ['fast', 3_600_000],
] as const)(
  'counts down to the next attempt of a step on a phone whose clock is an hour %s',
  async ([, wrongBy], { stage }) => {
    const page = await stage.open({}, async (context) => {
      await context.addInitScript(`{ const { now } = Date; Date.now = () => now() + ${wrongBy}; }`);
    });
    const email = await signUp(page);
    const { uid } = await stage.servers.auth.getUserByEmail(email);
    const model = modelOf(stage, uid);
    // Both of the steps that begin at once, so that there is no estimate of the time left, which counts down by itself.
    for (const of of ['qualityCheck', 'hydration'] as const)
      await model.fault({ step: of, kind: 'rate_limit', times: 1, retryAfterSeconds: WAIT_SECONDS });
    await page.evaluate(HINTS);
    await startScan(page, await goodPhotos());
    const step = page.locator('[data-step=hydration]');
    await step.and(page.locator('[data-state=retrying]')).waitFor({ timeout: 60_000 });
    expect(await faultsOf(page)).toEqual([]);
    await step.and(page.locator('[data-state=completed]')).waitFor({ state: 'attached', timeout: 60_000 });
    const waits = (await page.evaluate<{ text: string; live: string | null }[]>('hints'))
      .map(({ text, live }) => ({ seconds: /^retrying, attempt 2 in (\d+) s$/.exec(text)?.[1], live }))
      .filter(({ seconds }) => seconds !== undefined);
    const seconds = waits.map((wait) => Number(wait.seconds));
    expect(seconds.length).toBeGreaterThan(1);
    expect(seconds).toEqual(seconds.toSorted((a, b) => b - a));
    expect(seconds[0]).toBeLessThanOrEqual(WAIT_SECONDS + 2);
    // A screen reader is not told of each second.
    expect(new Set(waits.map(({ live }) => live))).toEqual(new Set(['off']));
    await page.context().close();
  },
);

it('says that news may be old after a phone has slept, until the server answers', async ({ stage }) => {
  const page = await stage.open({}, async (context) => {
    await context.addInitScript(
      '{ const { now } = Date; globalThis.slept = 0; Date.now = () => now() + globalThis.slept; }',
    );
  });
  await signUp(page);
  // Longer than all that is looked at until the server answers again.
  await delayInsights(stage, 30);
  await startScan(page, await goodPhotos());
  await page.locator('.figure').waitFor({ timeout: 60_000 });
  // What the open channel still brings after the sleep would be news of the server: only insights may be missing.
  for (const step of ['delta', 'hydration', 'nutrition', 'workout'])
    // oxlint-disable-next-line no-await-in-loop -- all of them are awaited, whichever comes first
    await page.locator(`[data-step=${step}][data-state=completed]`).waitFor({ state: 'attached' });
  const old = page.getByText('The server has not been heard for a while.');
  expect(await old.count()).toBe(0);
  // What the page asks when it wakes is held up, so that the moment before the answer lasts.
  const held: Route[] = [];
  const firestore = `http://${stage.servers.stack.firestore}/**`;
  const hold = (route: Route) => void held.push(route);
  await page.context().route(firestore, hold);
  await page.evaluate('globalThis.there = [...document.querySelectorAll("[role=status]")]; slept = 40_000;');
  await old.waitFor();
  // It stands in a region that was there before it.
  const said = 'there.map((region) => (region.isConnected ? region.textContent : "gone"))';
  expect(await page.evaluate(said)).toContain(await old.textContent());
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
