/** The ledger of scans that were begun on this device and are not finished: not yet on the server, or with photos to retake. */

import type { RequestScanUploadResponse } from '@reddyfit/shared/api/callables';
import { type Angle, ANGLES } from '@reddyfit/shared/names/angles';
import type { WaivableIssue } from '@reddyfit/shared/scan/results';
import type { LedgerStorage } from './ledger-storage.ts';

/** A body weight in the unit in which it was measured. */
export type Weight = { readonly lb: number } | { readonly kg: number };

/** What is known of a photo that is to be sent. */
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
  /** By the device's clock (ms since 1970). */
  readonly startedAt: number;
  readonly weight: Weight;
  readonly photos: Readonly<Record<Angle, DraftPhoto>>;
  /** Reasons of a rejection that this scan is to let pass. */
  readonly without?: readonly WaivableIssue[];
  /** True once the server has the scan: its photos wait here for a retake, should it be rejected. */
  readonly sent?: boolean;
  /** The places that the server gave; null before. */
  readonly upload: RequestScanUploadResponse | null;
}

export interface Drafts {
  /** Of this user and not sent, oldest first. */
  list(uid: string): Promise<Draft[]>;
  /** The sent one of this scan, or null. */
  sent(uid: string, scanId: string): Promise<Draft | null>;
  /** Deletes the sent one of this scan, of whichever user. Again: nothing. */
  release(scanId: string): Promise<void>;
  /** Deletes what was sent of scans that were begun before `time` (ms since 1970). */
  releaseBefore(time: number): Promise<void>;
  get(id: string): Promise<Draft | null>;
  /** Keeps a new draft: its photos first, so that a draft that is there has all of them. */
  add(draft: Draft, photos: Readonly<Record<Angle, Uint8Array>>): Promise<void>;
  /** Again: the same. */
  save(draft: Draft): Promise<void>;
  /** The photo's bytes; rejects when the device has lost them. */
  photo(id: string, angle: Angle): Promise<Uint8Array>;
  /** With its photos. Again: nothing. */
  remove(id: string): Promise<void>;
  /** Deletes all that does not belong to `uid`, and photos without a draft. */
  keepOnly(uid: string | null): Promise<void>;
}

const draftKey = (id: string) => `draft/${id}`;
const photoKey = (id: string, angle: Angle) => `photo/${id}/${angle}`;

/** Drafts in `storage`. */
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
