/**
 * A bad night at the operator's desk, in Chromium: no new scans, many operator's acts at once, and the auditor's export the
 * next morning.
 */

import { createPublicKey, verify } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { paths } from '@reddyfit/shared/names/paths';
import type { AccessStatement, SignedStatement } from '@reddyfit/shared/operator/audits';
import { expect } from 'vitest';
import { DEVELOPMENT_EXPORT_KEY } from '../../local/stack/development-key.ts';
import { atDesk, because } from './at-desk.ts';
import { choosePhotos, completed, faultsOf, goodPhotos, signUp, startScan } from './stage.ts';
import { it } from './staged.ts';

it('takes no new scans, keeps the photos, and takes them again', async ({ stage }) => {
  const desk = await atDesk(stage, 'operator');
  const client = await stage.open();
  const email = await signUp(client);
  await choosePhotos(client, await goodPhotos());
  try {
    await desk.getByRole('link', { name: 'Watch' }).click();
    await desk.getByRole('heading', { name: 'Task queues' }).waitFor();
    expect(await faultsOf(desk)).toEqual([]);
    await because(desk, 'Take no new scans', 'INC-1');
    await desk.getByText(/^No new scans are taken\./).waitFor();
    await desk.getByText('It is drained: nothing runs any more.').waitFor({ timeout: 60_000 });

    await client.getByLabel('Weight').fill('83.1');
    await client.getByRole('button', { name: 'Start the scan' }).click();
    await client.getByText('No new scans are taken right now').waitFor({ timeout: 60_000 });
    expect(await faultsOf(client)).toEqual([]);
    // New scans are still refused: the page says so again, and the attempt has lost nothing.
    await client.getByRole('button', { name: 'Try again' }).click();
    await client.getByText('No new scans are taken right now').waitFor();
  } finally {
    await because(desk, 'Take new scans again', 'INC-1');
  }
  await desk.getByText(/^New scans are taken\./).waitFor();
  await client.getByRole('button', { name: 'Try again' }).click();
  await completed(client);
  const { auth, db } = stage.servers;
  const { uid } = await auth.getUserByEmail(email);
  const { docs } = await db.collection(paths.scans()).where('userId', '==', uid).get();
  expect(docs.map((scan) => scan.get('status'))).toEqual(['completed']);
  await client.context().close();
  await desk.context().close();
});

it('acts on many after a preview, and gives an auditor what is signed', async ({ stage }) => {
  const client = await stage.open();
  const email = await signUp(client);
  await startScan(client, await goodPhotos());
  await completed(client);
  await client.context().close();

  const desk = await atDesk(stage, 'operator');
  await desk.getByLabel('By').selectOption('E-mail of the user');
  await desk.getByLabel('Value').fill(email);
  await desk.keyboard.press('Enter');
  await desk.getByRole('button', { name: 'Choose all shown' }).click();
  await desk.getByRole('heading', { name: '1 chosen' }).waitFor();
  await desk.getByRole('combobox', { name: 'Do', exact: true }).selectOption('Begin again at no cost');
  await desk.getByRole('button', { name: 'Preview' }).click();
  await desk.getByText('It would be done to 1. Nothing is done yet.').waitFor();
  expect(await faultsOf(desk)).toEqual([]);
  await because(desk, 'Do it to 1', 'INC-2');
  await desk.getByRole('cell', { name: 'credit_given', exact: true }).waitFor();
  await desk.context().close();

  const auditor = await atDesk(stage, 'auditor');
  await auditor.getByRole('link', { name: 'Who saw what' }).click();
  await auditor.getByLabel('From the day').fill('2026-01-01');
  await auditor.getByLabel('To before the day').fill('2099-01-01');
  await auditor.getByRole('button', { name: 'Show' }).click();
  await auditor.getByRole('button', { name: 'Sign an export' }).click();
  const downloading = auditor.waitForEvent('download');
  await auditor.getByRole('link', { name: 'Download the signed export' }).click();
  const text = await readFile(await (await downloading).path(), 'utf8');
  const { protected: header, payload, signature } = JSON.parse(text) as SignedStatement;
  const key = createPublicKey({
    key: Buffer.from(DEVELOPMENT_EXPORT_KEY, 'base64'),
    format: 'der',
    type: 'pkcs8',
  } as never);
  const signed = Buffer.from(`${header}.${payload}`);
  expect(verify(null, signed, key, Buffer.from(signature, 'base64url'))).toBe(true);
  const { entries } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as AccessStatement;
  expect(entries.map(({ detail }) => detail['reference'])).toContain('INC-2');
  await auditor.getByRole('link', { name: 'Deletions' }).click();
  await auditor.getByLabel('From the day').fill('2026-01-01');
  await auditor.getByLabel('To before the day').fill('2099-01-01');
  await auditor.getByRole('button', { name: 'Show' }).click();
  await auditor.getByRole('heading', { name: 'What is kept, and for how long' }).waitFor();
  expect(await faultsOf(auditor)).toEqual([]);
  await auditor.context().close();
});
