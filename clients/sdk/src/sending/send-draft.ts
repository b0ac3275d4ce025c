/** Sends a draft to the server: uploads its photos, then creates the scan's document. Every step may be repeated. */

import type { RequestScanUploadResponse } from '@reddyfit/shared/api/callables';
import { type Angle, ANGLES } from '@reddyfit/shared/names/angles';
import {
  type DeclaredUploads,
  SUBMIT_WITHIN_MS,
  UPLOAD_URL_LIFETIME_MS,
} from '@reddyfit/shared/scan/uploads';
import { unlessAborted } from '../aborted.ts';
import type { ReddyFitError } from '../client-error.ts';
import type { Draft, Drafts, DraftPhoto } from './drafts.ts';
import { putPhoto, type UploadTimes } from './put-photo.ts';
import type { UploadProgress } from '../watching/snapshot.ts';
import type { Transport } from './transport.ts';

/** The server's part of an upload. All methods reject with ReddyFitErrors. */
export interface UploadServer {
  /** Calls requestScanUpload. With a scan id, the server signs the URLs of that upload anew. */
  requestUpload(request: {
    scanId?: string;
    contentTypes: Record<Angle, string>;
  }): Promise<RequestScanUploadResponse>;
  /** Creates scans/{scanId}; resolves once the server has it. */
  submit(scan: {
    upload: RequestScanUploadResponse;
    weight: Draft['weight'];
    without: Draft['without'];
    cameraElevationAngles: Draft['cameraElevationAngles'];
    uploads: DeclaredUploads;
  }): Promise<void>;
  /** Whether the server has this user's scan. */
  hasScan(scanId: string): Promise<boolean>;
}

export interface SendDraft {
  readonly drafts: Drafts;
  readonly server: UploadServer;
  readonly transport: Transport;
  readonly times: UploadTimes;
  readonly now: () => number;
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Aborts the work; finished uploads stay recorded in the ledger. */
  readonly signal: AbortSignal;
  readonly onProgress: (progress: {
    phase: 'uploading' | 'submitting';
    scanId: string | null;
    attempt: number;
    upload: UploadProgress;
  }) => void;
  /** The error for an upload that Cloud Storage refused with `status`. */
  readonly refusal: (status: number) => ReddyFitError;
}

/**
 * Photos uploaded at the same time: two, so that few photos share a slow network, and a fast network is not idle
 * between photos.
 */
const AT_ONCE = 2;

/**
 * For so long after the draft was begun the server keeps the photos that arrived (ms), by the device's clock: their URLs were asked
 * for later than that.
 */
const PHOTOS_STAY_MS = UPLOAD_URL_LIFETIME_MS + SUBMIT_WITHIN_MS;

/** What `untilReached` waits for. */
const PASSING: readonly string[] = ['UnavailableError', 'RateLimitedError'];

/** After this many renewals of the URLs in a row without a photo arriving, the refusal is taken to be final. */
const MOST_RENEWALS = 3;

/**
 * Sends a draft. Resolves with the scan's id once the server has the document; the draft is then `sent`. Rejects with
 * those ReddyFitErrors that waiting does not resolve (the draft stays, for the user to decide), and with the signal's
 * reason. Waits for the network as long as necessary.
 */
