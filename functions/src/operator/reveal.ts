/** Shows an operator the photos, numbers and texts of a scan. The look is recorded first, with its reason. */

import { REVEALED_FOR_SECONDS, type Revealed, type Why } from '@reddyfit/shared/operator/acts';
import { ANGLES, type Angle } from '@reddyfit/shared/names/angles';
import { objects } from '@reddyfit/shared/names/paths';
import { withIsoTimes } from '@reddyfit/shared/timestamps';
import { z } from 'zod';
import type { Firestore } from 'firebase-admin/firestore';
import { photoBucket } from '../scans/uploads/photo-bucket.ts';
import { documentId } from '../scans/admission/scan-request.ts';
import { recordedScan } from './record-view.ts';

/**
 * Reveals a scan. The entry is written to the scan's chain before anything is shown, and is part of the user's own
 * export, as the whole chain is. URLs of photos are valid for 60 s; a deleted photo has none. Throws ScanNotFoundError.
 */
export async function revealScan(
  db: Firestore,
  scanId: string,
  { operator, why: { reason, reference }, now }: { operator: string; why: Why; now: Date },
): Promise<Revealed> {
  const look = { operator, action: 'scan_revealed', detail: { reason, reference }, now } as const;
  const scan = (await recordedScan(db, scanId, look)).data()!;
  const owner = documentId.safeParse(scan['userId']).data;
  const expires = new Date(now.getTime() + REVEALED_FOR_SECONDS * 1000);
  return {
    weightLb: z.number().safeParse(scan['weightLb']).data ?? null,
    results: withIsoTimes(scan['results'] ?? {}),
    warnings: z.array(z.string()).safeParse(scan['warnings']).data ?? [],
    // Without a valid user id, the folder of the photos is not known.
    photos: owner === undefined ? {} : await signedPhotos(owner, scanId, now, expires),
    expiresAt: expires.toISOString(),
  };
}

async function signedPhotos(
  userId: string,
  scanId: string,
  now: Date,
  expires: Date,
): Promise<Revealed['photos']> {
  const bucket = await photoBucket();
  const [files] = await bucket.getFiles({ prefix: objects.scanFolder(userId, scanId) });
  const there = new Map(files.map((file) => [file.name, file]));
  const signed = await Promise.all(
    ANGLES.flatMap((angle) => {
      const file = there.get(objects.photo(userId, scanId, angle));
      if (!file) return [];
      const host = file.storage.apiEndpoint;
      const url = file.getSignedUrl({ version: 'v4', action: 'read', accessibleAt: now, expires, host });
      return [url.then(([text]): [Angle, string] => [angle, text])];
    }),
  );
  return Object.fromEntries(signed);
}
