/** Photos that are missing or have changed when a step reads them. */

import { objects } from '@reddyfit/shared/names/paths';
import { describe, expect } from 'vitest';
import { goodPhotos } from '../e2e/photos.ts';
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
