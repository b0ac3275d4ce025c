/** Tests on Firestore, Storage and Auth that no uploaded photo stays without an open or completed scan, whenever it arrives. */

import { UPLOAD_URL_LIFETIME_MS } from '@reddyfit/shared/scan/uploads';
import { announceScanWorkflowId } from '@reddyfit/shared/names/ids';
import { paths } from '@reddyfit/shared/names/paths';
import { Timestamp } from 'firebase-admin/firestore';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type CallableStage, callableStage } from './callable-stage.ts';
import { newIds } from './scan-fixture.ts';

let stage: CallableStage;
let sweepUploads: typeof import('../src/scans/uploads/sweep-uploads.ts').sweepUploads;
let beginUpload: typeof import('../src/scans/uploads/uploads.ts').beginUpload;

beforeAll(async () => {
  stage = await callableStage('demo-sweep-uploads');
  ({ sweepUploads } = await import('../src/scans/uploads/sweep-uploads.ts'));
  ({ beginUpload } = await import('../src/scans/uploads/uploads.ts'));
});
afterAll(() => stage.close());

const BEGUN = Date.parse('2026-11-28T10:00:00Z');
const minutesLater = (minutes: number) => new Date(BEGUN + minutes * 60_000);

/** An upload that began at 10:00, with its photos in the bucket. */
async function anUpload() {
  const ids = newIds();
  const now = new Date(BEGUN);
  const expiresAt = new Date(BEGUN + UPLOAD_URL_LIFETIME_MS);
  await beginUpload(stage.db, { ...ids, now, expiresAt, max: 10, leastAge: 16 });
  await stage.upload(ids);
  return ids;
}

const isNoted = async ({ uid, scanId }: { uid: string; scanId: string }) =>
  (await stage.db.doc(paths.upload(uid, scanId)).get()).exists;

it('deletes within the hour what never became a scan, and not while it still may', async () => {
  const ids = await anUpload();
  await sweepUploads(minutesLater(34));
  expect(await stage.photosOf(ids)).toBe(4);
  await sweepUploads(minutesLater(36));
  expect(await stage.photosOf(ids)).toBe(0);
  expect(await isNoted(ids)).toBe(false);
});

it.each(['rejected', 'failed', 'canceled'])(
  'deletes what arrived by a URL that was still good after the scan was %s',
  async (status) => {
    const ids = await anUpload();
    await stage.submit(ids, { status });
    // No upload URL has expired yet, so photos that are deleted now could be uploaded again.
    await sweepUploads(minutesLater(14));
    expect(await isNoted(ids)).toBe(true);
    await stage.upload(ids);
    await sweepUploads(minutesLater(17));
    expect(await stage.photosOf(ids)).toBe(0);
    expect(await isNoted(ids)).toBe(false);
  },
);

it('deletes what arrived after the scan itself was deleted', async () => {
  const ids = await anUpload();
  await stage.db.doc(paths.auditLog(ids.scanId)).set({ seq: 1, hash: 'x', keys: { scan_deleted: 1 } });
  await sweepUploads(minutesLater(17));
  expect(await stage.photosOf(ids)).toBe(0);
});

it('deletes what lies in a folder whose scan id somebody else used', async () => {
  const ids = await anUpload();
  await stage.submit({ uid: 'somebody-else', scanId: ids.scanId }, { status: 'completed' });
  await sweepUploads(minutesLater(36));
  expect(await stage.photosOf(ids)).toBe(0);
});

it('leaves the photos of a scan that runs until it has ended', async () => {
  const ids = await anUpload();
  await stage.submit(ids, { status: 'processing' });
  await sweepUploads(minutesLater(120));
  expect(await stage.photosOf(ids)).toBe(4);
  await stage.db.doc(paths.scan(ids.scanId)).update({ status: 'failed' });
  await sweepUploads(minutesLater(125));
  expect(await stage.photosOf(ids)).toBe(0);
});

it("keeps a completed scan's photos, out of reach of the bucket's lifecycle rule", async () => {
  const ids = await anUpload();
  await stage.submit(ids, { status: 'completed' });
  await sweepUploads(minutesLater(17));
  expect(await stage.customTimesOf(ids)).toEqual(Array(4).fill(expect.stringMatching(/^9999-/)));
  expect(await isNoted(ids)).toBe(false);
});

it('settles each of many, and one that cannot be read holds up no other', async () => {
  const odd = newIds();
  await stage.db.doc(paths.upload(odd.uid, 'not.a.scan')).set({
    expiresAt: Timestamp.fromMillis(BEGUN),
    submitted: false,
  });
  const many = await Promise.all(Array.from({ length: 12 }, anUpload));
  await sweepUploads(minutesLater(40));
  for (const ids of many) expect(await stage.photosOf(ids)).toBe(0);
});

it('a scan that is refused loses its photos at once, and its end is told', async () => {
  const ids = await stage.person({ scanCredits: 0 });
  await stage.submit(ids);
  await stage.upload(ids);
  await stage.deliver(ids.scanId);
  expect((await stage.scan(ids.scanId))?.error?.code).toBe('InsufficientCreditsError');
  expect(await stage.photosOf(ids)).toBe(0);
  const told = stage.workflows.client.workflow.getHandle(announceScanWorkflowId(ids.scanId));
  expect((await told.describe()).type).toBe('announceScanWorkflow');

  // The process that ended the scan may have died before it deleted the photos; the event's next delivery deletes them.
  await stage.upload(ids);
  await stage.deliver(ids.scanId);
  expect(await stage.photosOf(ids)).toBe(0);
});
