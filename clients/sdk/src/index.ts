/** `@reddyfit/client`: the package on which every client is built. */

import type { Scan as ScanDocument } from '@reddyfit/shared/scan/document';
import type { RejectedPhoto as FaultOfPhoto } from '@reddyfit/shared/scan/rejected-photo';

export { cameraElevation } from './camera-elevation.ts';
export { type ClientOptions, createClient, type ReddyFitClient } from './client.ts';
export { ClosedError, type ClientErrorCode, ReddyFitError } from './client-error.ts';
export type { Draft, DraftPhoto, Weight } from './sending/drafts.ts';
export { indexedDbStorage, type LedgerStorage, memoryStorage } from './sending/ledger-storage.ts';
export type { ScanRequest } from './sending/new-draft.ts';
export { asGiven, browserPreparePhoto, type PhotoInput, type PreparePhoto } from './sending/prepare-photo.ts';
export { UPLOAD_TIMES } from './sending/put-photo.ts';
export type { ScanHandle } from './scan-handle.ts';
export type { Connection, ScanPhase, ScanSnapshot, UploadProgress } from './watching/snapshot.ts';
export { elapsedMs, timeLeftMs } from './watching/time-left.ts';
export { fetchTransport, type PutAnswer, type PutRequest, type Transport } from './sending/transport.ts';
export { typedNumber } from './typed-number.ts';
export { browserWake, type Wake } from './watching/wake.ts';
export { type ScanWatch, WATCH_TIMES, type WatchOptions } from './watching/watch.ts';

/** The document `scans/{scanId}`, as the server keeps it. */
export type Scan = ScanDocument;

/** One fault of one photo, in `scan.error.photos` of a rejected scan. */
export type RejectedPhoto = FaultOfPhoto;
