/** The client of one signed-in user: starts scans, watches them, and calls the server's other functions. */

import type {
  CancelScanResponse,
  DeleteMyAccountResponse,
  DeleteScanResponse,
  ExportMyDataResponse,
  RequestScanUploadResponse,
  RetryScanStepResponse,
} from '@reddyfit/shared/api/callables';
import { SCAN_CONSENT, type UserProfile } from '@reddyfit/shared/account/users';
import { DAY_MS } from '@reddyfit/shared/durations';
import { paths } from '@reddyfit/shared/names/paths';
import { type Angle, ANGLES } from '@reddyfit/shared/names/angles';
import type { OptionalStepName } from '@reddyfit/shared/scan/steps';
import type { Auth } from 'firebase/auth';
import { doc, type Firestore, getDocFromServer, serverTimestamp, setDoc } from 'firebase/firestore';
import { type Functions, httpsCallable } from 'firebase/functions';
import { asClientError, clientError, type ReddyFitError } from './client-error.ts';
import { type Draft, draftsIn } from './sending/drafts.ts';
import { firestoreSource } from './watching/firestore-source.ts';
import { consentFault, type Fault, profileFault, refusedWrite } from './refused-write.ts';
import { releasing } from './watching/releasing.ts';
import { defaultStorage, type LedgerStorage } from './sending/ledger-storage.ts';
import { newDraft, type ScanRequest } from './sending/new-draft.ts';
import { withLock } from './sending/one-tab.ts';
import { pauseUntilWake } from './watching/pause.ts';
import { defaultPreparePhoto, type PreparePhoto } from './sending/prepare-photo.ts';
import { UPLOAD_TIMES, type UploadTimes } from './sending/put-photo.ts';
import { scanHandle, type ScanHandle } from './scan-handle.ts';
import { sendDraft, type UploadServer } from './sending/send-draft.ts';
import { defaultTransport, type Transport } from './sending/transport.ts';
import { browserWake, type Wake } from './watching/wake.ts';
import {
  type ScanWatch,
  WATCH_TIMES,
  watchScan,
  type WatchOptions,
  type WatchSettings,
} from './watching/watch.ts';

export interface ClientOptions {
  readonly auth: Auth;
  readonly firestore: Firestore;
  /** Must be for the region `us-central1`. */
  readonly functions: Functions;
  /**
   * Where unsent photos are kept. Default: IndexedDB, or memory where there is none; an upload in memory is lost when
   * the app ends.
   */
  readonly storage?: LedgerStorage;
  /**
   * Default: in a browser, makes an upright JPEG of at most 1600 px without metadata; elsewhere leaves the bytes as
   * they are.
   */
  readonly preparePhoto?: PreparePhoto;
  /** Default: XMLHttpRequest, else fetch. */
  readonly transport?: Transport;
  /** Default: the browser's events; elsewhere the client is never woken. */
  readonly wake?: Wake;
  /** Language of the sentences about errors that are found on the device. Default: the device's locale. */
  readonly locale?: string;
  /** The device's clock (ms since 1970). */
  readonly now?: () => number;
  readonly uploadTimes?: Partial<UploadTimes>;
  readonly watchTimes?: WatchSettings['times'];
}

/**
 * A client. Every request to the server rejects with ReddyFitError; SignInRequiredError and UnavailableError are
 * possible for each. A method that reads or writes the device's ledger also rejects with the error of its storage.
 */
