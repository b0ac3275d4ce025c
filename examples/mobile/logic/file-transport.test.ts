/** Uploads from files, to a bucket that answers as Cloud Storage does. */

import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type PhotoServer, startPhotoServer } from '../../../clients/sdk/src/sending/photo-server.fixture.ts';
import { clear, fileTransport } from './file-transport.ts';
import { nodeFolder, nodeUpload } from './node-phone.fixture.ts';

let where: string;
let bucket: PhotoServer;
beforeEach(async () => {
  where = await mkdtemp(join(tmpdir(), 'reddyfit-uploads-'));
  bucket = await startPhotoServer();
});
afterEach(async () => {
  await bucket.close();
  await rm(where, { recursive: true });
});

const body = Uint8Array.of(0xff, 0xd8, 0xff, 1);
const request = (sent: number[] = []) => ({
  ...bucket.places('scan-1').uploads.left,
  body,
  signal: new AbortController().signal,
  onSent: (bytes: number) => void sent.push(bytes),
});

it('sends the bytes with the headers it was given, and leaves no file behind', async () => {
  const sent: number[] = [];
  const transport = fileTransport(nodeFolder(where), nodeUpload(where));
  expect(await transport.put(request(sent))).toEqual({ status: 200, retryAfterSeconds: undefined });
  expect(bucket.photos.get('scan-1/left')).toEqual(Buffer.from(body));
  expect(sent).toEqual([body.length]);
  expect(await readdir(where)).toEqual([]);
  expect(await transport.put(request())).toMatchObject({ status: 412 });
});

it('tells how long the server asks to wait', async () => {
  bucket.mishaps('left', 503);
  const transport = fileTransport(nodeFolder(where), nodeUpload(where));
  expect(await transport.put(request())).toEqual({ status: 503, retryAfterSeconds: 0 });
});

it('leaves the file to the system while it uploads, also when the app is ended, and clears it later', async () => {
  let begun: (file: string) => void = () => undefined;
  const under = new Promise<string>((resolve) => {
    begun = resolve;
  });
  const ended = nodeUpload(where, async (file) => {
    begun(file);
    await new Promise(() => undefined);
  });
  void fileTransport(nodeFolder(where), ended).put(request());
  const file = await under;
  expect(await readdir(where)).toEqual([file]);
  // With a new signature the URL still names the same photo, and so the same file.
  bucket.expire();
  const names: string[] = [];
  const again = nodeUpload(where, async (name) => void names.push(name));
  await fileTransport(nodeFolder(where), again).put(request());
  expect(names).toEqual([file]);
  await nodeFolder(where).write('left over', body);
  await clear(nodeFolder(where));
  expect(await readdir(where)).toEqual([]);
});
