/**
 * Small copies of the last scan's photos, shown in the camera so that the user can stand in the same pose. They are
 * kept on this device only, until the user signs out, deletes a scan or withdraws the consent. A browser that cannot
 * store or draw them shows none.
 */

import { type Angle, ANGLES } from '@reddyfit/shared/names/angles';

export type Ghosts = Readonly<Partial<Record<Angle, Blob>>>;

const DATABASE = 'reddyfit-ghosts';
const STORE = 'ghosts';

/** Height of the copies (px): enough to compare a pose, and little to lose. */
const HEIGHT = 480;

const keyOf = (uid: string, angle: Angle) => `${uid}/${angle}`;

/** Stores small copies of these photos in place of the earlier ones. Never rejects. */
export async function keepGhosts(uid: string, photos: Ghosts): Promise<void> {
  for (const angle of ANGLES) {
    const photo = photos[angle];
    if (!photo) continue;
    // oxlint-disable-next-line no-await-in-loop -- one picture in memory at a time
    await small(photo)
      .then((ghost) => within((store) => store.put(ghost, keyOf(uid, angle))))
      .catch(() => undefined);
  }
}

/** The stored photos of this user. Deletes those of all other users. Never rejects. */
export async function ghostsOf(uid: string): Promise<Ghosts> {
  try {
    const keys = await within((store) => store.getAllKeys());
    for (const key of keys) {
      // oxlint-disable-next-line no-await-in-loop -- seldom more than none
      if (!String(key).startsWith(`${uid}/`)) await within((store) => store.delete(key));
    }
    const found = ANGLES.map(
      async (angle) => [angle, (await within((store) => store.get(keyOf(uid, angle)))) as Blob] as const,
    );
    return Object.fromEntries((await Promise.all(found)).filter(([, ghost]) => ghost instanceof Blob));
  } catch {
    return {};
  }
}

/** Deletes all stored photos. Never rejects. */
export async function wipeGhosts(): Promise<void> {
  await within((store) => store.clear()).catch(() => undefined);
}

async function small(photo: Blob): Promise<Blob> {
  const bitmap = await createImageBitmap(photo, { imageOrientation: 'from-image' });
  try {
    const width = Math.max(1, Math.round((HEIGHT * bitmap.width) / bitmap.height));
    const canvas = new OffscreenCanvas(width, HEIGHT);
    canvas.getContext('2d')!.drawImage(bitmap, 0, 0, width, HEIGHT);
    return await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.8 });
  } finally {
    bitmap.close();
  }
}

const done = <Result>(request: IDBRequest<Result>) =>
  new Promise<Result>((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error ?? new Error('not kept')));
  });

async function within<Result>(work: (store: IDBObjectStore) => IDBRequest<Result>): Promise<Result> {
  const opening = indexedDB.open(DATABASE, 1);
  opening.addEventListener('upgradeneeded', () => opening.result.createObjectStore(STORE));
  const database = await done(opening);
  try {
    return await done(work(database.transaction(STORE, 'readwrite').objectStore(STORE)));
  } finally {
    database.close();
  }
}
