/** What users may do with their data: cancel a scan, delete one, export everything, and delete the account. */

import {
  cancelScanResponse,
  deleteMyAccountResponse,
  deleteScanResponse,
  exportMyDataResponse,
} from '@reddyfit/shared/api/callables';
import { userChain } from '@reddyfit/shared/audit/chain';
import { objects, paths } from '@reddyfit/shared/names/paths';
import { expect, vi } from 'vitest';
import { it, type World } from './world.ts';

/** Everything that names the user, except in Temporal, which keeps histories for some days. */
async function tracesOf({ servers: { db, bucket, auth } }: World, uid: string): Promise<string[]> {
  const homes = [db.doc(paths.user(uid)), db.doc(paths.account(uid))];
  const [documents, collections, scans, acts, photos, exports, { users }] = await Promise.all([
    db.getAll(...homes),
    Promise.all(homes.map((home) => home.listCollections())),
    db.collection(paths.scans()).where('userId', '==', uid).get(),
    db.collectionGroup('entries').where('actor', '==', `user:${uid}`).get(),
    bucket.getFiles({ prefix: objects.userFolder(uid) }),
    bucket.getFiles({ prefix: objects.exportFolder(uid) }),
    auth.getUsers([{ uid }]),
  ]);
  return [
    ...documents.filter(({ exists }) => exists).map(({ ref }) => ref.path),
    ...collections.flat().map(({ path }) => path),
    ...[...scans.docs, ...acts.docs].map(({ ref }) => ref.path),
    ...[...photos[0], ...exports[0]].map(({ name }) => name),
    ...users.map(() => 'sign-in'),
  ];
}

it('a user cancels a running scan: it is canceled, and the credit comes back', async ({ world }) => {
  const user = await world.newUser();
  await user.model.fault({ step: 'estimation', kind: 'hang' });
  const { scanId, seen } = await world.submitScan(user);
  await seen.until((scan) => scan.steps?.estimation.state === 'running');
  const answer = cancelScanResponse.parse(await user.phone.call('cancelScan', { scanId }));
  expect(answer).toEqual({ scanId, status: 'canceling' });
  expect((await seen.ended).status).toBe('canceled');
  await world.workflowResult(scanId);
  expect((await world.ledger(user.uid)).balance).toBe(5);
  expect(await world.photosLeft(user.uid, scanId)).toEqual([]);
  expect(await user.phone.call('cancelScan', { scanId })).toEqual({ scanId, status: 'canceled' });
});

it('a scan canceled as soon as it is written ends canceled, whatever it had come to', async ({ world }) => {
  for (let round = 0; round < 2; round += 1) {
    const user = await world.newUser();
    // The function that cancels may take longer to start than a whole scan of this suite takes.
    await user.model.fault({ step: 'estimation', kind: 'hang' });
    const { scanId, seen, submit } = await world.prepareScan(user);
    await submit();
    await user.phone.call('cancelScan', { scanId });
    const { status } = await seen.ended;
    expect(status).toBe('canceled');
    if (await world.workflow(scanId)) await world.workflowResult(scanId);
    const { balance, entries } = await world.ledger(user.uid);
    expect(balance).toBe(5);
    expect(entries.reduce((sum, { amount }) => sum + amount, 0)).toBe(5);
    await vi.waitFor(async () => expect(await world.photosLeft(user.uid, scanId)).toEqual([]), 20_000);
  }
});

it('a user deletes a scan: document, photos and memory go, the trail of who did it stays', async ({
  world,
}) => {
  const user = await world.newUser();
  const { db } = world.servers;
  const [scanId, kept] = [await world.completedScan(user), await world.completedScan(user)];
  expect((await db.doc(paths.memory(user.uid, scanId)).get()).exists).toBe(true);

  deleteScanResponse.parse(await user.phone.call('deleteScan', { scanId }));
  await vi.waitFor(async () => {
    expect(await user.phone.call('deleteScan', { scanId })).toEqual({ scanId, state: 'deleted' });
  }, 30_000);
  expect(await world.photosLeft(user.uid, scanId)).toEqual([]);
  expect((await db.doc(paths.memory(user.uid, scanId)).get()).exists).toBe(false);
  expect((await world.auditChain(scanId)).entries.at(-1)).toMatchObject({
    action: 'scan_deleted',
    actor: `user:${user.uid}`,
  });
  expect((await world.document(kept)).status).toBe('completed');
  expect(await world.photosLeft(user.uid, kept)).toHaveLength(4);
});

it('a user fetches all their data, and the photos', async ({ world }) => {
  const user = await world.newUser();
  const scanId = await world.completedScan(user);
  const { url, bytes, photos } = exportMyDataResponse.parse(await user.phone.call('exportMyData', {}));
  const file = await fetch(url);
  const text = await file.text();
  expect(Buffer.byteLength(text)).toBe(bytes);
  expect(text).not.toContain(user.devices[0]);
  expect(JSON.parse(text)).toMatchObject({
    userId: user.uid,
    profile: { sex: 'female', heightCm: 168 },
    scans: [{ id: scanId, status: 'completed', weightLb: 150 }],
    memories: [{ scanId }],
    audit: [
      { scanId, entries: expect.arrayContaining([expect.objectContaining({ action: 'scan_admitted' })]) },
    ],
    accountAudit: [{ action: 'consent_granted' }],
  });
  expect(photos.map(({ object }) => object).toSorted()).toEqual(await world.photosLeft(user.uid, scanId));
  const photo = await fetch(photos[0]!.url);
  expect((await photo.arrayBuffer()).byteLength).toBeGreaterThan(1000);
});

it('a user leaves while a scan runs: it stops, and nothing of them is left', async ({ world }) => {
  const [user, other] = [await world.newUser(), await world.newUser()];
  const done = await world.completedScan(user);
  const theirs = await world.completedScan(other);
  const deleted = await world.completedScan(user);
  await user.phone.call('deleteScan', { scanId: deleted });
  await user.phone.call('exportMyData', {});
  await user.model.fault({ step: 'estimation', kind: 'hang' });
  const { scanId, seen } = await world.submitScan(user);
  await seen.until((scan) => scan.steps?.estimation.state === 'running');

  const answer = await user.phone.call('deleteMyAccount', {});
  expect(deleteMyAccountResponse.parse(answer)).toEqual({ state: 'requested' });
  await vi.waitFor(async () => expect(await tracesOf(world, user.uid)).toEqual([]), {
    timeout: 60_000,
    interval: 500,
  });
  for (const chain of [done, deleted, scanId, userChain(user.uid)]) {
    expect((await world.auditChain(chain)).entries).toEqual([]);
  }
  expect((await world.document(theirs)).status).toBe('completed');
  expect((await world.ledger(other.uid)).balance).toBe(4);
});
