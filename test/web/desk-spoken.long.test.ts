/**
 * The operator's desk as a screen reader hears it, by Chromium's accessibility tree: the outcome of every act that docs/operating.md lists
 * for the desk is put into a status that was there before the act, and a refusal is an alert.
 */

import { randomUUID } from 'node:crypto';
import { paths } from '@reddyfit/shared/names/paths';
import { Timestamp } from 'firebase-admin/firestore';
import { safetyIdentifier } from '../../worker/src/model/openai.ts';
import { firestoreAudit } from '../../worker/src/audit/firestore-audit.ts';
import { modelAt } from '../e2e/model.ts';
import { atDesk, because, find, heardOn } from './at-desk.ts';
import { watchOf } from './night.ts';
import { completed, goodPhotos, scanShown, type Stage, signUp, startScan } from './stage.ts';
import { it } from './staged.ts';

/** A scan whose workflow is lost, of a user of its own. */
async function lostScan({ servers: { db } }: Stage, uid: string): Promise<string> {
  const scanId = randomUUID();
  const [at, actor] = [new Date().toISOString(), 'function:onScanCreated'];
  const action = 'scan_admitted';
  // Admission leaves alone what it has admitted before.
  await firestoreAudit(db).append(scanId, { key: action, at, actor, action, detail: {} });
  await db.doc(paths.scan(scanId)).set({
    userId: uid,
    photoUrls: {},
    weightLb: 150,
    status: 'processing',
    createdAt: Timestamp.now(),
    rev: 2,
    workflow: { id: `daily-scan-${scanId}`, runId: randomUUID() },
  });
  return scanId;
}

/** An endpoint of its own that has not taken an event of the scan. Resolves with its id. */
async function deadLetter({ servers: { db } }: Stage, uid: string, scanId: string): Promise<string> {
  const endpointId = `we_${randomUUID().replaceAll('-', '').slice(0, 20)}`;
  const eventId = `${scanId}:scan.completed`;
  // It has asked for no event that comes here: a push that is sent again publishes that of the end anew.
  const endpoint = { url: 'https://partner.example', state: 'enabled', events: ['scan.queued'] };
  await db.doc(paths.webhookEndpoint(endpointId)).set(endpoint);
  await db.doc(paths.webhookDelivery(endpointId, eventId)).set({
    event: { type: 'scan.completed', id: eventId, data: { userId: uid } },
    state: 'dead',
    attempts: [],
    lastStatus: 500,
    nextAttemptAt: null,
    updatedAt: Timestamp.now(),
  });
  return endpointId;
}

