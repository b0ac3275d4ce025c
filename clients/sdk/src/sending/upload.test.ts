/** Uploads of photos over a real connection, with faults of the network, the phone and the server. */

import { createHash } from 'node:crypto';
import { DAY_MS } from '@reddyfit/shared/durations';
import { ANGLES } from '@reddyfit/shared/names/angles';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { clientError } from '../client-error.ts';
import { type Draft, type Drafts, draftsIn } from './drafts.ts';
import { type LedgerStorage, memoryStorage } from './ledger-storage.ts';
import { newDraft } from './new-draft.ts';
import { pauseUntilWake } from '../watching/pause.ts';
import { type PhotoServer, startPhotoServer } from './photo-server.fixture.ts';
import { asGiven } from './prepare-photo.ts';
import { putPhoto, UPLOAD_TIMES } from './put-photo.ts';
import { releasing } from '../watching/releasing.ts';
import { sendDraft, type SendDraft, type UploadServer } from './send-draft.ts';
import { fetchTransport } from './transport.ts';
import { testWake } from '../watching/wake.fixture.ts';

const locale = 'en';

let bucket: PhotoServer;
let storage: LedgerStorage;
let drafts: Drafts;

beforeEach(async () => {
  bucket = await startPhotoServer();
  storage = memoryStorage();
  drafts = draftsIn(storage);
});
afterEach(() => bucket.close());

const jpeg = (text: string) => Buffer.concat([Buffer.from('ffd8ffe0', 'hex'), Buffer.from(text)]);
const photos = Object.fromEntries(ANGLES.map((angle) => [angle, jpeg(angle)])) as unknown as Record<
  (typeof ANGLES)[number],
  Buffer
>;
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** A network that a test takes away and gives back; the client is told of each change. */
function network() {
  const { wake, state, wakeUp } = testWake();
  return {
    wake,
    set(online: boolean) {
      state.online = online;
      wakeUp();
    },
  };
}

const unavailable = () => clientError('calls', 'UnavailableError', { locale });

/** A server that records its calls. */
function server() {
  const scans = new Map<string, Parameters<UploadServer['submit']>[0]>();
  const asked: (string | undefined)[] = [];
  const calls: UploadServer = {
    async requestUpload({ scanId }) {
      asked.push(scanId);
      return bucket.places(scanId ?? `scan-${asked.length}`);
    },
    async submit(scan) {
      const { scanId } = scan.upload;
      if (scans.has(scanId)) throw clientError('errors', 'InvalidScanError', { locale });
      scans.set(scanId, scan);
    },
    hasScan: async (scanId) => scans.has(scanId),
  };
  return { scans, asked, calls };
}

const settings = (id: string) => ({
  uid: 'u',
  id,
  now: Date.now(),
  locale,
  drafts,
  preparePhoto: asGiven,
  signal: new AbortController().signal,
});

const begin = (id = 'd1') => newDraft({ photos, weight: { kg: 82.3 } }, settings(id));

function send(draft: Draft, { calls }: { calls: UploadServer }, changes: Partial<SendDraft> = {}) {
  const attempts: number[] = [];
  const ended = sendDraft(draft, {
    drafts,
    server: calls,
    transport: fetchTransport,
    times: { ...UPLOAD_TIMES, tickMs: 20, firstPauseMs: 10, longestPauseMs: 40 },
    now: Date.now,
    pause: pauseUntilWake(network().wake),
    signal: new AbortController().signal,
    onProgress: ({ attempt }) => attempts.push(attempt),
    refusal: (status) => clientError('errors', 'InternalError', { locale, cause: status }),
    ...changes,
  });
  return { ended, attempts };
}

/** Times with which half a second of silence counts as a stall. */
const IMPATIENT = { ...UPLOAD_TIMES, stallAfterMs: 500, tickMs: 20, firstPauseMs: 10, longestPauseMs: 40 };

/** Expects that no draft is left to send, and that nothing is stored once the scan is released. */
async function expectReleased(scanId: string): Promise<void> {
  expect(await drafts.list('u')).toEqual([]);
  await drafts.release(scanId);
  expect(await storage.keys('')).toEqual([]);
}

/** Expects that all four photos arrived unchanged, and that nothing is left on the phone. */
async function expectSent(scanId: string): Promise<void> {
  for (const angle of ANGLES) expect(bucket.photos.get(`${scanId}/${angle}`)).toEqual(photos[angle]);
  await expectReleased(scanId);
}

