/**
 * Downloads and examines a scan's four photos once; the quality check and the estimation share the result. All four are looked at
 * before the first is outlined, so that a model is asked about them while they are outlined.
 */

import { setTimeout as wait } from 'node:timers/promises';
import { ANGLES, type Angle, type PhotoUrls } from '@reddyfit/shared/scan/photos';
import { missingPhoto } from '../photos/photo-issue.ts';
import type { PhotoStore, StoredPhoto } from '../photos/photo-store.ts';
import { arrangePhotos } from '@reddyfit/shared/gate/arrange-photos';
import { faultsOf } from '@reddyfit/shared/gate/faults';
import { type ExaminationRequest, type Examinations, withOutline } from './examination.ts';
import type { LookedAtPhoto, PhotoExaminer } from './examiner-pool.ts';

type ScanOfPhotos = { readonly scanId: string; readonly photoUrls: PhotoUrls };

export interface ScanExaminations {
  /** Whether this worker has looked at the scan's photos, so that `of` answers at once. */
  has(scanId: string): boolean;
  /**
   * The looks at all four photos, without outlines, each under the angle that its photo shows (see arrange-photos.ts). They
   * come from memory when this worker has them or is making them, and otherwise from the bucket's photos. A photo that is
   * not in the bucket yet is waited for; `onWait` is called when that begins. Rejects with the signal's reason, or with
   * the error of the bucket or the examiner; the next call then begins anew.
   */
  of(scan: ScanOfPhotos, signal: AbortSignal, onWait?: () => void): Promise<Examinations>;
  /**
   * The same with outlines, which come after the looks; null when the gate finds a fault in a photo, since such a scan is
   * rejected and nobody outlined. Rejects as `of` does.
   */
  outlined(scan: ScanOfPhotos, signal: AbortSignal): Promise<Examinations | null>;
  /** Lets a scan's examinations go before their time, once nothing needs them any more. A later `of` begins anew. */
  forget(scanId: string): void;
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

/**
 * The most scans whose examinations are kept, beside those under way: an outline and a copy for the model take 0.2 MiB a photo. A
 * scan whose examinations are gone before its end has its photos examined once more, to hide the faces in them, which is half of
 * what a scan costs; so this is more than the scans that a worker has between their examination and their end, at its busiest.
 */
const MOST_KEPT = 64;

interface Kept {
  readonly looked: Promise<Examinations>;
  readonly outlined: Promise<Examinations | null>;
  /** Aborts the work when nobody waits for it any more. */
  readonly work: AbortController;
  waiting: number;
  isLookedAt: boolean;
  /** Whether there is nothing left to do, the outlines among it. */
  settled: boolean;
  /** Lets the examinations go after `keepMs`. A timer that ran on would hold them for that long, whoever forgets them. */
  timer?: NodeJS.Timeout;
  /** Called when a wait for photos begins, or at once when it has begun before. */
  readonly onWait: Set<() => void>;
  waits: boolean;
}

/** `copies` says whether copies for a model are made, and whether faces are hidden in them. */
export function createScanExaminations(
  photos: Pick<PhotoStore, 'read'>,
  examiner: Pick<PhotoExaminer, 'look'>,
  { copies, timing = TIMING }: { readonly copies: ExaminationRequest['copy']; readonly timing?: Timing },
): ScanExaminations {
  const kept = new Map<string, Kept>();

  function drop(scanId: string, entry: Kept): void {
    clearTimeout(entry.timer);
    if (kept.get(scanId) === entry) kept.delete(scanId);
  }

  function begin(scanId: string, photoUrls: PhotoUrls): Kept {
    const work = new AbortController();
    const onWait = new Set<() => void>();
    const tellOfWait = () => {
      entry.waits = true;
      for (const tell of onWait) tell();
    };
    const lookAt = async (angle: Angle): Promise<LookedAtPhoto> => {
      const photo = await arrived(photoUrls[angle], work.signal, tellOfWait);
      if (!photo) return notThere(angle);
      const { bytes, contentType } = photo;
      return examiner.look({ photo: bytes, angle, declaredType: contentType, copy: copies }, work.signal);
    };
    const looks = Promise.all(ANGLES.map(lookAt)).then(byAngle);
    const looked = looks.then((all) => arrangePhotos(perAngle((angle) => all[angle].examination)));
    const outlined = Promise.all([looks, looked]).then(([all, examined]) => outlinedOf(all, examined));
    const entry: Kept = {
      looked,
      outlined,
      work,
      waiting: 0,
      isLookedAt: false,
      settled: false,
      onWait,
      waits: false,
    };
    looked.then(
      () => (entry.isLookedAt = true),
      () => undefined,
    );
    outlined.then(
      () => {
        entry.settled = true;
        // Gone already when everybody who waited was canceled.
        if (kept.get(scanId) !== entry) return;
        entry.timer = setTimeout(() => drop(scanId, entry), timing.keepMs).unref();
        // Behind those that have settled before it, so that the oldest are let go first.
        kept.delete(scanId);
        kept.set(scanId, entry);
        const settled = [...kept].filter(([, each]) => each.settled);
        for (const [id, each] of settled.slice(0, -MOST_KEPT)) drop(id, each);
      },
      () => {
        // The failure of one photo fails the whole set, so the others need not be finished.
        entry.settled = true;
        work.abort();
        drop(scanId, entry);
      },
    );
    kept.set(scanId, entry);
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

  /** Waits for a part of the scan's examinations; the last who is canceled while it waits ends what is under way. */
  async function part<Part>(
    { scanId, photoUrls }: ScanOfPhotos,
    signal: AbortSignal,
    of: (entry: Kept) => Promise<Part>,
    onWait?: () => void,
  ): Promise<Part> {
    signal.throwIfAborted();
    const entry = kept.get(scanId) ?? begin(scanId, photoUrls);
    if (onWait) {
      entry.onWait.add(onWait);
      if (entry.waits && !entry.isLookedAt) onWait();
    }
    entry.waiting += 1;
    const aborted = Promise.withResolvers<never>();
    const abort = () => aborted.reject(signal.reason as Error);
    signal.addEventListener('abort', abort, { once: true });
    try {
      return await Promise.race([of(entry), aborted.promise]);
    } finally {
      signal.removeEventListener('abort', abort);
      if (onWait) entry.onWait.delete(onWait);
      entry.waiting -= 1;
      if (signal.aborted && entry.waiting === 0 && !entry.settled) {
        drop(scanId, entry);
        entry.work.abort();
      }
    }
  }

  return {
    has: (scanId) => kept.get(scanId)?.isLookedAt ?? false,
    of: (scan, signal, onWait) => part(scan, signal, ({ looked }) => looked, onWait),
    outlined: (scan, signal) => part(scan, signal, ({ outlined }) => outlined),
    forget(scanId) {
      const entry = kept.get(scanId);
      if (!entry?.isLookedAt) return;
      drop(scanId, entry);
      if (!entry.settled) entry.work.abort();
    },
  };
}

/** Outlines the people in four photos that were looked at. `examined` are the same, arranged. */
async function outlinedOf(
  looks: Record<Angle, LookedAtPhoto>,
  examined: Examinations,
): Promise<Examinations | null> {
  const faults = faultsOf(examined);
  if (ANGLES.some((angle) => faults[angle].length > 0)) {
    for (const angle of ANGLES) looks[angle].release();
    return null;
  }
  const outlines = byAngle(await Promise.all(ANGLES.map((angle) => looks[angle].outline())));
  return perAngle((angle) => withOutline(examined[angle], outlines[examined[angle].sentAs ?? angle]));
}

/** A photo that is not in the bucket. */
const notThere = (angle: Angle): LookedAtPhoto => ({
  examination: { issues: [missingPhoto(angle)] },
  outline: async () => undefined,
  release: () => undefined,
});

const perAngle = <Value>(of: (angle: Angle) => Value) =>
  Object.fromEntries(ANGLES.map((angle) => [angle, of(angle)])) as Record<Angle, Value>;

const byAngle = <Value>(values: readonly Value[]) =>
  Object.fromEntries(ANGLES.map((angle, i) => [angle, values[i]!])) as Record<Angle, Value>;
