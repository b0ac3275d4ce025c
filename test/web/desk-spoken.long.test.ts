/**
 * The operator's desk as a screen reader hears it: the outcomes of finding, of acts on many and on one scan, and of all that an auditor does are put into a
 * status that was there before the act, by Chromium's accessibility tree.
 */

import { randomUUID } from 'node:crypto';
import { paths } from '@reddyfit/shared/names/paths';
import { Timestamp } from 'firebase-admin/firestore';
import { safetyIdentifier } from '../../worker/src/model/openai.ts';
import { firestoreAudit } from '../../worker/src/audit/firestore-audit.ts';
import { modelAt } from '../e2e/model.ts';
import { atDesk, because, find, heardOn } from './at-desk.ts';
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

it('says what an operator finds, does to many, and does to one scan', async ({ stage }) => {
  const { auth, stack } = stage.servers;
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
  const lost = await Promise.all([1, 2, 3, 4].map(() => lostScan(stage, `lost-of-${uid}`)));

  const page = await atDesk(stage, 'operator');
  const says = await heardOn(page);
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
  await page.context().close();
});

it('says the outcome of every act of an auditor', async ({ stage }) => {
  const { db } = stage.servers;
  const { docs } = await db.collection(paths.scans()).where('userId', '==', 'demo-user').limit(1).get();
  const page = await atDesk(stage, 'auditor');
  const says = await heardOn(page);
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