it('sends each photo once, says what it sent, and leaves nothing behind', async () => {
  const backend = server();
  expect(await send(await begin(), backend).ended).toBe('scan-1');
  await expectSent('scan-1');
  expect(bucket.log.toSorted()).toEqual(ANGLES.map((angle) => `scan-1/${angle} 200`).toSorted());
  expect(backend.scans.get('scan-1')).toMatchObject({
    weight: { kg: 82.3 },
    uploads: { left: { bytes: photos.left.length, sha256: sha256(photos.left) } },
  });
});

it('says how the camera was held where that is known, and nothing where it is not', async () => {
  const told = { front: -3.5, back: undefined, left: 4 };
  const draft = await newDraft(
    { photos, weight: { kg: 82.3 }, cameraElevationAngles: told },
    settings('held'),
  );
  const backend = server();
  await send(draft, backend).ended;
  expect(backend.scans.get('scan-1')).toMatchObject({ cameraElevationAngles: { front: -3.5, left: 4 } });
  const { cameraElevationAngles: nothing } = await newDraft(
    { photos, weight: { kg: 82.3 }, cameraElevationAngles: { right: undefined } },
    settings('unknown'),
  );
  expect(nothing).toBeUndefined();
});

it.each<[string, unknown, string]>([
  ['that no camera has', { left: -90.1 }, 'cameraElevationAngles.left'],
  ['that is no number', { left: Number.NaN }, 'cameraElevationAngles.left'],
  ['in text', { back: '4' }, 'cameraElevationAngles.back'],
  ['of a fifth photo', { top: 4 }, 'cameraElevationAngles.top'],
  ['of no photo', 4, 'cameraElevationAngles'],
])('refuses an elevation %s before a photo is read', async (_, cameraElevationAngles, field) => {
  const request = { photos, weight: { kg: 82.3 }, cameraElevationAngles } as never;
  await expect(newDraft(request, settings('wrong'))).rejects.toMatchObject({
    code: 'InvalidScanError',
    field,
  });
});

describe.each([
  ['right', 0],
  ['a day fast', DAY_MS],
  ['a day slow', -DAY_MS],
])('on a phone whose clock is %s', (_, wrongBy) => {
  it.each([
    ['an answer that is lost', 'answer is lost', ['lost', '412']],
    ['a connection that is cut', 'cut', ['cut', '200']],
    ['a server that is busy', 503, ['503', '200']],
    ['too many requests', 429, ['429', '200']],
    ['a connection that falls silent', 'silence', ['silence', '200']],
    ['a slow answer', 'slow', ['200']],
  ] as const)('gets over %s', async (_name, mishap, answers) => {
    bucket.mishaps('left', mishap);
    const { ended, attempts } = send(await begin(), server(), {
      now: () => Date.now() + wrongBy,
      ...(mishap === 'silence' && { times: IMPATIENT }),
    });
    await ended;
    await expectSent('scan-1');
    const ofLeft = bucket.log.filter((line) => line.startsWith('scan-1/left'));
    expect(ofLeft).toEqual(answers.map((answer) => `scan-1/left ${answer}`));
    expect(Math.max(...attempts)).toBe(answers.length);
  });

  it('gets new URLs for the same scan when they have expired, and sends only what is missing', async () => {
    const backend = server();
    const draft = await begin();
    bucket.mishaps('right', 'cut');
    const stopping = new AbortController();
    const first = send(draft, backend, {
      signal: stopping.signal,
      now: () => Date.now() + wrongBy,
      pause: () =>
        new Promise((_resolve, reject) => {
          stopping.signal.addEventListener('abort', () => reject(new Error('stopped')));
        }),
    });
    await vi.waitFor(() => expect(bucket.photos.size).toBe(3));
    await vi.waitFor(async () => {
      const { photos: kept } = (await drafts.get('d1'))!;
      expect(Object.values(kept).filter(({ arrived }) => arrived)).toHaveLength(3);
    });
    stopping.abort();
    await expect(first.ended).rejects.toThrow('stopped');
    bucket.expire();
    bucket.log.length = 0;
    await send((await drafts.get('d1'))!, backend, { now: () => Date.now() + wrongBy }).ended;
    expect(bucket.log).toEqual(['scan-1/right 400', 'scan-1/right 200']);
    expect(backend.asked).toEqual([undefined, 'scan-1']);
    await expectSent('scan-1');
  });
});

