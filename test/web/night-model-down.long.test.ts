/**
 * The second of the three nights of docs/operating.md, from its first step to its last: the model fails one user's scan, and leaves another's
 * incomplete.
 */

import { paths } from '@reddyfit/shared/names/paths';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { atDesk, because, find } from './at-desk.ts';
import { newcomer, NIGHT_MS, openFrom, rowsOf, scanIn, untilIs, watchOf } from './night.ts';
import { completed } from './stage.ts';
import { it } from './staged.ts';

/** Chooses the act for all scans that are shown, looks at the preview, and does it to the one of which the preview says that it would. */
async function doToOne(desk: Page, scanId: string, act: string, step?: string): Promise<void> {
  await desk.getByRole('button', { name: 'Choose all shown' }).click();
  await desk.getByRole('combobox', { name: 'Do', exact: true }).selectOption(act);
  if (step) await desk.getByRole('combobox', { name: 'Step', exact: true }).selectOption(step);
  await desk.getByRole('button', { name: 'Preview' }).click();
  await desk.getByText('It would be done to 1. Nothing is done yet.').waitFor();
  expect(await rowsOf(desk, 'What would be done', new RegExp(`^${scanId} would be done`))).toHaveLength(1);
  await because(desk, 'Do it to 1', 'INC-2');
  await desk.getByText('It is done.').waitFor();
}

it('the model is down', { timeout: NIGHT_MS }, async ({ stage }) => {
  const { db } = stage.servers;
  const night = new Date().toISOString().slice(0, 16);
  const [failing, partly] = await Promise.all([newcomer(stage), newcomer(stage)]);
  const before = await failing.credits();
  await failing.model.fault({ step: 'qualityCheck', kind: 'server_error', times: 3 });
  await partly.model.fault({ step: 'nutrition', kind: 'server_error', times: 3 });
  const [failed, incomplete] = [await scanIn(failing.page), await scanIn(partly.page)];
  await completed(partly.page);
  await untilIs(stage, failed, 'failed');

  // The status failed since the beginning of the night, with the error that the alert names. It has cost nothing.
  const desk = await atDesk(stage, 'operator');
  const since = async (status: string, error: string) => {
    await desk.getByLabel('Status').selectOption(status);
    await desk.getByLabel('Error').selectOption(error);
    await desk.getByLabel('From (UTC)').fill(night);
    await desk.getByRole('button', { name: 'Find', exact: true }).click();
  };
  await since('failed', 'ModelUnavailableError');
  await desk.getByRole('link', { name: failed }).waitFor();
  expect(await desk.getByRole('link', { name: incomplete }).count()).toBe(0);
  expect(await failing.credits()).toBe(before);

  // Watch shows by build which scans fail. What it shows by model stands beside it: one that failed names none.
  await watchOf(desk, '6 h');
  await desk.getByText(/ModelUnavailableError \d/).waitFor();
  const builds = await rowsOf(desk, 'Scans', /^build /);
  expect(builds.map(([, success]) => success)).toContainEqual(expect.stringMatching(/^(?!100\.0 %)\d/));
  await desk.getByRole('region', { name: 'Models', exact: true }).waitFor();

  // The way of one: which error each attempt met, how long it waited, and what it asked of the model.
  await desk.getByRole('link', { name: 'Search' }).click();
  await openFrom(desk, failed);
  const attempts = await rowsOf(desk, 'Attempts', /^qualityCheck /);
  expect(attempts.map(([attempt, , outcome, code]) => [attempt, outcome, code])).toEqual(
    ['1', '2', '3'].map((attempt) => [attempt, 'failed', 'ModelUnavailableError']),
  );
  const waited = expect.stringMatching(/^\d.* m?s$/);
  expect(attempts.map((cells) => cells.at(-1))).toEqual([waited, waited, '']);
  const calls = await rowsOf(desk, 'Model calls', /^qualityCheck /);
  expect(calls.map(([of]) => of)).toEqual(
    ['1', '2', '3'].map((attempt) => `attempt ${attempt}: ModelUnavailableError`),
  );

  // The model answers again: the step that scans completed without is run again.
  await desk.getByRole('link', { name: 'Search' }).click();
  await since('completed', 'any');
  await desk.getByRole('link', { name: incomplete }).waitFor();
  await doToOne(desk, incomplete, 'Run a failed step again', 'nutrition');
  const nutrition = async () => (await db.doc(paths.scan(incomplete)).get()).get('steps.nutrition.state');
  await expect.poll(nutrition, { timeout: 60_000 }).toBe('completed');

  // Who paid for a result that is no use gets the credit back.
  const paid = await partly.credits();
  await find(desk, 'User id', partly.uid);
  await desk.getByText('1 scan is shown.').waitFor();
  await doToOne(desk, incomplete, 'Begin again at no cost');
  expect(await partly.credits()).toBe(paid + 1);
  for (const { page } of [failing, partly]) await page.context().close();
  await desk.context().close();
});
