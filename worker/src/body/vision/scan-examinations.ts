/** A scan's four photos, downloaded and examined once: the quality check and the estimation share what comes of it. */

import { setTimeout as wait } from 'node:timers/promises';
import { ANGLES, type Angle, type PhotoUrls } from '@reddyfit/shared/scan/photos';
import { missingPhoto } from '../photos/photo-issue.ts';
import type { PhotoStore, StoredPhoto } from '../photos/photo-store.ts';
import { arrangePhotos } from '@reddyfit/shared/gate/arrange-photos';
import type { Examination, ExaminationRequest, Examinations } from './examine-photo.ts';
import type { PhotoExaminer } from './examiner-pool.ts';

export interface ScanExaminations {
  /**
   * What the examination of all four photos found, each in the place of what it shows (see arrange-photos.ts): from memory when this worker has it or is at it, and else from the bucket. A photo that is
   * not there is waited for. Rejects with the signal's reason, or with what went wrong with the bucket or the examiner; then the next
   * call begins anew.
   */
  of(
    scan: { readonly scanId: string; readonly photoUrls: PhotoUrls },
    signal: AbortSignal,
    onWait?: () => void,
  ): Promise<Examinations>;
}

export interface Timing {
  /** How long photos that are not there are waited for (ms): a client may write the document while its last upload is under way. */
  readonly waitMs: number;
  /** How often it is looked for them (ms). */
  readonly everyMs: number;
  /** How long examinations are kept (ms): until a retry of a step, or its other step, has read them. */
  readonly keepMs: number;
}

const TIMING: Timing = { waitMs: 15_000, everyMs: 1000, keepMs: 5 * 60_000 };

/** Scans that are kept: an outline and a copy for the model are 0.2 MiB a photo. */
const MOST_KEPT = 32;

interface Kept {
  readonly examined: Promise<Examinations>;
  /** Ends the work when nobody waits for it any more. */
  readonly work: AbortController;
  waiting: number;
  settled: boolean;
  /** Told when photos have to be waited for, and at once when that has begun. */
  readonly onWait: Set<() => void>;
  waits: boolean;
}

/** `copies` says whether copies for a model are made, and whether faces are hidden in them. */
export function createScanExaminations(
  photos: Pick<PhotoStore, 'read'>,
  examiner: Pick<PhotoExaminer, 'examine'>,
  { copies, timing = TIMING }: { readonly copies: ExaminationRequest['copy']; readonly timing?: Timing },
): ScanExaminations {
  const kept = new Map<string, Kept>();

  function begin(scanId: string, photoUrls: PhotoUrls): Kept {
    const work = new AbortController();
    const onWait = new Set<() => void>();
    const tellOfWait = () => {
      entry.waits = true;
      for (const tell of onWait) tell();
    };
    const examined = Promise.all(
      ANGLES.map(async (angle) => {
        const photo = await arrived(photoUrls[angle], work.signal, tellOfWait);
        if (!photo) return { issues: [missingPhoto(angle)] };
        const { bytes, contentType } = photo;
        return examiner.examine(
          { photo: bytes, angle, declaredType: contentType, copy: copies },
          work.signal,
        );
      }),
    ).then((all) =>
      arrangePhotos(
        Object.fromEntries(ANGLES.map((angle, i) => [angle, all[i]!])) as Record<Angle, Examination>,
      ),
    );
    const entry: Kept = { examined, work, waiting: 0, settled: false, onWait, waits: false };
    const forget = () => {
      if (kept.get(scanId) === entry) kept.delete(scanId);
    };
    examined.then(
      () => {
        entry.settled = true;
        setTimeout(forget, timing.keepMs).unref();
      },
      () => {
        // One photo's failure is that of all: the others need not be finished.
        entry.settled = true;
        work.abort();
        forget();
      },
    );
    kept.set(scanId, entry);
    // The oldest first; one that is under way stays until it has an end.
    for (const [id, { settled }] of kept) if (kept.size > MOST_KEPT && settled) kept.delete(id);
    return entry;
  }

  /** The photo once it is in the bucket, or null when it has not come in time. */
  async function arrived(url: string, signal: AbortSignal, tell: () => void): Promise<StoredPhoto | null> {
    const until = performance.now() + timing.waitMs;
    for (let told = false; ; told = true) {
      // oxlint-disable no-await-in-loop -- it waits
      const photo = await photos.read(url);
      signal.throwIfAborted();
      if (photo || performance.now() >= until) return photo;
      if (!told) tell();
      await wait(timing.everyMs, undefined, { signal });
      // oxlint-enable no-await-in-loop
    }
  }

  return {
    async of({ scanId, photoUrls }, signal, onWait) {
      signal.throwIfAborted();
      const entry = kept.get(scanId) ?? begin(scanId, photoUrls);
      if (onWait) {
        entry.onWait.add(onWait);
        if (entry.waits && !entry.settled) onWait();
      }
      entry.waiting += 1;
      const aborted = Promise.withResolvers<never>();
      const abort = () => aborted.reject(signal.reason as Error);
      signal.addEventListener('abort', abort, { once: true });
      try {
        return await Promise.race([entry.examined, aborted.promise]);
      } finally {
        signal.removeEventListener('abort', abort);
        if (onWait) entry.onWait.delete(onWait);
        entry.waiting -= 1;
        if (entry.waiting === 0 && !entry.settled) {
          if (kept.get(scanId) === entry) kept.delete(scanId);
          entry.work.abort();
        }
      }
    },
  };
}