it('arrives when the clock is set a day back and ahead meanwhile, which may cost a repetition', async () => {
  bucket.mishaps('left', 'slow');
  let jump = 0;
  const { ended } = send(await begin(), server(), { now: () => Date.now() + jump, times: IMPATIENT });
  setTimeout(() => (jump = -DAY_MS), 40);
  setTimeout(() => (jump = DAY_MS), 80);
  expect(await ended).toBe('scan-1');
  await expectSent('scan-1');
});

it('begins anew with all photos when the upload is too old', async () => {
  const backend = server();
  const draft = await begin();
  const old = {
    ...draft,
    upload: bucket.places('gone'),
    photos: { ...draft.photos, front: { ...draft.photos.front, arrived: true } },
  };
  await drafts.save(old);
  bucket.expire();
  const { requestUpload } = backend.calls;
  backend.calls.requestUpload = async (request) => {
    if (request.scanId) throw clientError('calls', 'UploadNotFoundError', { locale });
    return requestUpload(request);
  };
  expect(await send(old, backend).ended).toBe('scan-1');
  await expectSent('scan-1');
});

it('begins anew when all photos had arrived and were deleted before the app came back', async () => {
  const backend = server();
  const draft = await begin();
  const arrived = Object.fromEntries(
    ANGLES.map((angle) => [angle, { ...draft.photos[angle], arrived: true }]),
  ) as Draft['photos'];
  const old = { ...draft, upload: bucket.places('gone'), photos: arrived };
  await drafts.save(old);
  const { requestUpload } = backend.calls;
  const asked: unknown[] = [];
  backend.calls.requestUpload = async (request) => {
    asked.push(request.scanId);
    if (request.scanId) throw clientError('calls', 'UploadNotFoundError', { locale });
    return requestUpload(request);
  };
  expect(await send(old, backend).ended).toBe('scan-1');
  expect(asked).toEqual(['gone', undefined]);
  expect([...backend.scans.keys()]).toEqual(['scan-1']);
  await expectSent('scan-1');
});

it('sends no photo again when all had arrived and are there still', async () => {
  const backend = server();
  const draft = await begin();
  const arrived = Object.fromEntries(
    ANGLES.map((angle) => [angle, { ...draft.photos[angle], arrived: true }]),
  ) as Draft['photos'];
  expect(await send({ ...draft, upload: bucket.places('scan-9'), photos: arrived }, backend).ended).toBe(
    'scan-9',
  );
  expect([backend.asked, bucket.log]).toEqual([['scan-9'], []]);
});

it.each([
  ['writes the document at once', 20 * 60_000, 1, 0],
  ['waits when they may be gone by now', 40 * 60_000, 2, 1],
] as const)('refused for its rate, with all photos at the server, it %s', async (_, age, asks, waits) => {
  const backend = server();
  const begun = await begin();
  const { requestUpload } = backend.calls;
  let asked = 0;
  backend.calls.requestUpload = async (request) => {
    asked += 1;
    if (asked === 1) throw clientError('calls', 'RateLimitedError', { locale, retryAfterSeconds: 60 });
    return requestUpload(request);
  };
  const arrived = Object.fromEntries(
    ANGLES.map((angle) => [angle, { ...begun.photos[angle], arrived: true }]),
  ) as Draft['photos'];
  const draft = { ...begun, startedAt: Date.now() - age, upload: bucket.places('scan-9'), photos: arrived };
  const paused: number[] = [];
  const { ended } = send(draft, backend, { pause: async (ms) => void paused.push(ms) });
  expect(await ended).toBe('scan-9');
  expect([asked, paused.length]).toEqual([asks, waits]);
  expect([...backend.scans.keys()]).toEqual(['scan-9']);
});

it('knows a scan that the server has already: the app ended before it heard so', async () => {
  const backend = server();
  const draft = await begin();
  const { submit } = backend.calls;
  backend.calls.submit = async (scan) => {
    await submit(scan);
    throw unavailable();
  };
  expect(await send(draft, backend).ended).toBe('scan-1');
  // Again from the ledger of a phone that died before it could delete the draft.
  const again = { ...draft, upload: bucket.places('scan-1') };
  await drafts.add(again, photos);
  expect(await send(again, backend).ended).toBe('scan-1');
  expect(backend.scans.size).toBe(1);
  await expectReleased('scan-1');
});

it('keeps the draft while no new scans are taken, and sends it when they are again', async () => {
  const backend = server();
  const draft = await begin();
  const { requestUpload } = backend.calls;
  backend.calls.requestUpload = () =>
    Promise.reject(clientError('calls', 'AdmissionPausedError', { locale, retryAfterSeconds: 60 }));
  await expect(send(draft, backend).ended).rejects.toMatchObject({
    code: 'AdmissionPausedError',
    retryable: true,
    retryAfterSeconds: 60,
  });
  expect(await drafts.list('u')).toMatchObject([{ id: draft.id, upload: null }]);
  backend.calls.requestUpload = requestUpload;
  expect(await send((await drafts.get(draft.id))!, backend).ended).toBe('scan-1');
  await expectSent('scan-1');
});

