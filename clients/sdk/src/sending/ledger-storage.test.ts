import { IDBFactory } from 'fake-indexeddb';
import { describe, expect, it } from 'vitest';
import { type Draft, draftsIn } from './drafts.ts';
import { type IndexedDb, indexedDbStorage, memoryStorage } from './ledger-storage.ts';

const indexedDb = () => new IDBFactory() as unknown as IndexedDb;

describe.each([
  ['memory', memoryStorage],
  ['IndexedDB', () => indexedDbStorage(indexedDb())],
])('%s', (_, open) => {
  it('keeps text and bytes by key, and forgets what is deleted', async () => {
    const storage = open();
    await storage.set('a/1', 'text');
    await storage.set('a/2', Uint8Array.of(1, 2, 255));
    await storage.set('b/1', 'other');
    await storage.set('a/1', 'newer');
    expect(await storage.get('a/1')).toBe('newer');
    const bytes = await storage.get('a/2');
    expect(bytes).toBeInstanceOf(Uint8Array);
    expect([...(bytes as Uint8Array)]).toEqual([1, 2, 255]);
    expect((await storage.keys('a/')).toSorted()).toEqual(['a/1', 'a/2']);
    await storage.delete('a/1');
    await storage.delete('never there');
    expect(await storage.get('a/1')).toBeUndefined();
    expect(await storage.keys('')).toHaveLength(2);
  });

  it('keeps drafts of several users apart, and wipes what is not of the one who is left', async () => {
    const storage = open();
    const drafts = draftsIn(storage);
    const photo = { bytes: 1, sha256: 'a'.repeat(64), contentType: 'image/jpeg', arrived: false };
    const draft = (id: string, uid: string, startedAt: number): Draft => ({
      id,
      uid,
      startedAt,
      weight: { kg: 80 },
      photos: { front: photo, back: photo, left: photo, right: photo },
      upload: null,
    });
    const bytes = Uint8Array.of(7);
    const photos = { front: bytes, back: bytes, left: bytes, right: bytes };
    await drafts.add(draft('later', 'ann', 2), photos);
    await drafts.add(draft('first', 'ann', 1), photos);
    await drafts.add(draft('bobs', 'bob', 1), photos);
    expect((await drafts.list('ann')).map(({ id }) => id)).toEqual(['first', 'later']);
    await drafts.remove('first');
    await expect(drafts.photo('first', 'left')).rejects.toThrow('no left photo');
    await drafts.keepOnly('ann');
    expect((await storage.keys('')).toSorted()).toEqual([
      'draft/later',
      'photo/later/back',
      'photo/later/front',
      'photo/later/left',
      'photo/later/right',
    ]);
    await drafts.keepOnly(null);
    expect(await storage.keys('')).toEqual([]);
  });
});

it('IndexedDB keeps what one page wrote for the next', async () => {
  const browser = indexedDb();
  await indexedDbStorage(browser).set('k', 'v');
  expect(await indexedDbStorage(browser).get('k')).toBe('v');
});
