/**
 * The third of the three nights of docs/operating.md, from its first step to its last: a user deletes their account while a scan of theirs runs,
 * an operator sees them go, and an auditor has the proof.
 */

import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { accountChain } from '@reddyfit/shared/audit/chain';
import { SCHEDULES } from '@reddyfit/shared/names/ids';
import { paths } from '@reddyfit/shared/names/paths';
import { execa } from 'execa';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { signal } from '../../local/processes/marked.ts';
import { repositoryRoot } from '../../repository.ts';
import { triggered } from '../e2e/schedules.ts';
import { atDesk, find } from './at-desk.ts';
import { findAll, newcomer, NIGHT_MS, scanIn, watchOf } from './night.ts';
import { completed, INSTANCE, type Stage } from './stage.ts';
import { it } from './staged.ts';

/** The user deletes the account in the app, while the worker does nothing, so that Watch can show a deletion that else takes seconds. */
async function deletedWatched({ servers: { db, stack } }: Stage, app: Page, desk: Page, uid: string) {
  const [worker] = stack.workerPids;
  signal(-worker!, 'SIGSTOP');
  try {
    await app.getByRole('link', { name: 'Settings' }).click();
    await app.getByRole('button', { name: 'Delete my account' }).click();
    await app.getByRole('button', { name: 'Delete for good' }).click();
    const asked = async () => (await db.doc(paths.user(uid)).get()).get('deletion.state');
    await expect.poll(asked, { timeout: 30_000 }).toMatch(/^(requested|running)$/);
    await watchOf(desk, '7 days');
    const deletions = desk.getByRole('region', { name: 'Accounts that are being deleted' });
    await deletions.getByRole('row', { name: uid }).waitFor({ timeout: 90_000 });
  } finally {
    signal(-worker!, 'SIGCONT');
  }
}

const audit = (...which: string[]) =>
  execa(
    process.execPath,
    [join(repositoryRoot, 'ops/audit.ts'), 'verify', ...which, '--instance', INSTANCE],
    {
      reject: false,
      stdin: 'ignore',
    },
  );

it('a user wants everything erased', { timeout: NIGHT_MS }, async ({ stage }) => {
  const { auth } = stage.servers;
  const leaving = await newcomer(stage);
  const first = await scanIn(leaving.page);
  await completed(leaving.page);
  // As every night: an anchor holds what there is.
  await triggered(stage, SCHEDULES.audit);
  await leaving.model.fault({ step: 'qualityCheck', kind: 'hang' });
  await leaving.page.getByRole('button', { name: 'New scan' }).click();
  await leaving.page.getByRole('heading', { name: 'New scan' }).waitFor();
  const running = await scanIn(leaving.page);
  await leaving.model.untilStruck();

  // Found by e-mail while the account is there.
  const desk = await atDesk(stage, 'operator');
  await findAll(desk, 'E-mail of the user', leaving.email, [running, first]);
  expect(await desk.getByRole('cell', { name: leaving.uid }).count()).toBe(2);

  await deletedWatched(stage, leaving.page, desk, leaving.uid);
  // What is running ends by itself.
  await expect
    .poll(() => auth.getUser(leaving.uid).catch(({ code }: { code: string }) => code), { timeout: 120_000 })
    .toBe('auth/user-not-found');
  await leaving.page.context().close();
  await desk.getByRole('link', { name: 'Search' }).click();
  await find(desk, 'E-mail of the user', leaving.email);
  await desk.getByText('No scan is found.').waitFor();
  await desk.context().close();

  // The proof, for an auditor, which is the last that is written of an account.
  const proof = accountChain(createHash('sha256').update(leaving.uid).digest('hex'));
  const auditor = await atDesk(stage, 'auditor');
  await auditor.getByRole('link', { name: 'Deletions' }).click();
  await auditor.getByLabel('From the day').fill(new Date().toISOString().slice(0, 10));
  await auditor.getByLabel('To before the day').fill('2099-01-01');
  const shown = auditor.getByRole('region', { name: 'Entries' }).getByRole('row').filter({ hasText: proof });
  const proven = async () => {
    await auditor.getByRole('button', { name: 'Show' }).click();
    await auditor.getByText(/^\d+ entries/).waitFor();
    return (await shown.allTextContents()).join('\n');
  };
  await expect.poll(proven, { timeout: 60_000, interval: 3000 }).toContain('account_deleted');

  // No other chain of those that an anchor held went with it.
  await auditor.getByRole('link', { name: 'Chains' }).click();
  await auditor.getByRole('button', { name: 'Verify all chains and anchors' }).click();
  await auditor.getByText('All of it is whole.').waitFor({ timeout: 60_000 });
  await auditor.getByRole('cell', { name: /^held against the anchor of / }).waitFor();
  await auditor.context().close();

  const found = await audit('--user', leaving.uid);
  expect(found.stdout, found.stderr).toMatch(/^✔ 1 chain, \d+ (entry|entries): whole/);
  expect(found.exitCode).toBe(0);
  // Of the scans' own chains nothing is left.
  for (const scanId of [first, running])
    expect((await audit('--scan', scanId)).stderr).toContain('nothing is recorded of that');
});