it.each([
  ['of the system goes on', true, [1]],
  ['of the app alone is dead, and begins anew', false, [1, 2]],
] as const)('after a sleep of the phone an upload %s', async (_, worksAsleep, attempts) => {
  vi.useFakeTimers();
  try {
    let clock = 0;
    let arrive: () => void = () => undefined;
    const begun: number[] = [];
    const outcome = putPhoto({
      place: { url: '', headers: {} },
      bytes: photos.front,
      transport: {
        tellsProgress: true,
        worksAsleep,
        put: () =>
          new Promise((resolve) => {
            arrive = () => resolve({ status: 200, retryAfterSeconds: undefined });
          }),
      },
      times: UPLOAD_TIMES,
      now: () => clock,
      signal: new AbortController().signal,
      onSent: () => undefined,
      onAttempt: (attempt) => void begun.push(attempt),
      pause: async () => undefined,
    });
    await vi.advanceTimersByTimeAsync(UPLOAD_TIMES.tickMs);
    clock += DAY_MS;
    await vi.advanceTimersByTimeAsync(UPLOAD_TIMES.tickMs);
    arrive();
    expect(await outcome).toBe('arrived');
    expect(begun).toEqual(attempts);
  } finally {
    vi.useRealTimers();
  }
});

it('waits without a network, and goes on when it is back', async () => {
  const net = network();
  const backend = server();
  const { requestUpload } = backend.calls;
  let away = true;
  const tried = vi.fn<() => void>();
  backend.calls.requestUpload = async (request) => {
    tried();
    if (away) throw unavailable();
    return requestUpload(request);
  };
  net.set(false);
  const { ended } = send(await begin(), backend, {
    pause: pauseUntilWake(net.wake),
    times: { ...UPLOAD_TIMES, firstPauseMs: 3_600_000, longestPauseMs: 3_600_000 },
  });
  await vi.waitFor(() => expect(tried).toHaveBeenCalledOnce());
  away = false;
  net.set(true);
  await ended;
  await expectSent('scan-1');
});

it('gives a refusal that no repetition mends back, and keeps the draft', async () => {
  bucket.mishaps('back', 413);
  const { ended } = send(await begin(), server());
  await expect(ended).rejects.toMatchObject({ code: 'InternalError', cause: 413 });
  expect(await drafts.get('d1')).not.toBeNull();
});

it('does not ask for new URLs for ever', async () => {
  const backend = server();
  bucket.mishaps('back', ...Array.from({ length: 50 }, () => 403));
  await expect(send(await begin(), backend).ended).rejects.toMatchObject({ code: 'InternalError' });
  expect(backend.asked.length).toBeLessThan(8);
});

describe('before a byte leaves the phone', () => {
  const trying = (changes: object) =>
    newDraft({ photos, weight: { lb: 150 }, ...changes } as never, {
      uid: 'u',
      id: 'd2',
      now: 0,
      locale: 'es-MX',
      drafts,
      preparePhoto: asGiven,
      signal: new AbortController().signal,
    });

  it.each([
    ['a weight of nobody', { weight: { lb: 5000 } }, 'InvalidScanError', 'weight', /peso/],
    ['a weight of nothing', { weight: { kg: Number.NaN } }, 'InvalidScanError', 'weight', /peso/],
    ['no weight', { weight: undefined }, 'InvalidScanError', 'weight', /peso/],
    ['a bare number as weight', { weight: 80 }, 'InvalidScanError', 'weight', /peso/],
    ['a weight of nobody in kg', { weight: { kg: 5000 } }, 'InvalidScanError', 'weight', /10.kg y 450.kg/],
    ['a weight just too low in kg', { weight: { kg: 9.9 } }, 'InvalidScanError', 'weight', /10.kg y 450.kg/],
    ['a weight just too high in kg', { weight: { kg: 453 } }, 'InvalidScanError', 'weight', /10.kg y 450.kg/],
    ['no photos', { photos: undefined }, 'InvalidScanError', 'photos.front', /photos\.front/],
    ['two weights', { weight: { kg: 80, lb: 176 } }, 'InvalidScanError', 'weight', /peso/],
    [
      'a missing photo',
      { photos: { ...photos, left: undefined } },
      'InvalidScanError',
      'photos.left',
      /photos\.left/,
    ],
    [
      'an empty photo',
      { photos: { ...photos, back: new Uint8Array() } },
      'InvalidImageError',
      'photos.back',
      /vac/,
    ],
    [
      'no photo',
      { photos: { ...photos, back: new TextEncoder().encode('%PDF-1.7 …') } },
      'InvalidImageError',
      'photos.back',
      /./,
    ],
    [
      'a huge photo',
      { photos: { ...photos, front: jpeg('x'.repeat(16_000_000)) } },
      'InvalidImageError',
      'photos.front',
      /15/,
    ],
  ])('%s is refused by the name of its field', async (_, changes, code, field, words) => {
    await expect(trying(changes)).rejects.toMatchObject({
      code,
      field,
      message: expect.stringMatching(words),
    });
    expect(await storage.keys('')).toEqual([]);
  });

  it('a File is read at once, since it may be empty later', async () => {
    const reads: string[] = [];
    const file = (name: string) => ({
      async arrayBuffer() {
        reads.push(name);
        return Uint8Array.from(jpeg(name)).buffer;
      },
    });
    const files = Object.fromEntries(ANGLES.map((angle) => [angle, file(angle)]));
    const made = trying({ photos: files });
    await Promise.resolve();
    expect(reads).toEqual([...ANGLES]);
    expect((await made).photos.left.bytes).toBe(jpeg('left').length);
  });
});

