/** What the tests of the three nights of docs/operating.md share: users of the web client, and what an operator sees of their scans. */

import { paths } from '@reddyfit/shared/names/paths';
import type { ScanStatus } from '@reddyfit/shared/scan/statuses';
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { safetyIdentifier } from '../../worker/src/model/openai.ts';
import { modelAt } from '../e2e/model.ts';
import { find } from './at-desk.ts';
import { goodPhotos, scanShown, type Stage, signUp, startScan } from './stage.ts';

/** How long a night may take on a busy machine (ms). */
export const NIGHT_MS = 400_000;

/** A user at their first scan who has been given credits, and the controls of what the model answers to them alone. */
export async function newcomer({ servers, ...stage }: Stage) {
  const page = await stage.open();
  const email = await signUp(page);
  const { uid } = await servers.auth.getUserByEmail(email);
  const credits = async () =>
    (await servers.db.doc(paths.account(uid)).get()).get('scanCredits') as number | undefined;
  await expect.poll(async () => (await credits()) ?? 0, { timeout: 30_000 }).toBeGreaterThan(0);
  const model = modelAt(servers.stack.model, safetyIdentifier(uid, servers.stack.projectId));
  return { page, email, uid, model, credits: async () => (await credits())! };
}

/** Starts a scan in the page. Resolves with its id once the server has the document. */
export async function scanIn(page: Page): Promise<string> {
  await startScan(page, await goodPhotos());
  await page.waitForURL(/\/scans\//, { timeout: 60_000 });
  return scanShown(page);
}

/** Waits until the document of the scan has the status. */
export const untilIs = ({ servers: { db } }: Stage, scanId: string, status: ScanStatus) =>
  expect
    .poll(async () => (await db.doc(paths.scan(scanId)).get()).get('status'), { timeout: 60_000 })
    .toBe(status);

/** Opens the figures of the last hours, which the desk counts anew where nobody has asked for those of just this time within a minute. */
export async function watchOf(desk: Page, hours: '1 h' | '6 h' | '7 days'): Promise<void> {
  await desk.getByRole('link', { name: 'Watch' }).click();
  await desk.getByRole('heading', { name: 'Task queues' }).waitFor();
  await desk.getByLabel('Of the last').selectOption(hours);
}

/** Finds scans by one field, and waits until all of these are shown. */
export async function findAll(
  desk: Page,
  by: string,
  value: string,
  scans: readonly string[],
): Promise<void> {
  await desk.getByRole('link', { name: 'Search' }).click();
  await find(desk, by, value);
  for (const scanId of scans) await desk.getByRole('link', { name: scanId }).waitFor();
}

/** Opens a scan by the link of the list that shows it. */
export async function openFrom(desk: Page, scanId: string): Promise<void> {
  await desk.getByRole('link', { name: scanId }).click();
  await desk.getByRole('button', { name: 'Look again' }).waitFor();
}

/** The texts of each row of a table of the desk whose first cells are these, without them. */
export async function rowsOf(desk: Page, table: string, name: RegExp): Promise<string[][]> {
  const rows: Locator[] = await desk
    .getByRole('region', { name: table, exact: true })
    .getByRole('row', { name })
    .all();
  return Promise.all(rows.map((row) => row.getByRole('cell').allTextContents()));
}
