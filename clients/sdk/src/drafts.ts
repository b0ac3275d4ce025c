/** The ledger of scans that were begun and that the server does not have yet. */

import type { RequestScanUploadResponse } from '@reddyfit/shared/api/callables';
import { type Angle, ANGLES } from '@reddyfit/shared/names/angles';
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
  /** The places that the server gave; null before. */
  readonly upload: RequestScanUploadResponse | null;
}

export interface Drafts {
  /** Of this user, oldest first. */
  list(uid: string): Promise<Draft[]>;
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
  const drafts: Drafts = {
    async list(uid) {
      const all = await Promise.all((await storage.keys('draft/')).map(read));
      return all
        .filter((draft): draft is Draft => draft?.uid === uid)
        .toSorted((a, b) => a.startedAt - b.startedAt);
    },
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
      const kept = new Set(uid === null ? [] : (await drafts.list(uid)).map(({ id }) => id));
      const keys = [...(await storage.keys('draft/')), ...(await storage.keys('photo/'))];
      for (const key of keys) if (!kept.has(key.split('/')[1]!)) await storage.delete(key);
    },
  };
  return drafts;
}