describe('of a scan that the server has', () => {
  const weight = { kg: 82.3 };
  const sentScan = async () => {
    const draft = await newDraft({ photos, weight }, settings('first'));
    await drafts.save({ ...draft, upload: bucket.places('scan-1'), sent: true });
    return 'scan-1';
  };

  it('the good photos go with those that were taken again, as they were sent', async () => {
    const retakeOf = await sentScan();
    const left = jpeg('left, arms out');
    const again = await newDraft({ photos: { left }, retakeOf, weight }, settings('second'));
    expect(await drafts.photo('second', 'left')).toEqual(Uint8Array.from(left));
    expect(await drafts.photo('second', 'front')).toEqual(Uint8Array.from(photos.front));
    expect(again.photos).toMatchObject({
      left: { sha256: sha256(left), arrived: false },
      front: { sha256: sha256(photos.front), arrived: false },
    });
    // The kept photos were moved to the new draft.
    expect(await drafts.sent('u', retakeOf)).toBeNull();
  });

  it('what is known of their cameras goes with the good photos, and not with those that were taken again', async () => {
    const cameraElevationAngles = { front: -3.5, left: 4 };
    const draft = await newDraft({ photos, weight, cameraElevationAngles }, settings('first'));
    await drafts.save({ ...draft, upload: bucket.places('scan-1'), sent: true });
    const left = jpeg('left, arms out');
    const again = await newDraft({ photos: { left }, retakeOf: 'scan-1', weight }, settings('second'));
    expect(again.cameraElevationAngles).toEqual({ front: -3.5 });
  });

  it('nothing waits for another user, or of another scan', async () => {
    const retakeOf = await sentScan();
    const missing = {
      code: 'InvalidScanError',
      messageCode: 'InvalidScanError.not_kept',
      field: 'retakeOf',
    };
    const left = jpeg('left');
    const ofAnother = newDraft({ photos: { left }, retakeOf, weight }, { ...settings('x'), uid: 'v' });
    await expect(ofAnother).rejects.toMatchObject(missing);
    const unknown = newDraft({ photos: { left }, retakeOf: 'scan-2', weight }, settings('y'));
    await expect(unknown).rejects.toMatchObject(missing);
  });

  it.each([
    ['completed', false],
    ['canceled', false],
    ['rejected', true],
    ['failed', true],
    ['processing', true],
  ])('%s keeps the photos: %s', async (status, kept) => {
    const scanId = await sentScan();
    const source = releasing(
      { listen: () => () => undefined, read: async () => ({ status }) as never },
      drafts,
    );
    await source.read(scanId);
    await vi.waitFor(async () => expect((await drafts.sent('u', scanId)) !== null).toBe(kept));
  });

  it('photos are let go of after a day, whoever heard', async () => {
    const scanId = await sentScan();
    await drafts.releaseBefore(Date.now() - DAY_MS);
    expect(await drafts.sent('u', scanId)).not.toBeNull();
    await drafts.releaseBefore(Date.now() + 1);
    expect(await storage.keys('')).toEqual([]);
  });
});
