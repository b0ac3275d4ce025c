/**
 * The ledger of scans that were started on this device and either are not on the server yet or have photos kept for a
 * retake.
 */

import type { RequestScanUploadResponse } from '@reddyfit/shared/api/callables';
import { type Angle, ANGLES } from '@reddyfit/shared/names/angles';
import type { CameraElevationAngles } from '@reddyfit/shared/scan/document';
import type { WaivableIssue } from '@reddyfit/shared/scan/results';
import type { LedgerStorage } from './ledger-storage.ts';

/** A body weight in the unit in which it was measured. */
export type Weight = { readonly lb: number } | { readonly kg: number };

/** What the ledger knows about a photo that must be sent. */
export interface DraftPhoto {
  readonly bytes: number;
  /** 64 hex digits. */
  readonly sha256: string;
  readonly contentType: string;
  readonly arrived: boolean;
}

/** A scan that was begun on this device. */
export interface Draft {
  readonly id: string;
  readonly uid: string;
  /** Time by the device's clock (ms since 1970). */
  readonly startedAt: number;
  readonly weight: Weight;
  readonly photos: Readonly<Record<Angle, DraftPhoto>>;
  /** Reasons for a rejection that this scan must ignore, because the user agreed to do without them. */
  readonly without?: readonly WaivableIssue[];
  /** How far above the horizon the camera looked at each photo (degrees), where that is known. */
  readonly cameraElevationAngles?: CameraElevationAngles;
  /** True once the server has the scan. Its photos stay on the device for a retake, in case the scan is rejected. */
  readonly sent?: boolean;
  /** The server's answer with the upload URLs; null before. */
  readonly upload: RequestScanUploadResponse | null;
}

export interface Drafts {
  /** The user's drafts that are not sent yet, oldest first. */
  list(uid: string): Promise<Draft[]>;
  /** The user's sent draft of a scan, or null. */
  sent(uid: string, scanId: string): Promise<Draft | null>;
  /** Deletes the sent draft of a scan, whichever user it belongs to. A second call does nothing. */
  release(scanId: string): Promise<void>;
  /** Deletes the sent drafts of scans that were started before `time` (ms since 1970). */
  releaseBefore(time: number): Promise<void>;
  get(id: string): Promise<Draft | null>;
  /** Stores a new draft. Stores the photos first, so that a stored draft always has all of its photos. */
  add(draft: Draft, photos: Readonly<Record<Angle, Uint8Array>>): Promise<void>;
  /** Replaces the stored draft. Saving the same draft again changes nothing. */
  save(draft: Draft): Promise<void>;
  /** The photo's bytes; rejects when the device has lost them. */
  photo(id: string, angle: Angle): Promise<Uint8Array>;
  /** Deletes a draft with its photos. A second call does nothing. */
  remove(id: string): Promise<void>;
  /** Deletes all drafts and photos of other users, and photos without a draft. With null, deletes everything. */
  keepOnly(uid: string | null): Promise<void>;
}

const draftKey = (id: string) => `draft/${id}`;
const photoKey = (id: string, angle: Angle) => `photo/${id}/${angle}`;

/** The drafts that are kept in `storage`. */
export function draftsIn(storage: LedgerStorage): Drafts {
  const read = async (key: string): Promise<Draft | null> => {
    const text = await storage.get(key);
    return typeof text === 'string' ? (JSON.parse(text) as Draft) : null;
  };
  const all = async () =>
    (await Promise.all((await storage.keys('draft/')).map(read))).filter((draft) => draft !== null);
  const removeSent = async (isMeant: (draft: Draft) => boolean) => {
    for (const draft of await all()) if (draft.sent && isMeant(draft)) await drafts.remove(draft.id);
  };
  const drafts: Drafts = {
    async list(uid) {
      return (await all())
        .filter((draft) => draft.uid === uid && !draft.sent)
        .toSorted((a, b) => a.startedAt - b.startedAt);
    },
    async sent(uid, scanId) {
      const isMeant = (draft: Draft) => draft.sent && draft.uid === uid && draft.upload?.scanId === scanId;
      return (await all()).find(isMeant) ?? null;
    },
    release: (scanId) => removeSent(({ upload }) => upload?.scanId === scanId),
    releaseBefore: (time) => removeSent(({ startedAt }) => startedAt < time),
    get: (id) => read(draftKey(id)),
    async add(draft, photos) {
      for (const angle of ANGLES) await storage.set(photoKey(draft.id, angle), photos[angle]);
      await drafts.save(draft);
    },
    save: (draft) => storage.set(draftKey(draft.id), JSON.stringify(draft)),
    async photo(id, angle) {
      const bytes = await storage.get(photoKey(id, angle));
      if (bytes instanceof Uint8Array) return bytes;
      throw new Error(`the ledger has no ${angle} photo`);
    },
    async remove(id) {
      await storage.delete(draftKey(id));
      for (const angle of ANGLES) await storage.delete(photoKey(id, angle));
    },
    async keepOnly(uid) {
      const kept = new Set((await all()).filter((draft) => draft.uid === uid).map(({ id }) => id));
      const keys = [...(await storage.keys('draft/')), ...(await storage.keys('photo/'))];
      for (const key of keys) if (!kept.has(key.split('/')[1]!)) await storage.delete(key);
    },
  };
  return drafts;
}