export interface ReddyFitClient {
  /** Id of the signed-in user. Throws SignInRequiredError when there is none. */
  readonly uid: string;
  /**
   * Prepares, uploads and submits a scan, and watches it. Retries by itself, across lost networks and expired URLs,
   * until the server has the scan. If the app ends before that, the scan is listed by `drafts`. In phase `refused`,
   * `error` is InvalidScanError or InvalidImageError (`field` names the weight or the photo), TooManyUploadsError,
   * AgeNotAllowedError, AccountDeletionError, or AdmissionPausedError, after which the draft stays for resumeScan. A
   * scan that ended with such an error in its document may be sent again by `retakeOf`, with no photo taken anew.
   */
  startScan(request: ScanRequest, options?: WatchOptions): ScanHandle;
  /**
   * Photos of a scan that this device keeps for a retake: from the scan's submission until it completes or is canceled,
   * and for at most a day. Empty when it keeps none. Pass `retakeOf` to startScan to send them again.
   */
  keptPhotos(scanId: string): Promise<Partial<Record<Angle, Uint8Array>>>;
  /** Watches a scan of this user, which need not exist yet. */
  watchScan(scanId: string, options?: WatchOptions): ScanWatch;
  /**
   * Scans that were started on this device and that the server does not have yet, oldest first. Call it at each start
   * of the app.
   */
  drafts(): Promise<Draft[]>;
  /**
   * Continues a draft; photos that have arrived are not sent again. If another tab is sending the same draft, waits for
   * that tab. Phase `refused` with ScanNotFoundError when there is no such draft of this user.
   */
  resumeScan(draftId: string, options?: WatchOptions): ScanHandle;
  /** Deletes a draft with its photos. A second call does nothing. */
  discardDraft(draftId: string): Promise<void>;
  /** Deletes all drafts and photos on this device. Call it when the user signs out. */
  forgetDevice(): Promise<void>;
  /**
   * Writes these fields of users/{uid}; other fields stay. Height in cm. InvalidRequestError, whose `field` names the first that
   * is wrong, when the security rules refuse it.
   */
  saveProfile(profile: Partial<UserProfile>): Promise<void>;
  /**
   * Grants or withdraws the consent to scans. Withdrawing cancels a running scan. `policyVersion` is the version of the
   * text that the user read. InvalidRequestError, as for saveProfile.
   */
  setConsent(consent: { granted: boolean; policyVersion: string }): Promise<void>;
  /** The number of scan credits of the account. */
  scanCredits(): Promise<number>;
  /** Asks the server to cancel a scan; the scan's document tells how it ended. ScanNotFoundError. */
  cancelScan(scanId: string): Promise<CancelScanResponse>;
  /** Deletes an ended scan, its photos and memories. ScanNotFoundError, ScanRunningError. */
  deleteScan(scanId: string): Promise<DeleteScanResponse>;
  /** Runs a failed optional step again, at no cost. ScanNotFoundError, StepNotRetryableError. */
  retryScanStep(scanId: string, step: OptionalStepName): Promise<RetryScanStepResponse>;
  /** Exports all of the user's data. The answer's URL is valid for a quarter of an hour. */
  exportMyData(): Promise<ExportMyDataResponse>;
  /** Deletes everything; progress is in `deletion` of users/{uid}. */
  deleteMyAccount(): Promise<DeleteMyAccountResponse>;
  /** Registers this device for the user's pushes. Call it at each start of the app. */
  registerDevice(device: {
    token: string;
    platform: 'ios' | 'android' | 'web';
    deviceId?: string;
  }): Promise<void>;
  /** Stops pushes to this device. */
  unregisterDevice(device: { token: string } | { deviceId: string }): Promise<void>;
  /** Calls any other callable of the server. */
  call(name: string, data: unknown): Promise<unknown>;
}

/** How long photos are kept for a retake on a device that never heard how their scan ended (ms): a day. */
const KEPT_MS = DAY_MS;