it('says what an operator finds and does: to many, to one scan, to its user, and to the service', async ({
  stage,
}) => {
  const { auth, db, stack } = stage.servers;
  const client = await stage.open();
  const email = await signUp(client);
  const { uid } = await auth.getUserByEmail(email);
  const model = modelAt(stack.model, safetyIdentifier(uid, stack.projectId));
  for (const step of ['nutrition', 'workout'] as const)
    await model.fault({ step, kind: 'server_error', times: 3 });
  await startScan(client, await goodPhotos());
  await completed(client);
  const scanId = scanShown(client);
  await client.context().close();
  const endpointId = await deadLetter(stage, uid, scanId);
  const lost = await Promise.all([1, 2, 3, 4].map(() => lostScan(stage, `lost-of-${uid}`)));

  const page = await atDesk(stage, 'operator');
  const { says, alarms } = await heardOn(page);
  await says(/^No scan is found\.$/, () => find(page, 'User id', 'nobody-at-all'));
  await says(/^1 scan is shown\.$/, () => find(page, 'User id', uid));

  // Many at once.
  await page.getByRole('button', { name: 'Choose all shown' }).click();
  await page.getByRole('heading', { name: '1 chosen' }).waitFor();
  const preview = page.getByRole('button', { name: 'Preview' });
  const act = page.getByRole('combobox', { name: 'Do', exact: true });
  const manyOf = async (name: string, step?: string) => {
    await act.selectOption(name);
    if (step) await page.getByRole('combobox', { name: 'Step', exact: true }).selectOption(step);
    await says(/^It would be done to 1\. Nothing is done yet\.$/, () => preview.click());
    await says(/^It is done\.$/, () => because(page, 'Do it to 1', 'T-1'));
  };
  await manyOf('Run a failed step again', 'workout');
  await manyOf('Send the push again');
  await says(/^4 scans are shown\.$/, () => find(page, 'User id', `lost-of-${uid}`));
  for (const [index, name] of ['Cancel', 'End as failed, with refund'].entries()) {
    await page.getByRole('checkbox', { name: `Choose ${lost[index]}` }).check();
    await page.getByRole('heading', { name: '1 chosen' }).waitFor();
    await manyOf(name);
    await page.getByRole('checkbox', { name: `Choose ${lost[index]}` }).uncheck();
  }

  // One scan.
  const open = async (id: string) => {
    await page.goto(`${stage.address}/operator/?scan=${id}`);
    await page.getByRole('button', { name: 'Look again' }).waitFor();
  };
  await open(lost[2]!);
  await says(/^Done: the scan is canceled now\.$/, () => because(page, 'Cancel', 'T-2'));
  await open(lost[3]!);
  await says(/^Done: the scan is failed now\.$/, () => because(page, 'End as failed', 'T-3'));
  await open(scanId);
  await says(/^Done: it is on its way\.$/, () => because(page, 'Send the push again', 'T-4'));
  await says(/^Done: the step is running now\.$/, () => because(page, 'Retry nutrition', 'T-5'));
  const undelivered = page.getByRole('row', { name: endpointId });
  await says(/^Done: it is on its way\.$/, () => because(page, 'Deliver again', 'T-6', undelivered));
  await page.getByLabel('Credits', { exact: true }).fill('5000');
  await alarms(/^You may grant \d+ more of 1000 credits today/, () => because(page, 'Grant 5000', 'T-7'));
  await page.getByLabel('Credits', { exact: true }).fill('1');
  await says(/^Granted\. The balance is \d+\.$/, () => because(page, 'Grant 1', 'T-7'));
  await says(/^Shown for 60 seconds\.$/, () => because(page, 'Reveal', 'T-8'));
  const again = page.getByRole('button', { name: 'Begin again at no cost' });
  await says(/^It would give 1 credit back to/, () => again.click());
  await says(/^Done: the credit is given back\.$/, () => because(page, 'Give the credit back', 'T-9'));
  await says(/^The credit of this scan was given back before\./, () => again.click());

  // The service.
  const another = await deadLetter(stage, uid, lost[0]!);
  await watchOf(page, '6 h');
  await page.getByText('New scans are taken.').waitFor();
  try {
    await says(/^No new scans are taken\. /, () => because(page, 'Take no new scans', 'T-10'));
  } finally {
    await says(/^New scans are taken\. /, () => because(page, 'Take new scans again', 'T-10'));
  }
  const letters = page.getByRole('row', { name: another });
  const deliver = () => because(page, 'Deliver 1 anew', 'T-11', letters);
  await db.doc(paths.webhookEndpoint(another)).update({ state: 'disabled' });
  await alarms(/^The webhook endpoint is disabled\./, deliver);
  await db.doc(paths.webhookEndpoint(another)).update({ state: 'enabled' });
  await says(/^1 delivery began\.$/, deliver);
  await page.context().close();
});

it('says the outcome of every act of an auditor', async ({ stage }) => {
  const { db } = stage.servers;
  const { docs } = await db.collection(paths.scans()).where('userId', '==', 'demo-user').limit(1).get();
  const page = await atDesk(stage, 'auditor');
  const { says } = await heardOn(page);
  await says(/scans are shown/, () => find(page, 'User id', 'demo-user'));
  // The region of a page that is opened by a link comes with the page, and its outcome after it.
  await page.goto(`${stage.address}/operator/?scan=${docs[0]!.id}`);
  const whole = page.getByRole('status').getByText('The chain is whole by itself');
  await whole.waitFor();

  await page.getByRole('link', { name: 'Chains' }).click();
  const verify = page.getByRole('button', { name: 'Verify all chains and anchors' });
  await verify.waitFor();
  await says(/All of it is whole\.$/, () => verify.click(), 60_000);

  const period = async (last: string) => {
    await page.getByLabel('From the day').fill('2026-01-01');
    await page.getByLabel('To before the day').fill(last);
    await page.getByRole('button', { name: 'Show' }).click();
  };
  await page.getByRole('link', { name: 'Who saw what' }).click();
  await page.getByRole('heading', { name: 'Who saw what' }).waitFor();
  await says(/^\d+ entries/, () => period('2099-01-01'));
  const sign = page.getByRole('button', { name: 'Sign an export' });
  await says(/^The export is signed/, () => sign.click());
  await page.getByRole('link', { name: 'Deletions' }).click();
  await page.getByRole('heading', { name: 'Deletions' }).waitFor();
  await says(/^\d+ entries/, () => period('2099-01-01'));
  await page.context().close();
});
