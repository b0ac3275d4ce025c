/** The operator's desk in Chromium where an answer is lost, or a refusal is not read at once: an act is done once, and then anew. */

import { paths } from '@reddyfit/shared/names/paths';
import { type Page } from 'playwright-core';
import { expect } from 'vitest';
import { safetyIdentifier } from '../../worker/src/model/openai.ts';
import { modelAt } from '../e2e/model.ts';
import { atDesk, because } from './at-desk.ts';
import { completed, goodPhotos, scanShown, signUp, startScan } from './stage.ts';
import { it } from './staged.ts';

/** The server does what is asked for by the next such request, and the page never hears of it. */
const loseAnswer = (page: Page, path: string) =>
  page.route(
    `**/api/operator/v1${path}`,
    async (route) => {
      await route.fetch();
      await route.abort();
    },
    { times: 1 },
  );

it('runs a step again that has failed again since an answer was lost, by the next press', async ({
  stage,
}) => {
  const { auth, db, stack } = stage.servers;
  const client = await stage.open();
  const { uid } = await auth.getUserByEmail(await signUp(client));
  const model = modelAt(stack.model, safetyIdentifier(uid, stack.projectId));
  // All attempts of the scan, and all of its first run again.
  await model.fault({ step: 'nutrition', kind: 'server_error', times: 6 });
  await startScan(client, await goodPhotos());
  await completed(client);
  const scanId = scanShown(client);
  await client.context().close();

  const page = await atDesk(stage, 'operator');
  await page.goto(`${stage.address}/operator/?scan=${scanId}`);
  const scan = async () => (await db.doc(paths.scan(scanId)).get()).data()!;
  const { rev } = await scan();
  await loseAnswer(page, `/scans/${scanId}/acts`);
  // The button is so far below that what the page says stands out of sight.
  const retry = page.getByRole('button', { name: 'Retry nutrition' });
  await retry.evaluate((button) => (button as unknown as { scrollIntoView(): void }).scrollIntoView());
  await because(page, 'Retry nutrition', 'T-1');
  const said = page.getByText(/^The answer was lost, but it was done at .*: “running”\.$/);
  await said.waitFor();
  await expect.poll(async () => (await said.boundingBox())?.y).toBeGreaterThanOrEqual(0);
  expect(await page.getByRole('alert').count()).toBe(0);

  const failedAgain = async () => {
    const now = await scan();
    return now['rev'] > rev && now['steps'].nutrition.state === 'failed';
  };
  await expect.poll(failedAgain, { timeout: 60_000 }).toBe(true);
  await page.getByRole('button', { name: 'Look again' }).click();
  await because(page, 'Retry nutrition', 'T-1');
  await page.getByText('Done: the step is running now.').waitFor();
  await expect
    .poll(async () => (await scan())['steps'].nutrition.state, { timeout: 60_000 })
    .toBe('completed');
  const { docs } = await db.collection(paths.auditEntries(scanId)).orderBy('seq').get();
  const acts = docs.filter((entry) => entry.get('action') === 'operator_acted');
  expect(new Set(acts.map((entry) => entry.get('detail.actId'))).size).toBe(2);
  await page.context().close();
});

it('keeps the refusal of the switch of incident mode until it is read', async ({ stage }) => {
  const page = await atDesk(stage, 'operator');
  await page.goto(`${stage.address}/operator/?see=watch`);
  await page.getByText(/^New scans are taken\./).waitFor();
  await page.route('**/api/operator/v1/admission', (route) =>
    route.request().method() === 'POST' ? route.abort() : route.continue(),
  );
  await because(page, 'Take no new scans', 'T-2');
  const refusal = page.getByRole('alert').filter({ hasText: 'Nothing answers. Try again.' });
  await refusal.waitFor();
  const looked = () => page.waitForResponse((answer) => answer.url().endsWith('/admission') && answer.ok());
  await looked();
  await looked();
  expect(await refusal.count()).toBe(1);
  await page.getByRole('button', { name: 'I have read it' }).click();
  await refusal.waitFor({ state: 'detached' });
  await page.context().close();
});
