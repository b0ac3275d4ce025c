/**
 * A scan on React Native, whose AbortController is that of the package abort-controller: its signals have no reason and
 * no throwIfAborted.
 */

import { ANGLES } from '@reddyfit/shared/names/angles';
import { AbortController as PhonesController, AbortSignal as PhonesSignal } from 'abort-controller';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { asClientError, ClosedError } from './client-error.ts';
import { type Drafts, draftsIn } from './sending/drafts.ts';
import { memoryStorage } from './sending/ledger-storage.ts';
import { newDraft } from './sending/new-draft.ts';
import { pauseUntilWake } from './watching/pause.ts';
import { type PhotoServer, startPhotoServer } from './sending/photo-server.fixture.ts';
import { asGiven } from './sending/prepare-photo.ts';
import { UPLOAD_TIMES } from './sending/put-photo.ts';
import { scanHandle } from './scan-handle.ts';
import { sendDraft } from './sending/send-draft.ts';
import { fetchTransport } from './sending/transport.ts';
import { testWake } from './watching/wake.fixture.ts';
import { WATCH_TIMES } from './watching/watch.ts';

let bucket: PhotoServer;
let drafts: Drafts;

beforeEach(async () => {
  vi.stubGlobal('AbortController', PhonesController);
  vi.stubGlobal('AbortSignal', PhonesSignal);
  bucket = await startPhotoServer();
  drafts = draftsIn(memoryStorage());
});
afterEach(() => bucket.close());

const photos = Object.fromEntries(
  ANGLES.map((angle) => [angle, Uint8Array.of(0xff, 0xd8, 0xff, 1)]),
) as never;

/** Starts a scan with the parts that createClient combines. */
function start(stallAfterMs = 500) {
  const { wake } = testWake();
  const told: number[] = [];
  const handle = scanHandle({
    draft: (signal) =>
      newDraft(
        { photos, weight: { kg: 70 } },
        { uid: 'u', id: 'd1', now: 0, locale: 'en', drafts, preparePhoto: asGiven, signal },
      ),
    send: (draft, signal, onProgress) =>
      sendDraft(draft, {
        drafts,
        server: {
          requestUpload: async () => bucket.places('scan-1'),
          submit: async () => undefined,
          hasScan: async () => false,
        },
        // Node's fetch accepts only Node's own AbortSignal.
        transport: {
          ...fetchTransport,
          put: ({ signal: _signal, ...request }) =>
            fetchTransport.put({ ...request, signal: undefined as never }),
        },
        times: { ...UPLOAD_TIMES, stallAfterMs, tickMs: 20, firstPauseMs: 10, longestPauseMs: 40 },
        now: Date.now,
        pause: pauseUntilWake(wake),
        signal,
        onProgress(progress) {
          told.push(progress.attempt);
          onProgress(progress);
        },
        refusal: () => asClientError(new Error('refused'), 'en'),
      }),
    watch: () => ({ subscribe: () => () => undefined, close: () => undefined }) as never,
    wake,
    now: Date.now,
    times: WATCH_TIMES,
    asError: (error) => asClientError(error, 'en'),
  });
  return { handle, told };
}

it('reaches the server, past a connection that stalls', async () => {
  bucket.mishaps('left', 'silence');
  const { handle, told } = start();
  expect(await handle.submitted).toBe('scan-1');
  expect(bucket.photos.size).toBe(4);
  expect(Math.max(...told)).toBe(2);
});

it('stops when the app closes it, and leaves the draft', async () => {
  bucket.mishaps('left', ...Array.from({ length: 1000 }, () => 503));
  const { handle } = start();
  await vi.waitFor(() => expect(bucket.photos.size).toBe(3));
  handle.close();
  await expect(handle.submitted).rejects.toBeInstanceOf(ClosedError);
  expect(handle.getSnapshot().phase).not.toBe('refused');
  expect((await drafts.list('u')).map(({ id }) => id)).toEqual(['d1']);
});
