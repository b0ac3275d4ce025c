/** Tests the photo store on the Cloud Storage server: reading photos, and replacing them with copies. */

import { randomUUID } from 'node:crypto';
import { Storage } from '@google-cloud/storage';
import { objects } from '@reddyfit/shared/names/paths';
import { photoUrlsOf } from '@reddyfit/shared/scan/photos';
import { speakerFor } from '@reddyfit/shared/words/speaker';
import { beforeAll, expect, inject, it } from 'vitest';
import { issueOf } from '@reddyfit/shared/gate/photo-fault';
import { inspectPhoto } from '../src/body/photos/inspect.ts';
import type { PhotoStore } from '../src/body/photos/photo-store.ts';
import { storagePhotos } from '../src/store/storage-photos.ts';

const bucket = `photos-${randomUUID().slice(0, 8)}`;

let storage: Storage;
let photos: PhotoStore;
beforeAll(async () => {
  const apiEndpoint = `http://${inject('storage')}`;
  storage = new Storage({ apiEndpoint, projectId: 'demo-photos' });
  await storage.createBucket(bucket);
  photos = storagePhotos({ bucket, apiEndpoint });
});

/** Uploads `content` as the front photo of a new scan; null uploads nothing. */
async function uploaded(content: Buffer | null, contentType = 'image/heic') {
  const [uid, scanId] = [randomUUID(), randomUUID()];
  const url = photoUrlsOf(bucket, uid, scanId).front;
  const file = storage.bucket(bucket).file(`${objects.scanFolder(uid, scanId)}front.jpg`);
  if (content) await file.save(content, { resumable: false, contentType });
  return { url, file, uid, scanId };
}

it('says of a photo of 0 bytes that it arrived empty', async () => {
  const { url } = await uploaded(Buffer.alloc(0), 'image/jpeg');
  const read = await photos.read(url);
  const { issue } = await inspectPhoto('front', Buffer.from(read!.bytes), read!.contentType);
  expect(issueOf(issue!, speakerFor())).toMatchObject({
    code: 'unreadable',
    message: expect.stringContaining('arrived empty'),
  });
});

it('has no photo where none is', async () => {
  const { url } = await uploaded(null);
  expect(await photos.read(url)).toBeNull();
  await photos.keepCopy(url, Buffer.from('copy'));
  expect(await photos.read(url)).toBeNull();
});

it('puts a copy in the place of a photo once', async () => {
  const { url, uid, scanId } = await uploaded(Buffer.from('a face'));
  await photos.keepCopy(url, Buffer.from('no face'));
  expect(await photos.read(url)).toMatchObject({ contentType: 'image/jpeg' });
  expect(Buffer.from((await photos.read(url))!.bytes).toString()).toBe('no face');
  await photos.keepCopy(url, Buffer.from('made of the copy'));
  expect(Buffer.from((await photos.read(url))!.bytes).toString()).toBe('no face');
  await photos.deleteFolder(uid, scanId);
  await photos.keepCopy(url, Buffer.from('no face'));
  expect(await photos.read(url)).toBeNull();
});

it('deletes a photo once, and no copy that came in its place', async () => {
  const { url } = await uploaded(Buffer.from('a face'));
  await photos.deleteOriginal(url);
  expect(await photos.read(url)).toBeNull();
  await photos.deleteOriginal(url);
  const replaced = await uploaded(Buffer.from('a face'));
  await photos.keepCopy(replaced.url, Buffer.from('no face'));
  await photos.deleteOriginal(replaced.url);
  expect(Buffer.from((await photos.read(replaced.url))!.bytes).toString()).toBe('no face');
});