/** Makes a client for an initialised Firebase app. It does nothing until one of its methods is called. */
export function createClient(options: ClientOptions): ReddyFitClient {
  const { auth, firestore: db, functions, now = Date.now } = options;
  const locale = options.locale ?? globalThis.navigator?.language ?? 'en';
  const drafts = draftsIn(options.storage ?? defaultStorage());
  const wake = options.wake ?? browserWake();
  const transport = options.transport ?? defaultTransport();
  const preparePhoto = options.preparePhoto ?? defaultPreparePhoto();
  const times = { ...UPLOAD_TIMES, ...options.uploadTimes };
  const source = releasing(firestoreSource(db, locale), drafts);
  const pause = pauseUntilWake(wake);

  const uid = () => {
    const user = auth.currentUser;
    if (!user) throw clientError('calls', 'SignInRequiredError', { locale });
    return user.uid;
  };
  const call = async <Answer>(name: string, data: unknown): Promise<Answer> => {
    try {
      return (await httpsCallable<unknown, Answer>(functions, name)(data)).data;
    } catch (error) {
      throw asClientError(error, locale);
    }
  };
  /**
   * Writes a document. If the security rules refuse the write, the app is at fault, not its user: InvalidRequestError, with the
   * field that `faultOf` finds.
   */
  const write = async (path: string, fields: object, merge: boolean, faultOf: () => Fault | null) => {
    try {
      await setDoc(doc(db, path), fields, { merge });
    } catch (error) {
      // Firebase itself refuses what Firestore cannot hold, as `undefined`.
      if (['permission-denied', 'invalid-argument'].includes((error as { code?: string }).code ?? ''))
        throw refusedWrite(faultOf(), locale, error);
      throw asClientError(error, locale);
    }
  };
  const server: UploadServer = {
    requestUpload: (request) => call<RequestScanUploadResponse>('requestScanUpload', request),
    async submit({ upload: { scanId, photoUrls }, weight, without, cameraElevationAngles, uploads }) {
      const fields = {
        userId: uid(),
        photoUrls,
        ...('lb' in weight ? { weightLb: weight.lb } : { weightKg: weight.kg }),
        uploads,
        ...(cameraElevationAngles && { cameraElevationAngles }),
        ...(without && { without }),
        status: 'submitted',
        createdAt: serverTimestamp(),
      };
      try {
        await setDoc(doc(db, paths.scan(scanId)), fields);
      } catch (error) {
        if ((error as { code?: unknown }).code !== 'permission-denied') throw asClientError(error, locale);
        throw clientError('errors', 'InvalidScanError', { locale, cause: error });
      }
    },
    hasScan: async (scanId) => (await source.read(scanId)) !== null,
  };
  const watch = (scanId: string, watchOptions: WatchOptions = {}) =>
    watchScan(scanId, {
      ...watchOptions,
      source,
      wake,
      now,
      ...(options.watchTimes && { times: options.watchTimes }),
    });
  const refusal = (status: number): ReddyFitError =>
    clientError('errors', 'InternalError', { locale, cause: new Error(`Cloud Storage answered ${status}`) });
  const handle = (draft: (signal: AbortSignal) => Promise<Draft>, watchOptions: WatchOptions = {}) =>
    scanHandle({
      ...watchOptions,
      draft,
      send: (made, signal, onProgress) =>
        withLock(`reddyfit-draft-${made.id}`, signal, async () => {
          // Another tab may have sent or deleted the draft while this one waited for the lock.
          const kept = await drafts.get(made.id);
          if (!kept) throw clientError('calls', 'ScanNotFoundError', { locale });
          if (kept.sent) return kept.upload!.scanId;
          return sendDraft(kept, {
            drafts,
            server,
            transport,
            times,
            now,
            pause,
            signal,
            onProgress,
            refusal,
          });
        }),
      watch,
      wake,
      now,
      times: { ...WATCH_TIMES, ...options.watchTimes },
      asError: (error) => asClientError(error, locale),
    });

  return {
    get uid() {
      return uid();
    },
    startScan(request, watchOptions) {
      const id = newId(now());
      return handle(
        async (signal) =>
          newDraft(request, { uid: uid(), id, now: now(), locale, drafts, preparePhoto, signal }),
        watchOptions,
      );
    },
    watchScan: watch,
    async keptPhotos(scanId) {
      const kept = await drafts.sent(uid(), scanId);
      if (!kept) return {};
      const photos = ANGLES.map(async (angle) => [angle, await drafts.photo(kept.id, angle)] as const);
      return Object.fromEntries(await Promise.all(photos));
    },
    async drafts() {
      await drafts.releaseBefore(now() - KEPT_MS);
      return drafts.list(uid());
    },
    resumeScan: (draftId, watchOptions) =>
      handle(async () => {
        const draft = await drafts.get(draftId);
        if (draft?.uid === uid()) return draft;
        throw clientError('calls', 'ScanNotFoundError', { locale });
      }, watchOptions),
    discardDraft: (draftId) => drafts.remove(draftId),
    forgetDevice: () => drafts.keepOnly(null),
    saveProfile: async (profile) =>
      write(paths.user(uid()), profile, true, () =>
        profileFault(profile, new Date(now()).toISOString().slice(0, 10)),
      ),
    setConsent: async (consent) =>
      write(paths.consent(uid(), SCAN_CONSENT), { ...consent, at: serverTimestamp() }, false, () =>
        consentFault(consent),
      ),
    async scanCredits() {
      try {
        const account = await getDocFromServer(doc(db, paths.account(uid())));
        return Number(account.get('scanCredits') ?? 0);
      } catch (error) {
        throw asClientError(error, locale);
      }
    },
    cancelScan: (scanId) => call('cancelScan', { scanId }),
    deleteScan: (scanId) => call('deleteScan', { scanId }),
    retryScanStep: (scanId, step) => call('retryScanStep', { scanId, step }),
    exportMyData: () => call('exportMyData', {}),
    deleteMyAccount: () => call('deleteMyAccount', {}),
    async registerDevice(device) {
      await call('registerDevice', device);
    },
    async unregisterDevice(device) {
      await call('unregisterDevice', device);
    },
    call,
  };
}

/** An id that is unique on this device. It is not secret. */
function newId(now: number): string {
  return `${now.toString(36)}-${Math.random().toString(36).slice(2, 12)}`;
}
