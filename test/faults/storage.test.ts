/** Photos that are missing or have changed when a step reads them, come too late, ask for too much, or meet a process that hangs. */

import { objects, paths } from '@reddyfit/shared/names/paths';
import { Timestamp } from 'firebase-admin/firestore';
import sharp from 'sharp';
import { describe, expect } from 'vitest';
import { signal } from '../../local/processes/marked.ts';
import { freePort } from '../../local/stack/ports.ts';
import { photoExaminersOf } from '../../worker/src/body/vision/photo-examiners.fixture.ts';
import { goodPhotos } from '../e2e/photos.ts';
import { submitHeld } from './submit-held.ts';
import { sweep } from './sweep.ts';
import { it } from './world.ts';

const PDF = Buffer.from('%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n');

/** Changes of a photo: its new bytes, or null when it is deleted. */
const CHANGES = {
  deleted: () => null,
  truncated: (photo: Buffer) => photo.subarray(0, photo.length * 0.3),
  'swapped for a PDF': () => PDF,
} as const;
const KINDS = Object.keys(CHANGES) as (keyof typeof CHANGES)[];

describe.concurrent('a photo that is', () => {
  it.for(KINDS)('%s before the quality check rejects the scan', async (kind, { world, shared, chance }) => {
    const user = await world.newUser();
    const angle = chance.one(['front', 'back', 'left', 'right'] as const);
    const { scanId, seen, go } = await shared.submit(world, user);
    await change(kind, angle, user.uid, scanId, world);
    go();
    const scan = await seen.ended;
    expect(scan).toMatchObject({
      status: 'rejected',
      error: { code: 'InvalidImageError', retryable: false },
    });
    expect(scan.error?.message).toContain(angle);
    expect(scan.results?.qualityCheck?.photos[angle]).toMatchObject({ accepted: false });
    await world.expectInvariants(scanId);
    expect((await world.ledger(user.uid)).balance).toBe(5);
  });

  it.for(KINDS)(
    '%s between quality check and estimation changes nothing: what was checked is what is measured',
    async (kind, { world, shared, chance }) => {
      const user = await world.newUser();
      const angle = chance.one(['front', 'back', 'left', 'right'] as const);
      const { scanId, seen, go } = await shared.submit(world, user, { speculativeEstimation: false });
      const checked = shared.worker.temporal.strike({
        path: '/RespondActivityTaskCompleted',
        about: [scanId, 'qualityCheck'],
        fate: 'hold request',
      });
      go();
      await checked.first;
      await change(kind, angle, user.uid, scanId, world);
      checked.release();
      const scan = await seen.ended;
      expect(scan).toMatchObject({ status: 'completed' });
      expect(scan.steps).toMatchObject({
        qualityCheck: { state: 'completed' },
        estimation: { state: 'completed', attempt: 1 },
      });
      expect(scan.results?.estimation?.measurements).toBeDefined();
      await world.expectInvariants(scanId);
      expect((await world.ledger(user.uid)).balance).toBe(4);
    },
  );
});

it('a photo that comes by a URL of its scan after the cancellation goes, too, once no URL holds any more', async ({
  world,
}) => {
  const user = await world.newUser();
  const { db, stack } = world.servers;
  await user.model.fault({ step: 'estimation', kind: 'hang' });
  const upload = await user.phone.requestUpload();
  const { scanId } = upload;
  await user.phone.upload(upload, await goodPhotos());
  await user.phone.submit(upload, 150);
  await user.model.untilStruck();
  await user.phone.call('cancelScan', { scanId });
  await world.untilTerminal(scanId);
  await world.expectInvariants(scanId);

  await user.phone.upload(upload, await goodPhotos());
  expect(await world.photosLeft(user.uid, scanId)).toHaveLength(4);
  await sweep(stack);
  expect(await world.photosLeft(user.uid, scanId), 'another could still come').toHaveLength(4);
  // As if its quarter of an hour had gone by.
  const expiresAt = Timestamp.fromMillis(Date.now() - 2 * 60_000);
  await db.doc(paths.upload(user.uid, scanId)).update({ expiresAt });
  await sweep(stack);
  await world.expectInvariants(scanId);
  expect(await world.photosLeft(user.uid, scanId)).toEqual([]);
});

it('a photo that would take too much memory is refused, and the scan of somebody else beside it completes', async ({
  world,
  shared,
}) => {
  const [one, other] = await Promise.all([world.newUser(), world.newUser()]);
  const [large, usual] = await Promise.all([shared.submit(world, one), shared.submit(world, other)]);
  // Just over 50 megapixels of one colour, a small file.
  const area = { width: 10_001, height: 5000, channels: 3, background: 'grey' } as const;
  const bytes = await sharp({ create: area }).png().toBuffer();
  const file = world.servers.bucket.file(objects.photo(one.uid, large.scanId, 'left'));
  await file.save(bytes, { contentType: 'image/png', resumable: false });
  large.go();
  usual.go();
  expect(await large.seen.ended).toMatchObject({
    status: 'rejected',
    error: { code: 'InvalidImageError', retryable: false },
    steps: { qualityCheck: { attempt: 1 } },
  });
  expect(await usual.seen.ended).toMatchObject({
    status: 'completed',
    steps: { qualityCheck: { attempt: 1 }, estimation: { attempt: 1 } },
  });
  for (const { scanId } of [large, usual]) await world.expectInvariants(scanId);
  expect((await world.ledger(one.uid)).balance).toBe(5);
});

it('processes that stop in the middle of photos are replaced, and their worker is not ready meanwhile', async ({
  world,
  fleet,
}) => {
  const port = await freePort();
  const worker = await fleet.start({ WORKER_HEALTH_PORT: String(port) });
  worker.go();
  const readiness = async () => (await fetch(`http://127.0.0.1:${port}/readyz`)).status;
  const user = await world.newUser();
  const { scanId, seen, go } = await submitHeld({ ...fleet, worker }, world, user);
  const stopped: number[] = [];
  const stop = () => {
    const running = photoExaminersOf(worker.pid).filter((pid) => !stopped.includes(pid));
    for (const pid of running) signal(pid, 'SIGSTOP');
    stopped.push(...running);
    return stopped.length;
  };
  expect(stop()).toBe(1);
  go();
  // A second process comes, since the photos wait; while that is stopped, too, no photo gets on.
  await expect.poll(stop, { timeout: 60_000, interval: 200 }).toBe(2);
  await expect.poll(readiness, { timeout: 60_000, interval: 200 }).toBe(503);
  await expect.poll(readiness, { timeout: 60_000, interval: 200 }).toBe(200);
  expect(await seen.ended).toMatchObject({ status: 'completed', warnings: [] });
  await world.expectInvariants(scanId);
});

async function change(
  kind: keyof typeof CHANGES,
  angle: 'front' | 'back' | 'left' | 'right',
  uid: string,
  scanId: string,
  { servers: { bucket } }: { servers: { bucket: import('@google-cloud/storage').Bucket } },
): Promise<void> {
  const file = bucket.file(objects.photo(uid, scanId, angle));
  const bytes = CHANGES[kind]((await goodPhotos())[angle]);
  if (bytes === null) await file.delete();
  else await file.save(bytes, { contentType: 'image/jpeg', resumable: false });
}