export async function sendDraft(begun: Draft, settings: SendDraft): Promise<string> {
  const { drafts, server, signal, onProgress } = settings;
  let draft = begun;
  let attempt = 1;
  const sent: Partial<Record<Angle, number>> = {};
  const report = (phase: 'uploading' | 'submitting') =>
    onProgress({ phase, scanId: draft.upload?.scanId ?? null, attempt, upload: progressOf(draft, sent) });
  let saved = Promise.resolve();
  /** Saves run one after another, so that an earlier state never overwrites a later one. */
  const keep = (changes: Partial<Draft>) => {
    draft = { ...draft, ...changes };
    const latest = draft;
    saved = saved.then(() => drafts.save(latest));
    return saved;
  };
  const patiently = <T>(ask: () => Promise<T>, passing = PASSING) => untilReached(ask, settings, passing);
  const arrived = async (angle: Angle) => {
    await keep({ photos: { ...draft.photos, [angle]: { ...draft.photos[angle], arrived: true } } });
    report('uploading');
  };

  /** Requests new upload URLs, which may be refused when none is needed. Resolves with `submitted` when the server has the scan already. */
  async function renew(): Promise<'renewed' | 'submitted'> {
    const contentTypes = typesOf(draft);
    const { upload } = draft;
    if (!upload) {
      await keep({ upload: await patiently(() => server.requestUpload({ contentTypes })) });
      return 'renewed';
    }
    const { scanId } = upload;
    // When all photos are at the server, the document needs no URLs, so it waits for no rate of theirs.
    const age = settings.now() - draft.startedAt;
    const mayGo = ANGLES.every((angle) => draft.photos[angle].arrived) && age >= 0 && age < PHOTOS_STAY_MS;
    const passing = mayGo ? PASSING.filter((code) => code !== 'RateLimitedError') : PASSING;
    try {
      await keep({ upload: await patiently(() => server.requestUpload({ scanId, contentTypes }), passing) });
    } catch (error) {
      if (mayGo && (error as ReddyFitError).code === 'RateLimitedError') return 'renewed';
      if ((error as ReddyFitError).code !== 'UploadNotFoundError') throw error;
      if (await patiently(() => server.hasScan(scanId))) return 'submitted';
      // The upload has expired and its photos are deleted, or will be, so all photos are sent again as a new scan.
      const photos = Object.fromEntries(
        ANGLES.map((angle) => [angle, { ...draft.photos[angle], arrived: false }]),
      ) as Record<Angle, DraftPhoto>;
      await keep({ upload: null, photos });
      return renew();
    }
    return 'renewed';
  }

  async function send(angle: Angle): Promise<'arrived' | 'expired'> {
    const bytes = await drafts.photo(draft.id, angle);
    unlessAborted(signal);
    const outcome = await putPhoto({
      ...settings,
      place: draft.upload!.uploads[angle],
      bytes,
      onSent(count) {
        sent[angle] = count;
        report('uploading');
      },
      onAttempt(number) {
        attempt = number;
        report('uploading');
      },
    });
    if (typeof outcome === 'object') throw settings.refusal(outcome.refused);
    if (outcome === 'arrived') await arrived(angle);
    return outcome;
  }

  report('uploading');
  // A draft from an earlier start of the app may have waited for longer than the server keeps its photos.
  const isOld = draft.upload && ANGLES.every((angle) => draft.photos[angle].arrived);
  if ((!draft.upload || isOld) && (await renew()) === 'submitted') return submitted();
  for (let renewals = 0; ;) {
    const waiting = ANGLES.filter((angle) => !draft.photos[angle].arrived);
    if (waiting.length === 0) break;
    const outcomes = await fewAtOnce(waiting, AT_ONCE, send);
    report('uploading');
    if (!outcomes.includes('expired')) continue;
    renewals = outcomes.includes('arrived') ? 1 : renewals + 1;
    if (renewals > MOST_RENEWALS) throw settings.refusal(403);
    if ((await renew()) === 'submitted') return submitted();
  }

  report('submitting');
  await untilReached(async () => {
    const { upload, weight, without, cameraElevationAngles } = draft;
    try {
      const uploads = declaredOf(draft);
      await server.submit({ upload: upload!, weight, without, cameraElevationAngles, uploads });
    } catch (error) {
      // The document may exist although the call failed: the rules then refuse a repetition, because nobody may change
      // a scan.
      if (!(await server.hasScan(upload!.scanId))) throw error;
    }
  }, settings);
  return submitted();

  async function submitted(): Promise<string> {
    await keep({ sent: true });
    return draft.upload!.scanId;
  }
}

/** Calls `ask` until the server answers: waits and repeats after the errors `passing`, by their codes. */
async function untilReached<T>(
  ask: () => Promise<T>,
  { times, pause, signal }: SendDraft,
  passing: readonly string[] = PASSING,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    unlessAborted(signal);
    try {
      return await ask();
    } catch (error) {
      const { code, retryAfterSeconds = 0 } = error as ReddyFitError;
      if (!passing.includes(code)) throw error;
      const doubled = times.firstPauseMs * 2 ** Math.min(attempt - 1, 16);
      await pause(Math.max(retryAfterSeconds * 1000, Math.min(times.longestPauseMs, doubled)), signal);
    }
  }
}

/**
 * Runs `work` for all items, at most `most` at once. After the first error no further item is begun; rejects with that
 * error once the running ones have settled.
 */
async function fewAtOnce<Item, Result>(
  items: readonly Item[],
  most: number,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const left = [...items];
  const results: Result[] = [];
  let failed = false;
  const worker = async () => {
    for (let item = left.shift(); item !== undefined && !failed; item = left.shift()) {
      try {
        results.push(await work(item));
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  const outcomes = await Promise.allSettled(Array.from({ length: most }, worker));
  const broken = outcomes.find((outcome) => outcome.status === 'rejected');
  if (broken) throw broken.reason;
  return results;
}

function progressOf({ photos }: Draft, sent: Partial<Record<Angle, number>>): UploadProgress {
  const all = ANGLES.map((angle) => photos[angle].bytes);
  const out = ANGLES.map((angle) => (photos[angle].arrived ? photos[angle].bytes : (sent[angle] ?? 0)));
  return {
    sentBytes: out.reduce((sum, bytes) => sum + bytes, 0),
    totalBytes: all.reduce((sum, bytes) => sum + bytes, 0),
    arrived: ANGLES.filter((angle) => photos[angle].arrived),
  };
}

const typesOf = ({ photos }: Draft) =>
  Object.fromEntries(ANGLES.map((angle) => [angle, photos[angle].contentType])) as Record<Angle, string>;

const declaredOf = ({ photos }: Draft) =>
  Object.fromEntries(
    ANGLES.map((angle) => [angle, { bytes: photos[angle].bytes, sha256: photos[angle].sha256 }]),
  ) as DeclaredUploads;
