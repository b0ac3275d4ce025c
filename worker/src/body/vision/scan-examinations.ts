/** Downloads and examines a scan's four photos once; the quality check and the estimation share the result. */

import { setTimeout as wait } from 'node:timers/promises';
import { ANGLES, type Angle, type PhotoUrls } from '@reddyfit/shared/scan/photos';
import { missingPhoto } from '../photos/photo-issue.ts';
import type { PhotoStore, StoredPhoto } from '../photos/photo-store.ts';
import { arrangePhotos } from '@reddyfit/shared/gate/arrange-photos';
import type { Examination, ExaminationRequest, Examinations } from './examine-photo.ts';
import type { PhotoExaminer } from './examiner-pool.ts';

export interface ScanExaminations {
  /** Whether this worker has the scan's examinations, so that `of` answers at once. */
  has(scanId: string): boolean;
  /**
   * The examinations of all four photos, each under the angle that its photo shows (see arrange-photos.ts). They come
   * from memory when this worker has them or is making them, and otherwise from the bucket's photos. A photo that is
   * not in the bucket yet is waited for; `onWait` is called when that begins. Rejects with the signal's reason, or with
   * the error of the bucket or the examiner; the next call then begins anew.
   */
  of(
    scan: { readonly scanId: string; readonly photoUrls: PhotoUrls },
    signal: AbortSignal,
    onWait?: () => void,
  ): Promise<Examinations>;
}

export interface Timing {
  /**
   * How long to wait for photos that are not in the bucket (ms): a client may write the document while its last upload
   * is under way.
   */
  readonly waitMs: number;
  /** How often the bucket is asked for them (ms). */
  readonly everyMs: number;
  /** How long examinations are kept (ms), so that a retry of a step, or the scan's other step, can read them. */
  readonly keepMs: number;
}

const TIMING: Timing = { waitMs: 15_000, everyMs: 1000, keepMs: 5 * 60_000 };

/** The most scans that are kept: an outline and a copy for the model take 0.2 MiB a photo. */
const MOST_KEPT = 32;

interface Kept {
  readonly examined: Promise<Examinations>;
  /** Aborts the work when nobody waits for it any more. */
  readonly work: AbortController;
  waiting: number;
  settled: boolean;
  /** Called when a wait for photos begins, or at once when it has begun before. */
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
        // The failure of one photo fails the whole set, so the others need not be finished.
        entry.settled = true;
        work.abort();
        forget();
      },
    );
    kept.set(scanId, entry);
    // The oldest are deleted first; one that is still under way stays until it has settled.
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
    has: (scanId) => kept.get(scanId)?.settled ?? false,
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
